//! The words that narrow a long field, typed after `/`. Knows nothing of what they
//! are looked for in.

use crossterm::event::KeyCode;
use ratatui::text::Line;

use super::widget::KeyTaken;
use crate::text::has_words;
use crate::tui::key::Key;
use crate::tui::line::{self, Words};
use crate::tui::theme::{Role, Theme};

/// What stands before the words.
const MARK: &str = "  / ";

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sifted {
    /// It was not for the words.
    No,
    /// It was, and what they let through is the same.
    Same,
    /// Other entries match now.
    Anew,
}

/// The words, and whether they are typed now.
#[derive(Debug, Clone, Default)]
pub(super) struct Sieve {
    words: Words,
    typing: bool,
}

impl Sieve {
    /// Whether it has something to say: words, or a place for them.
    pub(super) fn is_open(&self) -> bool {
        self.typing || !self.words.value().is_empty()
    }

    /// `/` opens it, Enter keeps the words, Esc gives them up; between the two it
    /// takes all that a line of text takes.
    fn press(&mut self, key: Key) -> Sifted {
        match key.code() {
            KeyCode::Char('/') if !self.typing && key.printable().is_some() => {
                self.typing = true;
                self.words.select();
                Sifted::Same
            }
            KeyCode::Esc if self.is_open() => {
                self.typing = false;
                self.words.reset();
                Sifted::Anew
            }
            KeyCode::Enter if self.typing => {
                self.typing = false;
                self.words.deselect();
                Sifted::Same
            }
            _ if self.typing => self.change(|words| words.take(key)),
            _ => Sifted::No,
        }
    }

    /// Gives a key to the words before the list under them, whose cursor goes to the first
    /// where others match now. Nothing where the key is the list's own.
    pub(super) fn sift<C>(&mut self, key: Key, cursor: &mut C, first: C) -> Option<KeyTaken> {
        match self.press(key) {
            Sifted::Same => {}
            Sifted::Anew => *cursor = first,
            Sifted::No => return (self.typing || key.with_alt()).then_some(KeyTaken::No),
        }
        Some(KeyTaken::Yes)
    }

    /// The same with pasted words, which are for nothing else.
    pub(super) fn sift_paste<C>(&mut self, text: &str, cursor: &mut C, first: C) -> KeyTaken {
        if !self.typing {
            return KeyTaken::No;
        }
        let pasted = self.change(|words| {
            words.paste(text);
            true
        });
        if pasted == Sifted::Anew {
            *cursor = first;
        }
        KeyTaken::Yes
    }

    fn change(&mut self, take: impl FnOnce(&mut Words) -> bool) -> Sifted {
        let before = self.words.value().to_owned();
        match (take(&mut self.words), self.words.value() == before) {
            (false, _) => Sifted::No,
            (true, true) => Sifted::Same,
            (true, false) => Sifted::Anew,
        }
    }

    /// Whether all words occur in the text, in any order and case.
    pub(super) fn admits(&self, text: &str) -> bool {
        has_words(text, self.words.value())
    }

    /// `/ words`, cut to so many columns.
    pub(super) fn line(&self, theme: &Theme, columns: usize) -> Line<'static> {
        let (words, _) = line::shown_part(self.words.line(), room(columns));
        let role = if self.words.are_selected() { Role::Selected } else { Role::Text };
        Line::from(vec![theme.span(MARK, Role::Key), theme.span(words, role)])
    }

    /// The column of the cursor in that line, while letters are typed.
    pub(super) fn cursor(&self, columns: usize) -> Option<usize> {
        let (_, column) = line::shown_part(self.words.line(), room(columns));
        self.typing.then_some(MARK.len() + column)
    }
}

/// Columns of the words in that line, which keeps one for the cursor.
fn room(columns: usize) -> usize {
    columns.saturating_sub(MARK.len() + 1).max(1)
}
