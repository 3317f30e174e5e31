//! The one gate between a string from outside and a terminal, log or file name.

use std::fmt;

use super::joiner::{self, is_joiner};

/// Text that holds no character a terminal could obey or a reader could miss.
///
/// Whatever is hidden is written as `<U+202E>`, so that it is seen and so that
/// two names that look alike but differ do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Safe(String);

impl Safe {
    /// One line: line breaks and tabs become spaces.
    pub fn line(text: &str) -> Self {
        Self::replacing(text, |c| matches!(c, '\n' | '\r' | '\t').then_some(' '))
    }

    /// Several lines: line breaks stay.
    pub fn lines(text: &str) -> Self {
        Self::replacing(text, |c| match c {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            _ => None,
        })
    }

    fn replacing(text: &str, plain: impl Fn(char) -> Option<char>) -> Self {
        let mut safe = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            match plain(c) {
                Some(replacement) => safe.push(replacement),
                None if is_hidden(c) && !belongs(text, at, c) => safe.push_str(&code_point(c)),
                None => safe.push(c),
            }
        }
        Self(safe)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, owned.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A text of somebody else's as one line that shows all that is in it.
pub fn safe_line(text: &str) -> String {
    Safe::line(text).into_string()
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Whether a character acts on a terminal or cannot be seen: controls (C0, C1),
/// bidirectional and zero-width characters, separators, variation selectors,
/// tags, blanks that look like none, private use and noncharacters.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(u32::from(c),
            0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0x2800 | 0x3164
            | 0xE000..=0xF8FF
            | 0xFDD0..=0xFDEF
            | 0xFE00..=0xFE0F
            | 0xFEFF | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0x1BCA0..=0x1BCA3
            | 0x1D173..=0x1D17A
            | 0xE0000..=0x10_FFFF)
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether a hidden character at this place of the text is a joiner that belongs there.
fn belongs(text: &str, at: usize, c: char) -> bool {
    let around = || text.get(..at).zip(text.get(at + c.len_utf8()..));
    is_joiner(c) && around().is_some_and(|(before, after)| joiner::belongs(before, after))
}

/// The first character of the text that is hidden and does not belong there: joiners
/// between letters of scripts that need them do.
pub fn hidden_in(text: &str) -> Option<char> {
    let hidden = |(at, c): &(usize, char)| is_hidden(*c) && !belongs(text, *at, *c);
    text.char_indices().find(hidden).map(|(_, c)| c)
}

/// `<U+202E>`: a character by its number.
pub fn code_point(c: char) -> String {
    format!("<U+{:04X}>", u32::from(c))
}
