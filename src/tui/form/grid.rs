//! The access grid: a level for each module, and one for all (R100, R101). Pure;
//! which modules there are and who may be given what is its caller's business.

use std::collections::BTreeMap;

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::sieve::Sieve;
use super::widget::{Item, KeyTaken, Look, Sketch};
use crate::domain::Level;
use crate::text::{cut, pad, safe_line, width};
use crate::tui::key::Key;
use crate::tui::theme::{Role, Theme};

/// Lines above the modules: the level for all, and the heads or the words to find.
const HEAD: usize = 2;
/// Columns of `(o) No  ( ) Read  ( ) Full`.
const RADIOS: usize = 27;
/// Columns of the level for all, with all its words.
const TOP: usize = 42;
/// Rows that Ctrl-d and Ctrl-u pass.
const HALF: usize = 8;
/// The levels as they stand side by side.
const LEVELS: [Option<Level>; 3] = [None, Some(Level::Read), Some(Level::Full)];

/// The word for a level; none is no access.
fn word(level: Option<Level>) -> &'static str {
    match level {
        None => "No",
        Some(Level::Read) => "Read",
        Some(Level::Full) => "Full",
    }
}

fn place(level: Option<Level>) -> usize {
    LEVELS.iter().position(|known| *known == level).unwrap_or_default()
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    item: Item,
    level: Option<Level>,
}

impl Row {
    fn name(&self) -> String {
        safe_line(&self.item.text)
    }
}

/// Where the cursor is; rows are counted among those that match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Level,
    All,
    Row(usize),
}

/// Modules and the access given to each.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Grid {
    rows: Vec<Row>,
    /// The level on the top line.
    level: Option<Level>,
    /// Whether every row has it, because that was asked for.
    all: bool,
    at: Stop,
    sieve: Sieve,
}

impl Grid {
    /// A grid of these modules, without access to any.
    pub(in crate::tui) fn new(modules: impl IntoIterator<Item = Item>) -> Self {
        Self {
            rows: modules.into_iter().map(|item| Row { item, level: None }).collect(),
            level: Some(Level::Read),
            all: false,
            at: Stop::Row(0),
            sieve: Sieve::default(),
        }
    }

    /// Offers other modules; those that stay keep their level.
    pub(in crate::tui) fn set_items(&mut self, modules: impl IntoIterator<Item = Item>) {
        let (level, levels) = (self.level, self.levels());
        *self = Self { level, ..Self::new(modules) };
        for row in &mut self.rows {
            row.level = levels.get(&row.item.key).copied();
        }
    }

    /// Gives a module a level, as a form does that is opened filled.
    pub(in crate::tui) fn set(&mut self, key: &str, level: Option<Level>) {
        for row in self.rows.iter_mut().filter(|row| row.item.key == key) {
            row.level = level;
        }
    }

    /// The levels given; no entry is no access.
    pub(in crate::tui) fn levels(&self) -> BTreeMap<String, Level> {
        self.rows.iter().filter_map(|row| Some((row.item.key.clone(), row.level?))).collect()
    }

