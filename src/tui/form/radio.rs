//! One of a few words, side by side.

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::widget::{Look, Sketch, Taken};
use crate::text::width;
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

    /// Left and Right choose, Space goes round.
    pub(in crate::tui) fn press(&mut self, key: Key) -> Taken {
        if key.with_control() || key.with_alt() {
            return Taken::No;
        }
        match key.code() {
            KeyCode::Left | KeyCode::Char('h') => self.choose(self.at.saturating_sub(1)),
            KeyCode::Right | KeyCode::Char('l') => self.choose(self.at + 1),
            KeyCode::Char(' ') => self.at = (self.at + 1) % self.words.len().max(1),
            KeyCode::Home => self.choose(0),
            KeyCode::End => self.choose(self.words.len().saturating_sub(1)),
            _ => return Taken::No,
        }
        Taken::Yes
    }

    /// `(o) Never ( ) 3 months`, on more lines where one is too short.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let mut lines: Vec<Vec<Span<'static>>> = vec![Vec::new()];
        let (mut used, mut row) = (0, 0);
        for (place, word) in self.words.iter().enumerate() {
            let chosen = place == self.at;
            let text = format!("({}) {word}", if chosen { "o" } else { " " });
            if used > 0 && used + width(&text) > look.columns {
                lines.push(Vec::new());
                used = 0;
            }
            used += width(&text) + 1;
            if chosen {
                row = lines.len() - 1;
            }
            let role = if chosen && look.focused { Role::Selected } else { Role::Text };
            if let Some(line) = lines.last_mut() {
                line.push(Span::styled(text, look.theme.style(role)));
                line.push(Span::raw(" "));
            }
        }
        Sketch { lines: lines.into_iter().map(Line::from).collect(), at: row, cursor: None }
    }
}
