//! One of a few words, one under the other.

use crossterm::event::KeyCode;
use ratatui::text::Line;

use super::widget::{KeyTaken, Look, Sketch};
use crate::text::cut;
use crate::tui::key::Key;
use crate::tui::theme::Role;

/// A few words, of which one is chosen.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Radio {
    words: Vec<String>,
    at: usize,
}

impl Radio {
    /// These words, the one at that place chosen.
    pub(in crate::tui) fn new<W: Into<String>>(
        words: impl IntoIterator<Item = W>,
        at: usize,
    ) -> Self {
        Self { words: words.into_iter().map(Into::into).collect(), at }
    }

    /// The place of the one that is chosen.
    pub(in crate::tui) fn at(&self) -> usize {
        self.at
    }

    /// The one that is chosen.
    pub(in crate::tui) fn word(&self) -> &str {
        self.words.get(self.at).map_or("", String::as_str)
    }

    /// Chooses the one at that place, if there is one.
    pub(in crate::tui) fn choose(&mut self, at: usize) {
        if at < self.words.len() {
            self.at = at;
        }
    }

    /// Up and Down choose, and so do Left and Right; Space goes round. At the ends they
    /// stay: who goes through the fields by arrows must not leave another choice behind
    /// unseen.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        if key.with_control() || key.with_alt() {
            return KeyTaken::No;
        }
        match key.code() {
            KeyCode::Up | KeyCode::Left | KeyCode::Char('h' | 'k') => {
                self.choose(self.at.saturating_sub(1));
            }
            KeyCode::Down | KeyCode::Right | KeyCode::Char('l' | 'j') => self.choose(self.at + 1),
            KeyCode::Char(' ') => self.at = (self.at + 1) % self.words.len().max(1),
            KeyCode::Home => self.choose(0),
            KeyCode::End => self.choose(self.words.len().saturating_sub(1)),
            _ => return KeyTaken::No,
        }
        KeyTaken::Yes
    }

    /// `(o) Never`, and under it `( ) 3 months`.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let line = |(place, word): (usize, &String)| {
            let chosen = place == self.at;
            let role = if chosen && look.focused { Role::Selected } else { Role::Text };
            let text = format!("({}) {word}", if chosen { "o" } else { " " });
            Line::from(look.theme.span(cut(&text, look.columns), role))
        };
        let lines = self.words.iter().enumerate().map(line).collect();
        Sketch { lines, at: self.at, cursor: None }
    }
}
