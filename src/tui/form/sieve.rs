//! The words that narrow a long field, typed after `/`. Knows nothing of what they
//! are looked for in.

use crossterm::event::KeyCode;
use ratatui::text::Span;
use tui_input::Input as LineInput;

use crate::tui::key::Key;
use crate::tui::line;
use crate::tui::theme::{Role, Theme};

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
    words: LineInput,
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
                Sifted::Same
            }
            KeyCode::Esc if self.is_open() => {
                self.typing = false;
                self.words.reset();
                Sifted::Anew
            }
            KeyCode::Enter if self.typing => {
                self.typing = false;
                Sifted::Same
            }
            _ if self.typing => self.change(|words| line::take(words, key)),
            _ => Sifted::No,
        }
    }

    /// Takes pasted words, where it is typed into.
    pub(super) fn paste(&mut self, text: &str) -> Sifted {
        if !self.typing {
            return Sifted::No;
        }
        self.change(|words| {
            line::paste(words, text);
            true
        })
    }

    fn change(&mut self, take: impl FnOnce(&mut LineInput) -> bool) -> Sifted {
        let before = self.words.value().to_owned();
        match (take(&mut self.words), self.words.value() == before) {
            (false, _) => Sifted::No,
            (true, true) => Sifted::Same,
            (true, false) => Sifted::Anew,
        }
    }

    /// Whether all words occur in the text, in any order and case.
    pub(super) fn admits(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.words.value().to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// `/ words`, with the cursor where it is typed into.
    pub(super) fn spans(&self, theme: &Theme) -> Vec<Span<'static>> {
        let mut spans = vec![Span::styled("/ ", theme.style(Role::Key))];
        let words = self.words.value();
        if !self.typing {
            spans.push(Span::styled(words.to_owned(), theme.style(Role::Text)));
            return spans;
        }
        let part = |from: usize, count: usize| words.chars().skip(from).take(count).collect();
        let at = self.words.cursor();
        let before: String = part(0, at);
        let under: String = part(at, 1);
        let after: String = part(at + 1, usize::MAX);
        let under = if under.is_empty() { " ".to_owned() } else { under };
        spans.push(Span::styled(before, theme.style(Role::Text)));
        spans.push(Span::styled(under, theme.style(Role::Selected)));
        spans.push(Span::styled(after, theme.style(Role::Text)));
        spans
    }
}
