//! Check boxes: side by side where they are short, with words to find them where they
//! are many. Pure; what the entries mean is its caller's business.

use std::collections::BTreeSet;

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::sieve::Sieve;
use super::widget::{Item, KeyTaken, Look, Sketch};
use crate::text::{cut, safe_line, width};
use crate::tui::key::Key;
use crate::tui::theme::{Role, Theme};

/// The columns that entries side by side may take in all: what a form has on the
/// narrowest usual terminal. Fixed, for Down must mean the same at any width.
const SIDE_BY_SIDE: usize = 60;
/// Columns of `> [x] `.
const MARK: usize = 6;
/// Columns between two entries.
const GAP: usize = 2;
/// From this many entries on their number is told.
const MANY: usize = 10;
/// Lines that Ctrl-d and Ctrl-u pass.
const HALF: usize = 8;

/// Entries, and which of them are ticked.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Choices {
    items: Vec<Item>,
    ticked: BTreeSet<String>,
    /// The entry under the cursor, of those that match.
    at: usize,
    sieve: Sieve,
}

impl Choices {
    /// Entries of which none is ticked.
    pub(in crate::tui) fn new(items: impl IntoIterator<Item = Item>) -> Self {
        let items = items.into_iter().collect();
        Self { items, ticked: BTreeSet::new(), at: 0, sieve: Sieve::default() }
    }

    /// Offers other entries; those that stay stay ticked.
    pub(in crate::tui) fn set_items(&mut self, items: impl IntoIterator<Item = Item>) {
        let ticked = std::mem::take(&mut self.ticked);
        *self = Self::new(items);
        self.tick(&ticked);
    }

    /// Ticks these besides, as far as they are offered.
    pub(in crate::tui) fn tick<'k, T: ToString + 'k>(
        &mut self,
        keys: impl IntoIterator<Item = &'k T>,
    ) {
        let keys = keys.into_iter().map(T::to_string);
        self.ticked.extend(keys.filter(|key| self.items.iter().any(|item| item.key == *key)));
    }

    /// Ticks none.
    pub(in crate::tui) fn clear(&mut self) {
        self.ticked.clear();
    }

    /// What is ticked.
    pub(in crate::tui) fn ticked(&self) -> BTreeSet<String> {
        self.ticked.clone()
    }

    /// Whether there are words to find, which Esc gives up.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.sieve.is_open()
    }

    /// Takes a key; an arrow that leads out of the entries is none of its own.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        if let Some(taken) = self.sieve.sift(key, &mut self.at, 0) {
            return taken;
        }
        let abreast = self.abreast();
        if key.with_control() {
            return match key.code() {
                KeyCode::Char('d') => self.go_to(self.at.saturating_add(HALF * abreast)),
                KeyCode::Char('u') => self.go_to(self.at.saturating_sub(HALF * abreast)),
                _ => KeyTaken::No,
            };
        }
        match key.code() {
            KeyCode::Up | KeyCode::Char('k') => self.step(self.at.checked_sub(abreast)),
            KeyCode::Down | KeyCode::Char('j') => self.step(Some(self.at + abreast)),
            KeyCode::Left | KeyCode::Char('h') => self.step(self.at.checked_sub(1)),
            KeyCode::Right | KeyCode::Char('l') => self.step(Some(self.at + 1)),
            KeyCode::Home | KeyCode::Char('g') => self.go_to(0),
            KeyCode::End | KeyCode::Char('G') => self.go_to(usize::MAX),
            KeyCode::Char(' ') => self.turn(),
            _ => KeyTaken::No,
        }
    }

    /// Takes pasted text, where letters are typed.
    pub(in crate::tui) fn paste(&mut self, text: &str) -> KeyTaken {
        self.sieve.sift_paste(text, &mut self.at, 0)
    }

    /// The entries that match.
    fn matching(&self) -> Vec<&Item> {
        let admits = |item: &&Item| self.sieve.admits(&format!("{} {}", item.text, item.key));
        self.items.iter().filter(admits).collect()
    }

    /// To an entry that may not be there.
    fn step(&mut self, to: Option<usize>) -> KeyTaken {
        match to.filter(|to| *to < self.matching().len()) {
            Some(to) => {
                self.at = to;
                KeyTaken::Yes
            }
            None => KeyTaken::No,
        }
    }

    fn go_to(&mut self, to: usize) -> KeyTaken {
        self.at = to.min(self.matching().len().saturating_sub(1));
        KeyTaken::Yes
    }

    fn turn(&mut self) -> KeyTaken {
        if let Some(key) = self.matching().get(self.at).map(|item| item.key.clone())
            && !self.ticked.remove(&key)
        {
            self.ticked.insert(key);
        }
        KeyTaken::Yes
    }

    /// How many entries stand side by side. It follows from all of them, not from
    /// those that match: nothing jumps while letters are typed.
    fn abreast(&self) -> usize {
        (SIDE_BY_SIDE / (MARK + self.widest() + GAP)).max(1)
    }

    fn widest(&self) -> usize {
        let widths = self.items.iter().map(|item| width(&safe_line(&item.text)));
        widths.max().unwrap_or_default()
    }

    /// Lines above the entries: the words to find, or how many there are.
    fn head(&self) -> usize {
        usize::from(self.sieve.is_open() || self.items.len() > MANY)
    }

    /// Its picture. Where letters are typed, the line they are typed into is the one
    /// to be in sight.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let cursor = self.sieve.cursor(look.columns);
        let abreast = self.abreast();
        // Where less room is left than that, each has a line of its own.
        let fits = abreast * (MARK + self.widest() + GAP) <= look.columns + GAP;
        let abreast = if fits { abreast } else { 1 };
        let at = if cursor.is_some() { 0 } else { self.head() + self.at / abreast };
        Sketch { lines: self.lines(look, abreast), at, cursor }
    }

    fn lines(&self, look: Look<'_>, abreast: usize) -> Vec<Line<'static>> {
        let matching = self.matching();
        let dim = |text: String| look.theme.line(cut(&text, look.columns), Role::Dim);
        let mut lines = Vec::new();
        if self.sieve.is_open() {
            lines.push(self.sieve.line(look.theme, look.columns));
        } else if self.head() > 0 {
            let (ticked, all) = (self.ticked.len(), self.items.len());
            lines.push(dim(format!("  {ticked} of {all} ticked  / find")));
        }
        if matching.is_empty() && !self.items.is_empty() {
            lines.push(dim("  nothing matches".to_owned()));
        }
        let room = self.widest().min(look.columns.saturating_sub(MARK));
        lines.extend(matching.chunks(abreast).enumerate().map(|(row, items)| {
            let cells = items.iter().enumerate().flat_map(|(place, item)| {
                let here = look.focused && self.at == row * abreast + place;
                let fill = if place + 1 < items.len() { room + GAP } else { 0 };
                self.cell(item, here, (room, fill), look.theme)
            });
            cells.collect()
        }));
        lines
    }

    /// `> [x] North plant`: only the text is reversed, which costs few bytes.
    fn cell(
        &self,
        item: &Item,
        here: bool,
        (room, fill): (usize, usize),
        theme: &Theme,
    ) -> [Span<'static>; 4] {
        let mark = if self.ticked.contains(&item.key) { "[x] " } else { "[ ] " };
        let text = cut(&safe_line(&item.text), room);
        let fill = " ".repeat(fill.saturating_sub(width(&text)));
        [
            Span::raw(if here { "> " } else { "  " }),
            theme.span(mark, Role::Text),
            theme.span(text, if here { Role::Selected } else { Role::Text }),
            Span::raw(fill),
        ]
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on should fail")]
mod tests;
