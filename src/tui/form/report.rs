//! What a form comes to, to be read: names and values, changed ones marked.

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::widget::{KeyTaken, Look, Sketch};
use crate::domain::leak;
use crate::text::{Safe, pad, wrap};
use crate::tui::key::Key;
use crate::tui::theme::Role;

/// Columns of names.
const NAME: usize = 13;

/// A name and its value; not yet safe for a terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Fact {
    /// The name; empty where the line above has it.
    pub(in crate::tui) name: &'static str,
    /// The value.
    pub(in crate::tui) value: String,
    /// Whether it is another than before.
    pub(in crate::tui) changed: bool,
}

/// Facts that can be scrolled.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct Report {
    facts: Vec<Fact>,
    at: usize,
}

impl Report {
    /// Other facts; the place in them stays.
    pub(in crate::tui) fn set(&mut self, facts: Vec<Fact>) {
        self.facts = facts;
        self.at = self.at.min(self.facts.len().saturating_sub(1));
    }

    /// Up and Down go from fact to fact, and out at the ends.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        let last = self.facts.len().saturating_sub(1);
        match key.code() {
            KeyCode::Up | KeyCode::Char('k') if self.at > 0 => self.at -= 1,
            KeyCode::Down | KeyCode::Char('j') if self.at < last => self.at += 1,
            KeyCode::Home => self.at = 0,
            KeyCode::End => self.at = last,
            _ => return KeyTaken::No,
        }
        KeyTaken::Yes
    }

    /// `Name         robot-1 -> robot-9`.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let room = look.columns.saturating_sub(NAME + 2).max(1);
        let (mut lines, mut at) = (Vec::new(), 0);
        for (place, fact) in self.facts.iter().enumerate() {
            if place <= self.at {
                at = lines.len();
            }
            let here = look.focused && place == self.at;
            let role = if fact.changed { Role::Warning } else { Role::Text };
            let mark = if here { "> " } else { "  " };
            let mut name = fact.name;
            for line in wrap(Safe::lines(&leak::hide(&fact.value)).as_str(), room) {
                lines.push(Line::from(vec![
                    Span::raw(if name == fact.name { mark } else { "  " }),
                    look.theme.span(pad(name, NAME), Role::Header),
                    look.theme.span(line, role),
                ]));
                name = "";
            }
        }
        Sketch { lines, at, cursor: None }
    }
}
