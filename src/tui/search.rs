//! A search while it is typed.

use super::line::Words;

/// What a search looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SearchIn {
    /// Names (R36).
    Name,
    /// GUIDs (R37).
    Guid,
    /// Users: their name, login, id and e-mail (R129).
    User,
    /// Entries of the catalogue.
    Entry,
}

/// A search while it is typed.
#[derive(Debug)]
pub(super) struct Search {
    /// What it looks at.
    pub(super) within: SearchIn,
    /// What was typed so far.
    pub(super) words: Words,
}
