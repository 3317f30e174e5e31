//! The part of a long field that is on screen: whole pages, so that moving within
//! one redraws no more than a marker.

/// Room for a field, in columns and lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) struct Room {
    /// Columns.
    pub(in crate::tui) columns: usize,
    /// Lines.
    pub(in crate::tui) rows: usize,
}

/// A page of so many entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Window {
    /// The first one on it.
    pub(super) first: usize,
    /// How many fit.
    pub(super) count: usize,
    total: usize,
}

impl Window {
    /// The page on which that entry stands.
    pub(super) fn around(at: usize, total: usize, count: usize) -> Self {
        let count = count.max(1);
        Self { first: at.min(total.saturating_sub(1)) / count * count, count, total }
    }

    /// `11-20 of 200`; nothing where all are on it.
    pub(super) fn position(self) -> String {
        if self.total <= self.count {
            return String::new();
        }
        let end = (self.first + self.count).min(self.total);
        format!("{}-{end} of {}", self.first + 1, self.total)
    }
}