    /// Whether there are words to find, which Esc gives up.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.sieve.is_open()
    }

    /// Takes a key; an arrow that leads out of the grid is none of its own.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        if let Some(taken) = self.sieve.sift(key, &mut self.at, Stop::Row(0)) {
            return taken;
        }
        if key.with_control() {
            return match key.code() {
                KeyCode::Char('d') => self.by_rows(HALF, true),
                KeyCode::Char('u') => self.by_rows(HALF, false),
                _ => KeyTaken::No,
            };
        }
        match key.code() {
            KeyCode::Up | KeyCode::Char('k') => return self.up(),
            KeyCode::Down | KeyCode::Char('j') => return self.down(),
            KeyCode::Home | KeyCode::Char('g') => self.at = Stop::Row(0),
            KeyCode::End | KeyCode::Char('G') => self.at = Stop::Row(self.last()),
            KeyCode::Left => self.sideways(false),
            KeyCode::Right => self.sideways(true),
            KeyCode::Char('n') => self.give(None),
            KeyCode::Char('r') => self.give(Some(Level::Read)),
            KeyCode::Char('f') => self.give(Some(Level::Full)),
            KeyCode::Char(' ') => self.cycle(),
            _ => return KeyTaken::No,
        }
        KeyTaken::Yes
    }

    /// Takes pasted text, where letters are typed.
    pub(in crate::tui) fn paste(&mut self, text: &str) -> KeyTaken {
        self.sieve.sift_paste(text, &mut self.at, Stop::Row(0))
    }

    /// Another place of it that Tab goes to, before it leads on: the rows come first, for
    /// they are what it is for, then what sets all of them.
    pub(in crate::tui) fn tab(&mut self, on: bool) -> bool {
        let to = match (self.at, on) {
            (Stop::Row(_), true) => Stop::All,
            (Stop::Level | Stop::All, false) => Stop::Row(0),
            (Stop::Level | Stop::All, true) | (Stop::Row(_), false) => return false,
        };
        self.at = to;
        true
    }

    /// Tab leads into it, from before or from behind.
    pub(in crate::tui) fn enter(&mut self, on: bool) {
        self.at = match self.at {
            _ if !on => Stop::All,
            Stop::Row(at) => Stop::Row(at),
            Stop::Level | Stop::All => Stop::Row(0),
        };
    }

    /// Whether the keys are on the line that sets all rows.
    pub(in crate::tui) fn is_on_top(&self) -> bool {
        match self.at {
            Stop::Level | Stop::All => true,
            Stop::Row(_) => false,
        }
    }

    /// The places of the rows that match.
    fn matching(&self) -> Vec<usize> {
        let admits = |row: &Row| self.sieve.admits(&format!("{} {}", row.item.text, row.item.key));
        self.rows.iter().enumerate().filter(|(_, row)| admits(row)).map(|(at, _)| at).collect()
    }

    fn last(&self) -> usize {
        self.matching().len().saturating_sub(1)
    }

    fn up(&mut self) -> KeyTaken {
        self.at = match self.at {
            Stop::Row(0) => Stop::Level,
            Stop::Row(at) => Stop::Row(at - 1),
            Stop::Level | Stop::All => return KeyTaken::No,
        };
        KeyTaken::Yes
    }

    fn down(&mut self) -> KeyTaken {
        self.at = match self.at {
            Stop::Row(at) if at >= self.last() => return KeyTaken::No,
            Stop::Row(at) => Stop::Row(at + 1),
            Stop::Level | Stop::All => Stop::Row(0),
        };
        KeyTaken::Yes
    }

    fn by_rows(&mut self, rows: usize, down: bool) -> KeyTaken {
        let at = match self.at {
            Stop::Row(at) => at,
            Stop::Level | Stop::All => 0,
        };
        let to = if down { at.saturating_add(rows) } else { at.saturating_sub(rows) };
        self.at = Stop::Row(to.min(self.last()));
        KeyTaken::Yes
    }

    /// Between the two fields of the top line; in a row, to the level beside.
    fn sideways(&mut self, right: bool) {
        match self.at {
            Stop::Level | Stop::All => self.at = if right { Stop::All } else { Stop::Level },
            Stop::Row(_) => {
                let place = place(self.here());
                let to = if right { place + 1 } else { place.saturating_sub(1) };
                if let Some(level) = LEVELS.get(to) {
                    self.give(*level);
                }
            }
        }
    }

    fn cycle(&mut self) {
        if self.at == Stop::All {
            self.all = !self.all;
            self.apply();
            return;
        }
        let next = (place(self.here()) + 1) % LEVELS.len();
        self.give(LEVELS.get(next).copied().flatten());
    }

    /// The level under the cursor.
    fn here(&self) -> Option<Level> {
        match self.at {
            Stop::Level | Stop::All => self.level,
            Stop::Row(at) => {
                self.matching().get(at).and_then(|at| self.rows.get(*at)).and_then(|row| row.level)
            }
        }
    }

    fn give(&mut self, level: Option<Level>) {
        let Stop::Row(at) = self.at else {
            self.level = level;
            self.apply();
            return;
        };
        let place = self.matching().get(at).copied();
        let row = place.and_then(|place| self.rows.get_mut(place));
        if let Some(row) = row.filter(|row| row.level != level) {
            row.level = level;
            // It is no longer true of all.
            self.all = false;
        }
    }

    fn apply(&mut self) {
        if self.all {
            for row in &mut self.rows {
                row.level = self.level;
            }
        }
    }

    /// Its picture. Where letters are typed, the line they are typed into is the one
    /// to be in sight.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let cursor = self.sieve.cursor(look.columns);
        let at = match (cursor, self.at) {
            (Some(_), _) => HEAD - 1,
            (None, Stop::Row(at)) => HEAD + at,
            (None, Stop::Level | Stop::All) => 0,
        };
        Sketch { lines: self.lines(look), at, cursor }
    }

    fn lines(&self, look: Look<'_>) -> Vec<Line<'static>> {
        let matching = self.matching();
        let mut lines = vec![self.top(look), self.heads(look, matching.len())];
        if matching.is_empty() {
            let why = if self.rows.is_empty() { "no modules" } else { "nothing matches" };
            lines.push(look.theme.line(format!("  {why}"), Role::Dim));
        }
        let columns = self.columns(look.columns);
        for (at, row) in matching.iter().enumerate() {
            let here = look.focused && self.at == Stop::Row(at);
            lines.extend(self.rows.get(*row).map(|row| line(row, columns, here, look.theme)));
        }
        lines
    }

    /// `Access level [Read v]  [ ] Apply to all`.
    fn top(&self, look: Look<'_>) -> Line<'static> {
        let theme = look.theme;
        let here = |stop| look.focused && self.at == stop;
        let style = |stop| theme.style(if here(stop) { Role::Selected } else { Role::Text });
        let on_it = here(Stop::Level) || here(Stop::All);
        let label = if look.columns < TOP { "Level " } else { "Access level " };
        let level = format!("[{} v]", word(self.level));
        let all = format!("{} Apply to all", if self.all { "[x]" } else { "[ ]" });
        let used = 2 + width(label) + width(&level) + 2 + width(&all);
        let keys: &[&str] = match (look.focused, on_it) {
            (false, _) => &[],
            (true, true) => &["  Space ticks it  n r f level", "  Space"],
            (true, false) => &["  Tab"],
        };
        // What the words hide is changed too.
        let hidden = match self.rows.len() - self.matching().len() {
            0 => String::new(),
            hidden => format!("  also {hidden} not shown"),
        };
        let room = look.columns.saturating_sub(used);
        let fits = |keys: &&&str| width(&hidden) + width(keys) <= room;
        let keys = keys.iter().find(fits).copied().unwrap_or_default();
        Line::from(vec![
            Span::raw(if on_it { "> " } else { "  " }),
            theme.span(label, Role::Header),
            Span::styled(level, style(Stop::Level)),
            Span::raw("  "),
            Span::styled(all, style(Stop::All)),
            theme.span(cut(&format!("{hidden}{keys}"), room), Role::Dim),
        ])
    }

    /// The heads of the columns and what keys set a level, or the words to find.
    fn heads(&self, look: Look<'_>, matching: usize) -> Line<'static> {
        if self.sieve.is_open() {
            return self.sieve.line(look.theme, look.columns);
        }
        let (names, ids) = self.columns(look.columns);
        let head = format!("  {}", pad("MODULE", names + ids));
        let keys = if look.focused { "n no  r read  f full  / find" } else { "ACCESS" };
        let count = if matching > HALF { format!("  {matching} modules") } else { String::new() };
        let rest = format!("{keys}{count}");
        let rest = cut(&rest, look.columns.saturating_sub(width(&head)));
        Line::from(vec![look.theme.span(head, Role::Header), look.theme.span(rest, Role::Dim)])
    }

    /// The columns of names, and of ids where there is room for them.
    fn columns(&self, room: usize) -> (usize, usize) {
        let widest = |of: fn(&Row) -> usize| self.rows.iter().map(of).max().unwrap_or(6) + 2;
        let names = widest(|row| width(&row.name()));
        let ids = widest(|row| width(&row.item.key));
        let left = room.saturating_sub(2 + RADIOS);
        if names + ids <= left { (names, ids) } else { (names.min(left), 0) }
    }
}

fn line(row: &Row, (names, ids): (usize, usize), here: bool, theme: &Theme) -> Line<'static> {
    let name = cut(&row.name(), names.saturating_sub(2));
    let fill = " ".repeat(names.saturating_sub(width(&name)));
    let radio = |level: Option<Level>| {
        let mark = if level == row.level { "(o)" } else { "( )" };
        format!("{mark} {}", word(level))
    };
    Line::from(vec![
        Span::raw(if here { "> " } else { "  " }),
        theme.span(name, if here { Role::Selected } else { Role::Text }),
        Span::raw(fill),
        theme.span(pad(&row.item.key, ids), Role::Dim),
        theme.span(LEVELS.map(radio).join("  "), Role::Text),
    ])
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on should fail")]
mod tests;
