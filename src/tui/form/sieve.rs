//! The words that narrow a long field, typed after `/`. Knows nothing of what they
//! are looked for in.

use crossterm::event::KeyCode;
use ratatui::text::Line;

use crate::domain::leak;
use crate::text::{cut, has_words, width};
use crate::tui::key::Key;
use crate::tui::line::Words;
use crate::tui::theme::{Role, Theme};

/// What stands before the words.
const MARK: &str = "  / ";

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sifted {
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
    /// Whether letters are typed into it now.
    pub(super) fn is_typing(&self) -> bool {
        self.typing
    }

    /// Whether it has something to say: words, or a place for them.
    pub(super) fn is_open(&self) -> bool {
        self.typing || !self.words.value().is_empty()
    }

    /// `/` opens it, Enter keeps the words, Esc gives them up; between the two it
    /// takes all that a line of text takes.
    pub(super) fn press(&mut self, key: Key) -> Sifted {
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

    /// Takes pasted words, where it is typed into.
    pub(super) fn paste(&mut self, text: &str) -> Sifted {
        if !self.typing {
            return Sifted::No;
        }
        self.change(|words| {
            words.paste(text);
            true
        })
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
        let (words, _) = self.shown(columns);
        let role = if self.words.are_selected() { Role::Selected } else { Role::Text };
        Line::from(vec![theme.span(MARK, Role::Key), theme.span(words, role)])
    }

    /// The column of the cursor in that line, while letters are typed.
    pub(super) fn cursor(&self, columns: usize) -> Option<usize> {
        let (_, column) = self.shown(columns);
        self.typing.then_some(column)
    }

    /// The part of the words that is in sight, and the cursor's column.
    fn shown(&self, columns: usize) -> (String, usize) {
        let room = columns.saturating_sub(MARK.len() + 1).max(1);
        let scroll = self.words.line().visual_scroll(room);
        let mut before = 0;
        let tail: String = leak::hide(self.words.value())
            .chars()
            .skip_while(|c| {
                before += width(c.encode_utf8(&mut [0; 4]));
                before <= scroll
            })
            .collect();
        let column = self.words.line().visual_cursor().saturating_sub(scroll).min(room);
        (cut(&tail, room), MARK.len() + column)
    }
}
