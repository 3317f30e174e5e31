//! Entries of which several are ticked, or one is chosen: in columns where they are
//! short, with words to find them where they are many. Pure; what they mean is its
//! caller's business.

use std::collections::BTreeSet;

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::sieve::{Sieve, Sifted};
use super::window::{Room, Window};
use crate::text::{Safe, cut, width};
use crate::tui::key::Key;
use crate::tui::theme::{Role, Theme};

/// More columns than this are hard to read.
const MOST_COLUMNS: usize = 4;
/// Columns between two entries.
const GAP: usize = 2;
/// Columns of `[x] `.
const MARK: usize = 4;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Item<K> {
    /// What the caller knows it by.
    pub(in crate::tui) key: K,
    /// What it says.
    pub(in crate::tui) text: String,
    /// What else there is to know; entries with notes stand one to a line.
    pub(in crate::tui) note: String,
}

impl<K> Item<K> {
    /// An entry without a note.
    pub(in crate::tui) fn new(key: K, text: impl Into<String>) -> Self {
        Self { key, text: text.into(), note: String::new() }
    }

    /// The same with a note.
    pub(in crate::tui) fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// How many may be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Several,
    One,
}

/// Entries, and which of them are chosen.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Choices<K> {
    items: Vec<Item<K>>,
    chosen: BTreeSet<K>,
    kind: Kind,
    /// The entry under the cursor, of those that match.
    at: usize,
    sieve: Sieve,
}

impl<K: Copy + Ord> Choices<K> {
    /// Check boxes, with those chosen so far; what is not offered is not chosen.
    pub(in crate::tui) fn several(
        items: impl IntoIterator<Item = Item<K>>,
        chosen: &BTreeSet<K>,
    ) -> Self {
        Self::new(Kind::Several, items, chosen)
    }

    /// Radio buttons, of which one at most is chosen. The cursor starts on it.
    pub(in crate::tui) fn one(items: impl IntoIterator<Item = Item<K>>, chosen: Option<K>) -> Self {
        let mut choices = Self::new(Kind::One, items, &chosen.into_iter().collect());
        let place = choices.items.iter().position(|item| Some(item.key) == chosen);
        choices.at = place.unwrap_or_default();
        choices
    }

    fn new(kind: Kind, items: impl IntoIterator<Item = Item<K>>, chosen: &BTreeSet<K>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        let offered = items.iter().map(|item| item.key).filter(|key| chosen.contains(key));
        let chosen = offered.collect();
        Self { items, chosen, kind, at: 0, sieve: Sieve::default() }
    }

    /// Offers other entries; those that stay stay chosen.
    pub(in crate::tui) fn offer(&mut self, items: impl IntoIterator<Item = Item<K>>) {
        *self = Self::new(self.kind, items, &self.chosen);
    }

    /// What is chosen.
    pub(in crate::tui) fn chosen(&self) -> &BTreeSet<K> {
        &self.chosen
    }

    /// The one that is chosen, or the first of several.
    pub(in crate::tui) fn first(&self) -> Option<K> {
        self.chosen.first().copied()
    }

    /// Whether there is nothing to choose from.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether letters are typed into it now.
    pub(in crate::tui) fn takes_text(&self) -> bool {
        self.sieve.is_typing()
    }

