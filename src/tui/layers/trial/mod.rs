//! A screen that only tests have: what it takes to add one. It lies over the one that is
//! shown, takes all of it, and a step back leaves it; it knows no other place, and no other
//! knows it.

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::JobId;
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::list_view::{ListView, PAGE, moves};
use crate::tui::offer::Offer;
use crate::tui::paint::put;
use crate::tui::place::{Context, Cover, Place, Seen, Taken};
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::wire::Job;

/// The jobs by their numbers.
#[derive(Debug, Default)]
pub(in crate::tui) struct Trial {
    list: ListView<Vec<JobId>>,
    failure: Option<String>,
}

impl Place for Trial {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Move, Scope::Global]
    }

    fn cover(&self) -> Cover {
        Cover::Whole
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(command == Command::Refresh || moves(command))
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        if self.list.step(command, PAGE) {
            return Taken::Here;
        }
        if command == Command::Refresh {
            context.shared.ask(Call::Jobs);
            return Taken::Here;
        }
        Taken::NotMine
    }

    fn answer(&mut self, answered: Answered, _context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        if call != Call::Jobs {
            return Some(Answered { ticket, call, result });
        }
        match answer::<Vec<Job>>(result) {
            Ok(jobs) => self.list = self.list.over(jobs.iter().map(|job| job.id)),
            Err(error) => self.failure = Some(error.to_string()),
        }
        None
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let back = Hint::new(seen.keymap.first_key_of(Command::Back), "back");
        hints::usable(seen, [Command::Help]).into_iter().chain([back]).collect()
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        let area = frame.area();
        let text = self.failure.clone().unwrap_or_else(|| " Trial".to_owned());
        put(frame, Rect { height: 1, ..area }, &text, seen.theme.style(Role::Title));
        for ((place, id), y) in self.list.rows().iter().enumerate().zip(area.y + 1..area.bottom()) {
            let mark = if place == self.list.cursor { '>' } else { ' ' };
            let text = format!("{mark} {id}");
            put(frame, Rect { y, height: 1, ..area }, &text, seen.theme.style(Role::Text));
        }
    }
}
