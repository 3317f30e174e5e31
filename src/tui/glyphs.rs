//! Marks for statuses and lines; in ASCII where the locale knows no more.

use crate::domain::Status;

/// Which set of marks to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyphs {
    unicode: bool,
}

impl Glyphs {
    /// The marks of a UTF-8 terminal, or ASCII ones.
    pub(super) fn new(unicode: bool) -> Self {
        Self { unicode }
    }

    /// The mark before a status word. All are one column wide.
    pub(super) fn status(self, status: Status) -> &'static str {
        match (status, self.unicode) {
            (Status::Active, true) => "\u{2713}",
            (Status::Active, false) => "+",
            (Status::Disabled, _) => "-",
            (Status::Expired | Status::Revoked | Status::Deleted, true) => "\u{2717}",
            (Status::Expired | Status::Revoked | Status::Deleted, false) => "x",
            (Status::Pending, _) => "?",
            (Status::Scheduled, _) => "~",
            (Status::Unknown, _) => "*",
        }
    }

    /// A piece of a horizontal line. ASCII everywhere: terminals disagree on how wide
    /// line-drawing characters are, so each would cost a move of the cursor.
    pub(super) const RULE: &'static str = "-";
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    #[test]
    fn every_mark_takes_one_column() {
        for glyphs in [Glyphs::new(true), Glyphs::new(false)] {
            for status in Status::iter() {
                assert_eq!(crate::text::width(glyphs.status(status)), 1, "{status}");
            }
        }
    }
}
