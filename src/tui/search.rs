//! What can be searched.

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
