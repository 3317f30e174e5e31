//! The screen of a real terminal as ratatui sees it: cells in, few bytes out.
//!
//! It gathers a frame and writes it at once, says nothing twice, and asks the
//! terminal nothing, for an answer may come late over SSH, or never. It knows
//! nothing of what is drawn.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::pen::Pen;
use crate::text;

/// A terminal to be drawn on.
pub struct Screen<W: Write> {
    out: W,
    frame: Vec<u8>,
    pen: Pen,
    /// Where the terminal's cursor is, while that is certain.
    cursor: Option<Position>,
    cursor_shown: Option<bool>,
}

impl<W: Write> Screen<W> {
    /// A screen that writes to `out`; nothing is written yet.
    pub fn new(out: W) -> Self {
        Self { out, frame: Vec::new(), pen: Pen::PLAIN, cursor: None, cursor_shown: None }
    }

    /// Forgets what is known of the terminal, after somebody else wrote to it.
    pub fn forget(&mut self) {
        self.frame.clear();
        self.frame.extend_from_slice(b"\x1b[m");
        self.pen = Pen::PLAIN;
        self.cursor = None;
        self.cursor_shown = None;
    }

    /// Writes a sequence that draws nothing, in one piece and between two frames.
    pub(super) fn send(&mut self, sequence: &[u8]) -> io::Result<()> {
        self.out.write_all(sequence)?;
        self.out.flush()
    }

    fn move_to(&mut self, to: Position) {
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

    fn put(&mut self, text: &str) {
        self.frame.extend_from_slice(text.as_bytes());
    }

    fn print(&mut self, x: u16, y: u16, cell: &Cell) {
        self.move_to(Position { x, y });
        self.pen.change(Pen::of(cell), &mut self.frame);
        self.pen = Pen::of(cell);
        let symbol = cell.symbol();
        self.put(symbol);
        let columns = u16::try_from(text::width(symbol)).unwrap_or(u16::MAX);
        // Terminals disagree on the width of what is not ASCII, and on where the
        // cursor is after the last column, so there the next move is absolute.
        let certain = symbol.is_ascii() && columns == 1;
        self.cursor = certain.then_some(Position { x: x.saturating_add(1), y });
    }
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let last = self.size().map_or(0, |size| size.width.saturating_sub(1));
        for (x, y, cell) in content {
            self.print(x, y, cell);
            if x >= last {
                self.cursor = None;
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(false) {
            self.put("\x1b[?25l");
            self.cursor_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(true) {
            self.put("\x1b[?25h");
            self.cursor_shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        // Cleared cells take the pen's background, so the pen is put down first.
        Pen::change(self.pen, Pen::PLAIN, &mut self.frame);
        self.pen = Pen::PLAIN;
        self.put(match clear_type {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        });
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        let size = crossterm::terminal::window_size()?;
        Ok(WindowSize {
            columns_rows: Size { width: size.columns, height: size.rows },
            pixels: Size { width: size.width, height: size.height },
        })
    }

    /// Writes the frame in one piece; a frame without a difference writes nothing.
    fn flush(&mut self) -> io::Result<()> {
        if self.frame.is_empty() {
            return Ok(());
        }
        let written = self.out.write_all(&self.frame).and_then(|()| self.out.flush());
        self.frame.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;

    fn drawn(cells: &[(u16, u16, &str, Color)]) -> String {
        let mut screen = Screen::new(Vec::new());
        let cells: Vec<_> = cells
            .iter()
            .map(|(x, y, symbol, fg)| {
                let mut cell = Cell::default();
                cell.set_symbol(symbol).set_fg(*fg);
                (*x, *y, cell)
            })
            .collect();
        for (x, y, cell) in &cells {
            screen.print(*x, *y, cell);
        }
        assert!(screen.flush().is_ok(), "writing to a vector cannot fail");
        String::from_utf8_lossy(&screen.out).replace('\x1b', "ESC")
    }

    #[test]
    fn neighbours_need_no_move_and_no_new_pen() {
        let cells = [(3, 1, "a", Color::Red), (4, 1, "b", Color::Red)];
        assert_eq!(drawn(&cells), "ESC[2;4HESC[31mab");
    }

    #[test]
    fn after_a_wide_character_the_next_move_is_absolute() {
        let cells = [(0, 0, "漢", Color::Reset), (2, 0, "x", Color::Reset)];
        assert_eq!(drawn(&cells), "ESC[1H漢ESC[1;3Hx");
    }

    #[test]
    fn a_frame_without_a_difference_writes_nothing() {
        let mut screen = Screen::new(Vec::new());
        assert!(screen.hide_cursor().is_ok() && screen.flush().is_ok());
        let before = screen.out.len();
        assert!(screen.hide_cursor().is_ok() && screen.flush().is_ok());
        assert_eq!(screen.out.len(), before);
    }
}
