//! What the form and its widgets say to each other: a key goes in, lines come out.
//! A widget knows nothing of what its entries mean, and nothing of the form.

use ratatui::text::Line;

use crate::tui::theme::Theme;

/// What a widget made of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum KeyTaken {
    /// It was one of its keys.
    Yes,
    /// It was not, or leads out of it: the form looks what it means.
    No,
}

impl From<bool> for KeyTaken {
    fn from(taken: bool) -> Self {
        if taken { Self::Yes } else { Self::No }
    }
}

/// What a widget is drawn with.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Look<'a> {
    /// The styles.
    pub(in crate::tui) theme: &'a Theme,
    /// How wide it may be.
    pub(in crate::tui) columns: usize,
    /// Whether it has the keys.
    pub(in crate::tui) focused: bool,
}

/// How a widget looks. The form puts its label to the left of the first line and
/// scrolls so that the line `at` is in sight.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::tui) struct Sketch {
    /// All its lines, none wider than asked for.
    pub(in crate::tui) lines: Vec<Line<'static>>,
    /// The line that must be in sight, counted from the first.
    pub(in crate::tui) at: usize,
    /// The column of the terminal's cursor in that line, where letters are typed.
    pub(in crate::tui) cursor: Option<usize>,
}

/// An entry of a list to choose from: `key` names it to whoever made the form,
/// `text` is what it says, not yet safe for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Item {
    /// Names it.
    pub(in crate::tui) key: String,
    /// What it says.
    pub(in crate::tui) text: String,
}

impl Item {
    /// An entry.
    pub(in crate::tui) fn new(key: &impl ToString, text: impl Into<String>) -> Self {
        Self { key: key.to_string(), text: text.into() }
    }
}
