//! The line in which it is typed what the events are to be about: an id, a GUID or a name. It
//! lies on one line of the screen, and every key is its own.

use crossterm::event::KeyCode;
use ratatui::Frame;

use crate::domain::leak;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::key::Key;
use crate::tui::line::Words;
use crate::tui::offer::Offer;
use crate::tui::paint::{clear, put_typed};
use crate::tui::place::{Context, Cover, Place, Seen, Taken, Then};
use crate::tui::shared::Shared;

/// What the events are to be about, while it is typed.
#[derive(Debug, Default)]
pub(super) struct OnWhat(Words);

impl OnWhat {
    fn submit(&self, context: &mut Context<'_>) {
        let text = self.0.value().trim().to_owned();
        let then = match leak::find(&text) {
            Some(leak) => Then::Seek(vec![leak]),
            None => Then::NarrowTrailTo(text),
        };
        context.then.extend([Then::Close, then]);
    }
}

impl Place for OnWhat {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[]
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn cover(&self) -> Cover {
        Cover::Line
    }

    fn offers(&self, _command: Command, _shared: &Shared) -> Offer {
        Offer::Absent
    }

    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        match key.code() {
            KeyCode::Enter => self.submit(context),
            KeyCode::Esc => context.then.push(Then::Close),
            _ => drop(self.0.take(key)),
        }
        Taken::Here
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        let leaks = leak::pasted(text);
        if leaks.is_empty() {
            self.0.paste(text);
        } else {
            context.then.extend([Then::Close, Then::Seek(leaks)]);
        }
        Taken::Here
    }

    fn hints(&self, _seen: &Seen<'_>) -> Vec<Hint> {
        vec![
            Hint::new("type", "an id, a GUID or a whole name"),
            Hint::new("Enter", "list"),
            Hint::new("Esc", "cancel"),
        ]
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        let area = seen.areas_in(frame.area()).filter;
        clear(frame, area);
        put_typed(&seen.theme, "to", &self.0, true, frame, area);
    }
}
