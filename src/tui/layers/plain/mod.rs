//! A text by itself, so that the terminal's own selection copies it cleanly.

mod draw;

use ratatui::Frame;

use crate::tui::clipboard::Payload;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::moment::Moment;
use crate::tui::offer::Offer;
use crate::tui::place::{Place, Seen, Stack, as_a};
use crate::tui::shared::Shared;

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

impl Stack {
    /// Takes away the values that lie there alone.
    pub(in crate::tui) fn hide_values(&mut self) {
        self.retain(|place| as_a::<Plain>(place).is_none_or(|plain| !plain.payload.is_secret()));
    }

    /// Takes them away when their time is over.
    pub(in crate::tui) fn expire(&mut self, now: Moment) {
        self.retain(|place| {
            as_a::<Plain>(place).is_none_or(|plain| plain.until.is_none_or(|until| until > now))
        });
    }
}

impl Place for Plain {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Global]
    }

    fn called(&self) -> &'static str {
        "the text"
    }

    fn deadline(&self) -> Option<Moment> {
        self.until
    }

    fn offers(&self, _command: Command, _shared: &Shared) -> Offer {
        Offer::Absent
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        vec![Hint::new(seen.keymap.first_key_of(Command::Back), "close")]
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
