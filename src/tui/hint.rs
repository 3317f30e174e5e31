//! A key of the footer with its word.

use super::theme::Role;
use crate::text::width;

/// A key and its word.
pub(super) struct Hint {
    /// The keys.
    pub(super) keys: String,
    /// What they do here.
    pub(super) word: String,
    /// How it looks.
    pub(super) role: Role,
}

impl Hint {
    /// A key that can be pressed.
    pub(super) fn new(keys: impl Into<String>, word: impl Into<String>) -> Self {
        Self { keys: keys.into(), word: word.into(), role: Role::Key }
    }

    /// Columns that it takes.
    pub(super) fn width(&self) -> usize {
        width(&self.keys) + width(&self.word) + 3
    }
}