    /// What its keys do, in few words, for the footer.
    pub(in crate::tui) fn hints(&self) -> &'static [(&'static str, &'static str)] {
        match (self.takes_text(), self.kind) {
            (true, _) => &[("Enter", "keep"), ("Esc", "clear")],
            (false, Kind::Several) => &[("arrows", "move"), ("Space", "tick"), ("/", "find")],
            (false, Kind::One) => &[("arrows", "move"), ("Space", "choose"), ("/", "find")],
        }
    }

    /// Takes a key. Says whether it was one of its own; an arrow that leads out of it
    /// was not.
    pub(in crate::tui) fn press(&mut self, key: Key, room: Room) -> bool {
        match self.sieve.press(key) {
            Sifted::Same => return true,
            Sifted::Anew => {
                self.at = 0;
                return true;
            }
            Sifted::No if self.takes_text() || key.with_alt() => return false,
            Sifted::No => {}
        }
        let columns = self.columns(room);
        let half = (room.rows / 2).max(1) * columns;
        if key.with_control() {
            return match key.code() {
                KeyCode::Char('d') => self.go_to(self.at.saturating_add(half)),
                KeyCode::Char('u') => self.go_to(self.at.saturating_sub(half)),
                _ => false,
            };
        }
        match key.code() {
            KeyCode::Up | KeyCode::Char('k') => self.step(self.at.checked_sub(columns)),
            KeyCode::Down | KeyCode::Char('j') => self.step(Some(self.at + columns)),
            KeyCode::Left | KeyCode::Char('h') => self.step(self.at.checked_sub(1)),
            KeyCode::Right | KeyCode::Char('l') => self.step(Some(self.at + 1)),
            KeyCode::Home | KeyCode::Char('g') => self.go_to(0),
            KeyCode::End | KeyCode::Char('G') => self.go_to(usize::MAX),
            KeyCode::Char(' ') => self.tick(),
            _ => false,
        }
    }

    /// Takes pasted text, where there is a place for it.
    pub(in crate::tui) fn paste(&mut self, text: &str) -> bool {
        let sifted = self.sieve.paste(text);
        if sifted == Sifted::Anew {
            self.at = 0;
        }
        sifted != Sifted::No
    }

    /// The entries that match.
    fn matching(&self) -> Vec<&Item<K>> {
        let admits = |item: &&Item<K>| self.sieve.admits(&format!("{} {}", item.text, item.note));
        self.items.iter().filter(admits).collect()
    }

    /// To an entry that may not be there.
    fn step(&mut self, to: Option<usize>) -> bool {
        match to {
            Some(to) if to < self.matching().len() => {
                self.at = to;
                true
            }
            _ => false,
        }
    }

    fn go_to(&mut self, to: usize) -> bool {
        self.at = to.min(self.matching().len().saturating_sub(1));
        true
    }

    fn tick(&mut self) -> bool {
        let Some(key) = self.matching().get(self.at).map(|item| item.key) else { return true };
        if self.kind == Kind::One {
            self.chosen = BTreeSet::from([key]);
        } else if !self.chosen.remove(&key) {
            self.chosen.insert(key);
        }
        true
    }

    /// How many entries stand side by side. It follows from all of them, not from
    /// those that match: nothing jumps while letters are typed.
    fn columns(&self, room: Room) -> usize {
        if self.items.iter().any(|item| !item.note.is_empty()) {
            return 1;
        }
        let widest = self.widest();
        ((room.columns + GAP) / (2 + MARK + widest + GAP)).clamp(1, MOST_COLUMNS)
    }

    fn widest(&self) -> usize {
        let texts = self.items.iter().map(|item| width(Safe::line(&item.text).as_str()));
        texts.max().unwrap_or_default()
    }

    /// Lines above the entries: the words to find, or which entries where not all fit.
    fn head(&self, room: Room) -> usize {
        let lines = self.matching().len().div_ceil(self.columns(room));
        usize::from(self.sieve.is_open() || lines > room.rows)
    }

    /// The page on screen, counted in lines.
    fn window(&self, room: Room) -> Window {
        let columns = self.columns(room);
        let lines = self.matching().len().div_ceil(columns);
        Window::around(self.at / columns, lines, room.rows.saturating_sub(self.head(room)))
    }

    /// The line of its picture that the cursor is on.
    pub(in crate::tui) fn cursor_line(&self, room: Room) -> usize {
        let line = self.at / self.columns(room);
        self.head(room) + line.saturating_sub(self.window(room).first)
    }

    /// Its picture, in at most so much room.
    pub(in crate::tui) fn lines(
        &self,
        theme: &Theme,
        room: Room,
        focused: bool,
    ) -> Vec<Line<'static>> {
        let matching = self.matching();
        let (columns, window) = (self.columns(room), self.window(room));
        let mut lines = Vec::new();
        if self.head(room) > 0 {
            lines.push(self.head_line(theme, room));
        }
        if matching.is_empty() && !self.items.is_empty() {
            lines.push(Line::styled("  nothing matches", theme.style(Role::Dim)));
        }
        let widest = self.widest().min(room.columns.saturating_sub(2 + MARK));
        let rows = matching.chunks(columns).enumerate().skip(window.first).take(window.count);
        lines.extend(rows.map(|(row, items)| {
            let cells = items.iter().enumerate().flat_map(|(place, item)| {
                let here = focused && self.at == row * columns + place;
                self.cell(item, here, (widest, room.columns), theme)
            });
            cells.collect()
        }));
        lines
    }

    fn head_line(&self, theme: &Theme, room: Room) -> Line<'static> {
        let mut spans = vec![Span::raw("  ")];
        if self.sieve.is_open() {
            spans.extend(self.sieve.spans(theme));
        } else {
            let text = format!("{} of {}  / finds", self.chosen.len(), self.items.len());
            let text = cut(&text, room.columns.saturating_sub(2));
            spans.push(Span::styled(text, theme.style(Role::Dim)));
        }
        let columns = self.columns(room);
        let window = self.window(room);
        let entries =
            Window::around(window.first * columns, self.matching().len(), window.count * columns);
        let position = entries.position();
        let used: usize = spans.iter().map(Span::width).sum();
        if !position.is_empty() && used + width(&position) + 1 < room.columns {
            let fill = room.columns - used - width(&position);
            spans.push(Span::raw(" ".repeat(fill)));
            spans.push(Span::styled(position, theme.style(Role::Dim)));
        }
        Line::from(spans)
    }

    /// `> [x] North plant  `: only the text is reversed, which costs few bytes.
    fn cell(
        &self,
        item: &Item<K>,
        here: bool,
        (widest, columns): (usize, usize),
        theme: &Theme,
    ) -> [Span<'static>; 5] {
        let mark = match (self.kind, self.chosen.contains(&item.key)) {
            (Kind::Several, true) => "[x] ",
            (Kind::Several, false) => "[ ] ",
            (Kind::One, true) => "(o) ",
            (Kind::One, false) => "( ) ",
        };
        let text = cut(Safe::line(&item.text).as_str(), widest);
        let fill = " ".repeat(widest - width(&text) + GAP);
        let note = columns.saturating_sub(2 + MARK + widest + GAP);
        let note = cut(Safe::line(&item.note).as_str(), note);
        [
            Span::raw(if here { "> " } else { "  " }),
            Span::styled(mark, theme.style(Role::Text)),
            Span::styled(text, theme.style(if here { Role::Selected } else { Role::Text })),
            Span::raw(fill),
            Span::styled(note, theme.style(Role::Dim)),
        ]
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on should fail")]
mod tests;
