//! A text as it is looked through: without what nobody sees in it, and, where a line broke
//! in the middle of something, as if it had not.

use std::ops::Range;

use crate::domain::value::{CHECK_LEN, SECRET_LEN};
use crate::text::is_hidden;

/// The characters of a text that count, and where they stand in it.
pub(super) struct View {
    pub(super) text: String,
    /// For each byte of `text`, its place in the text itself.
    places: Vec<usize>,
    is_joined: bool,
}

impl View {
    /// The text line by line.
    pub(super) fn of_lines(text: &str) -> Self {
        let mut view = Self { text: String::new(), places: Vec::new(), is_joined: false };
        for (at, c) in text.char_indices() {
            if breaks(c) || !is_unseen(c) {
                view.push(at, c);
            }
        }
        view
    }

    /// The text with what an end of a line interrupts joined, whatever a shell, a letter or a
    /// program puts between the halves of something long.
    pub(super) fn joined(text: &str) -> Self {
        let mut view = Self { text: String::new(), places: Vec::new(), is_joined: true };
        let mut at_start = false;
        for (at, c) in text.char_indices() {
            if breaks(c) {
                view.drop_marks();
                at_start = true;
            } else if !(is_unseen(c) || at_start && joins(c)) {
                view.push(at, c);
                at_start = false;
            }
        }
        view
    }

    /// Where the byte at `at` stands in the text.
    pub(super) fn place(&self, at: usize) -> usize {
        self.places.get(at).copied().unwrap_or_default()
    }

    fn push(&mut self, at: usize, c: char) {
        self.text.push(c);
        self.places.extend(at..at + c.len_utf8());
    }

    /// As much of a secret there as can be one: joined, it would go on in words that follow it.
    pub(super) fn longest(&self, secret: Range<usize>) -> Range<usize> {
        let most = secret.start + SECRET_LEN + CHECK_LEN;
        if self.is_joined { secret.start..secret.end.min(most) } else { secret }
    }

    /// Takes off what joins a line with the next.
    fn drop_marks(&mut self) {
        let kept = self.text.trim_end_matches(joins).len();
        self.places.truncate(kept);
        self.text.truncate(kept);
    }
}

/// What may stand between the halves: blanks, signs of quoted letters, `\` of a shell, `=` of a
/// letter's own code, quotation marks and `+` of a program.
fn joins(c: char) -> bool {
    c.is_whitespace() || matches!(c, '>' | '\\' | '=' | '"' | '\'' | '+')
}

fn is_unseen(c: char) -> bool {
    is_hidden(c) && c != '\t'
}

fn breaks(c: char) -> bool {
    matches!(c, '\n' | '\r')
}
