//! A text by itself, so that the terminal's own selection copies it cleanly.

use crate::tui::clipboard::Payload;
use crate::tui::moment::Moment;

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
