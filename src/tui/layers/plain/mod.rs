//! A text by itself, so that the terminal's own selection copies it cleanly.

mod draw;

use ratatui::Frame;

use crate::tui::clipboard::Payload;
use crate::tui::command::Command;
use crate::tui::command::Scope;
use crate::tui::hint::Hint;
use crate::tui::moment::Moment;
use crate::tui::place::{Place, Seen};

/// A text alone on the screen.
#[derive(Debug)]
pub(crate) struct Plain {
    /// What it is, of which token; safe for a terminal.
    pub(crate) title: String,
    /// The text.
    pub(crate) payload: Payload,
    /// Why it is here instead of in a clipboard.
    pub(crate) reason: Option<String>,
    /// When it is hidden again; a value is, in the end.
    pub(crate) until: Option<Moment>,
}

impl Place for Plain {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Global]
    }

    fn deadline(&self) -> Option<Moment> {
        self.until
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        vec![Hint::new(seen.keymap.first_key_of(Command::Back), "close")]
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
