//! The access grid: a level for each module, and one for all (R100, R101). Pure;
//! which modules there are and who may be given what is its caller's business.

use std::collections::BTreeMap;

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};

use super::sieve::{Sieve, Sifted};
use super::window::{Room, Window};
use crate::domain::{Level, ModuleId};
use crate::text::{Safe, cut, pad, width};
use crate::tui::key::Key;
use crate::tui::theme::{Role, Theme};

/// Lines above the modules: the level for all, and the heads or the words to find.
const HEAD: usize = 2;
/// Columns of `(o) No  ( ) Read  ( ) Full`.
const RADIOS: usize = 27;
/// Columns of the level for all.
const TOP: usize = 42;
/// The levels as they stand side by side.
const LEVELS: [Option<Level>; 3] = [None, Some(Level::Read), Some(Level::Full)];

/// The word for a level; none is no access.
pub(in crate::tui) fn word(level: Option<Level>) -> &'static str {
    match level {
        None => "No",
        Some(Level::Read) => "Read",
        Some(Level::Full) => "Full",
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    module: ModuleId,
    name: String,
    level: Option<Level>,
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
    /// A grid of these modules, with the access given so far.
    pub(in crate::tui) fn new(
        modules: impl IntoIterator<Item = (ModuleId, String)>,
        access: &BTreeMap<ModuleId, Level>,
    ) -> Self {
        let row = |(module, name)| Row { module, name, level: access.get(&module).copied() };
        Self {
            rows: modules.into_iter().map(row).collect(),
            level: Some(Level::Read),
            all: false,
            at: Stop::Row(0),
            sieve: Sieve::default(),
        }
    }

    /// Offers other modules; those that stay keep their level.
    pub(in crate::tui) fn offer(&mut self, modules: impl IntoIterator<Item = (ModuleId, String)>) {
        let access = self.access();
        let at = Stop::Row(0);
        *self = Self { level: self.level, at, ..Self::new(modules, &access) };
    }

    /// The access given: no entry is no access.
    pub(in crate::tui) fn access(&self) -> BTreeMap<ModuleId, Level> {
        self.rows.iter().filter_map(|row| Some((row.module, row.level?))).collect()
    }

    /// Whether there is no module to give access to.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether letters are typed into it now.
    pub(in crate::tui) fn takes_text(&self) -> bool {
        self.sieve.is_typing()
    }

    /// What its keys do, in few words, for the footer.
    pub(in crate::tui) fn hints(&self) -> &'static [(&'static str, &'static str)] {
        if self.takes_text() {
            return &[("Enter", "keep"), ("Esc", "clear")];
        }
        match self.at {
            Stop::All => &[("Space", "tick"), ("Left", "level"), ("/", "find")],
            Stop::Level => &[("n r f", "no, read, full"), ("Right", "apply to all"), ("/", "find")],
            Stop::Row(_) => &[("n r f", "no, read, full"), ("Space", "next level"), ("/", "find")],
        }
    }

    /// Takes a key. Says whether it was one of the grid's; an arrow that leads out of
    /// it was not.
    pub(in crate::tui) fn press(&mut self, key: Key, room: Room) -> bool {
        match self.sieve.press(key) {
            Sifted::Same => return true,
            Sifted::Anew => {
                self.at = Stop::Row(0);
                return true;
            }
            Sifted::No if self.takes_text() || key.with_alt() => return false,
            Sifted::No => {}
        }
        if key.with_control() {
            return match key.code() {
                KeyCode::Char('d') => self.by_rows(half(room), true),
                KeyCode::Char('u') => self.by_rows(half(room), false),
                _ => false,
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
            _ => return false,
        }
        true
    }

    /// Takes pasted text, where there is a place for it.
    pub(in crate::tui) fn paste(&mut self, text: &str) -> bool {
        let sifted = self.sieve.paste(text);
        if sifted == Sifted::Anew {
            self.at = Stop::Row(0);
        }
        sifted != Sifted::No
    }

    /// The places of the rows that match.
    fn matching(&self) -> Vec<usize> {
        let admits = |row: &Row| self.sieve.admits(&format!("{} {}", row.name, row.module));
        self.rows.iter().enumerate().filter(|(_, row)| admits(row)).map(|(at, _)| at).collect()
    }

    fn last(&self) -> usize {
        self.matching().len().saturating_sub(1)
    }

    fn up(&mut self) -> bool {
        self.at = match self.at {
            Stop::Row(0) => Stop::Level,
            Stop::Row(at) => Stop::Row(at - 1),
            Stop::Level | Stop::All => return false,
        };
        true
    }

    fn down(&mut self) -> bool {
        self.at = match self.at {
            Stop::Row(at) if at >= self.last() => return false,
            Stop::Row(at) => Stop::Row(at + 1),
            Stop::Level | Stop::All => Stop::Row(0),
        };
        true
    }

    fn by_rows(&mut self, rows: usize, down: bool) -> bool {
        let at = match self.at {
            Stop::Row(at) => at,
            Stop::Level | Stop::All => 0,
        };
        let to = if down { at.saturating_add(rows) } else { at.saturating_sub(rows) };
        self.at = Stop::Row(to.min(self.last()));
        true
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

    fn window(&self, room: Room) -> Window {
        let at = match self.at {
            Stop::Row(at) => at,
            Stop::Level | Stop::All => 0,
        };
        Window::around(at, self.matching().len(), room.rows.saturating_sub(HEAD))
    }

    /// The line of its picture that the cursor is on.
    pub(in crate::tui) fn cursor_line(&self, room: Room) -> usize {
        match self.at {
            Stop::Row(at) => HEAD + at.saturating_sub(self.window(room).first),
            Stop::Level | Stop::All => 0,
        }
    }

    /// Its picture, in at most so much room; where more modules match than fit, a
    /// page of them, so that moving within it changes no more than a marker.
    pub(in crate::tui) fn lines(
        &self,
        theme: &Theme,
        room: Room,
        focused: bool,
    ) -> Vec<Line<'static>> {
        let matching = self.matching();
        let window = self.window(room);
        let mut lines = vec![self.top(theme, room, focused), self.heads(theme, room, window)];
        if matching.is_empty() {
            lines.push(Line::styled("  nothing matches", theme.style(Role::Dim)));
        }
        let columns = self.columns(room);
        for (at, row) in matching.iter().enumerate().skip(window.first).take(window.count) {
            let here = focused && self.at == Stop::Row(at);
            lines.extend(self.rows.get(*row).map(|row| line(row, columns, here, theme)));
        }
        lines
    }

    /// `Access level [Read v]  [ ] Apply to all`.
    fn top(&self, theme: &Theme, room: Room, focused: bool) -> Line<'static> {
        let style = |stop| {
            theme.style(if focused && self.at == stop { Role::Selected } else { Role::Text })
        };
        let mark = if self.all { "[x]" } else { "[ ]" };
        // What the words hide is changed too.
        let hidden = match self.rows.len() - self.matching().len() {
            0 => String::new(),
            hidden => format!("  also {hidden} not shown"),
        };
        let label = if room.columns < TOP { "  Level " } else { "  Access level " };
        Line::from(vec![
            Span::styled(label, theme.style(Role::Header)),
            Span::styled(format!("[{} v]", word(self.level)), style(Stop::Level)),
            Span::raw("  "),
            Span::styled(format!("{mark} Apply to all"), style(Stop::All)),
            Span::styled(hidden, theme.style(Role::Dim)),
        ])
    }

    /// The heads of the columns, or the words to find; where not all fit, which rows.
    fn heads(&self, theme: &Theme, room: Room, window: Window) -> Line<'static> {
        let mut spans = vec![Span::raw("  ")];
        if self.sieve.is_open() {
            spans.extend(self.sieve.spans(theme));
        } else {
            let head = pad("MODULE", self.columns(room).0);
            spans.push(Span::styled(head, theme.style(Role::Header)));
        }
        let position = window.position();
        let used: usize = spans.iter().map(Span::width).sum();
        if !position.is_empty() && used + width(&position) < room.columns {
            let fill = room.columns - used - width(&position);
            spans.push(Span::raw(" ".repeat(fill)));
            spans.push(Span::styled(position, theme.style(Role::Dim)));
        }
        Line::from(spans)
    }

    /// The columns of names, and of ids where there is room for them.
    fn columns(&self, room: Room) -> (usize, usize) {
        let widest = |of: fn(&Row) -> String| {
            self.rows.iter().map(|row| width(&of(row)) + 2).max().unwrap_or_default()
        };
        let names = widest(|row| Safe::line(&row.name).into_string());
        let ids = widest(|row| row.module.to_string());
        let left = room.columns.saturating_sub(2 + RADIOS);
        if names + ids <= left { (names, ids) } else { (names.min(left), 0) }
    }
}

fn line(row: &Row, (names, ids): (usize, usize), here: bool, theme: &Theme) -> Line<'static> {
    let name = cut(Safe::line(&row.name).as_str(), names.saturating_sub(2));
    let fill = " ".repeat(names.saturating_sub(width(&name)));
    let radio = |level: Option<Level>| {
        let mark = if level == row.level { "(o)" } else { "( )" };
        format!("{mark} {}", word(level))
    };
    Line::from(vec![
        Span::raw(if here { "> " } else { "  " }),
        Span::styled(name, theme.style(if here { Role::Selected } else { Role::Text })),
        Span::raw(fill),
        Span::styled(pad(&row.module.to_string(), ids), theme.style(Role::Dim)),
        Span::styled(LEVELS.map(radio).join("  "), theme.style(Role::Text)),
    ])
}

fn place(level: Option<Level>) -> usize {
    LEVELS.iter().position(|known| *known == level).unwrap_or_default()
}

fn half(room: Room) -> usize {
    (room.rows.saturating_sub(HEAD) / 2).max(1)
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "a test that cannot go on should fail")]
mod tests;
