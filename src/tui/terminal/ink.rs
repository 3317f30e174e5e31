//! The bytes of a frame: moves, pens and symbols, each in its shortest form. Two
//! ways of drawing the same can be written side by side and the shorter be taken.

use ratatui::buffer::Cell;
use ratatui::layout::Position;

use super::halves;
use super::pen::Pen;
use super::scroll::Scroll;
use crate::text;

/// What is written to a terminal, and what is known of it meanwhile.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    bytes: Vec<u8>,
    pen: Pen,
    /// Where the terminal's cursor is, while that is certain.
    cursor: Option<Position>,
}

impl Ink {
    /// Nothing written, and nothing known but a plain pen.
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), pen: Pen::PLAIN, cursor: None }
    }

    /// Forgets what is known of the terminal, after somebody else wrote to it.
    pub(super) fn forget(&mut self) {
        *self = Self::new();
        self.put("\x1b[m");
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Takes the bytes out; what is known of the terminal stays.
    pub(super) fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.bytes)
    }

    pub(super) fn cursor(&self) -> Option<Position> {
        self.cursor
    }

    pub(super) fn put(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Puts the pen down, so that cleared cells come out plain.
    pub(super) fn plain(&mut self) {
        self.pen.change(Pen::PLAIN, &mut self.bytes);
        self.pen = Pen::PLAIN;
    }

    pub(super) fn move_to(&mut self, to: Position) {
        match self.cursor {
            Some(at) if at == to => {}
            Some(at) if at.y == to.y && at.x < to.x => self.step_right(to.x - at.x),
            // At the left edge of the line below: the two shortest moves there are.
            Some(at) if to.x == 0 && to.y == at.y.saturating_add(1) => self.put("\r\n"),
            _ if to.x == 0 => self.put(&format!("\x1b[{}H", to.y.saturating_add(1))),
            _ => {
                let (row, column) = (to.y.saturating_add(1), to.x.saturating_add(1));
                self.put(&format!("\x1b[{row};{column}H"));
            }
        }
        self.cursor = Some(to);
    }

    fn step_right(&mut self, columns: u16) {
        match columns {
            1 => self.put("\x1b[C"),
            _ => self.put(&format!("\x1b[{columns}C")),
        }
    }

    /// Draws cells on a screen whose last column is `last`.
    pub(super) fn draw<'c>(
        &mut self,
        cells: impl IntoIterator<Item = (u16, u16, &'c Cell)>,
        last: u16,
    ) {
        for (x, y, cell) in cells {
            self.move_to(Position { x, y });
            self.pen.change(Pen::of(cell), &mut self.bytes);
            self.pen = Pen::of(cell);
            let symbol = cell.symbol();
            // What a terminal may leave of a cluster's columns is blank, whatever was there.
            let width = text::width(symbol);
            if width >= 2 && halves::is_cluster(symbol) {
                self.put(&" ".repeat(width));
                self.cursor = None;
                self.move_to(Position { x, y });
            }
            self.put(symbol);
            // Terminals disagree on the width of what is not ASCII, and on where the
            // cursor is after the last column, so there the next move is absolute.
            let certain = symbol.is_ascii() && width == 1 && x < last;
            self.cursor = certain.then_some(Position { x: x.saturating_add(1), y });
        }
    }

    /// Moves the lines of a region with the sequences of the VT100, which every
    /// terminal knows: a line feed at its end, a reverse index at its start.
    pub(super) fn scroll(&mut self, scroll: Scroll) {
        self.plain();
        let (first, last) = (scroll.top.saturating_add(1), scroll.bottom);
        self.put(&format!("\x1b[{first};{last}r"));
        let (row, step) =
            if scroll.up { (last.saturating_sub(1), "\n") } else { (scroll.top, "\x1bM") };
        // Where a new region puts the cursor, terminals do not agree on.
        self.cursor = None;
        self.move_to(Position { x: 0, y: row });
        self.put(&step.repeat(scroll.lines.into()));
        self.put("\x1b[r");
        self.cursor = None;
    }
}
