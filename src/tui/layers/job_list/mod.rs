//! Bulk work: what runs, waits and is done.

mod draw;
pub(in crate::tui) mod questions;

use ratatui::Frame;

use crate::domain::JobId;
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::jobs::Control;
use crate::tui::moves::{SHORT_PAGE, target};
use crate::tui::place::{Context, Place, Seen, Taken, Then};
use crate::wire::Job;

/// Bulk work: what runs, waits and is done.
#[derive(Debug)]
pub(in crate::tui) struct JobList {
    /// The job under the cursor; none = the first.
    pub(in crate::tui) id: Option<JobId>,
}

impl Place for JobList {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Jobs, Scope::Move, Scope::Global]
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        let Context { shared, then, .. } = context;
        if command.moves() {
            let last = shared.jobs.list.as_ref().map_or(0, Vec::len).saturating_sub(1);
            let to = target(command, shared.jobs.place(self.id), SHORT_PAGE, last);
            self.id = shared.jobs.at(to).map(|job| job.id);
            return Taken::Here;
        }
        let job = shared.jobs.at(shared.jobs.place(self.id)).cloned();
        match (command, job) {
            (Command::OpenReport, Some(job)) => {
                shared.ask(Call::Report(Box::new(job)));
            }
            (Command::ResumeJob, Some(job)) => {
                then.push(Then::Open(Box::new(questions::resume(shared, job))));
            }
            (Command::AbandonJob, Some(job)) => {
                then.push(Then::Open(Box::new(questions::abandon(shared, job))));
            }
            (Command::StopJob, Some(job)) => shared.steer(Control::Stop, job),
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let key = |command| seen.keymap.first_key_of(command);
        let mut hints = hints::in_scopes(seen, &[Scope::Jobs]);
        hints.push(hints::hint(seen, Command::AbandonJob));
        hints.push(Hint::new(key(Command::Back), "close"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self.id, frame);
    }
}

impl<'a> Seen<'a> {
    /// The job under the cursor of the list of jobs.
    pub(in crate::tui) fn job(&self) -> Option<&'a Job> {
        let list = self.layers.top::<JobList>()?;
        self.shared.jobs.at(self.shared.jobs.place(list.id))
    }
}
