//! The screen of a real terminal as ratatui sees it: cells in, few bytes out.
//!
//! It gathers a frame and writes it at once, says nothing twice, moves lines
//! instead of drawing them again, and asks the terminal nothing, for an answer may
//! come late over SSH, or never. It knows nothing of what is drawn.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};

use super::ink::Ink;
use super::{halves, scroll};
use crate::text;

/// A terminal to be drawn on.
pub struct Screen<W: Write> {
    out: W,
    ink: Ink,
    /// What the terminal shows, as far as that is known.
    shown: Option<Buffer>,
    cursor_shown: Option<bool>,
}

impl<W: Write> Screen<W> {
    /// A screen that writes to `out`; nothing is written yet.
    pub fn new(out: W) -> Self {
        Self { out, ink: Ink::new(), shown: None, cursor_shown: None }
    }

    /// Forgets what is known of the terminal, after somebody else wrote to it.
    pub fn forget(&mut self) {
        self.ink.forget();
        self.shown = None;
        self.cursor_shown = None;
    }

    /// Writes a sequence that draws nothing, in one piece and between two frames.
    pub(super) fn send(&mut self, sequence: &[u8]) -> io::Result<()> {
        self.out.write_all(sequence)?;
        self.out.flush()
    }

    /// Draws cells on a screen of that size, by moving lines where that is shorter.
    fn draw_on(&mut self, cells: &[(u16, u16, &Cell)], size: Size) {
        let last = size.width.saturating_sub(1);
        let known = self.shown.take();
        let known = known.filter(|shown| shown.area.as_size() == size);
        let Some(before) = known else {
            self.ink.draw(cells.iter().copied(), last);
            return;
        };
        let after = with(&before, cells);
        let mut direct = self.ink.clone();
        let differing = cells.iter().map(|(x, y, _)| (*x, *y));
        direct.draw(halves::whole(&before, &after, differing), last);
        let moved = scroll::find(&before, &after).map(|scroll| {
            let mut ink = self.ink.clone();
            ink.scroll(scroll);
            let before = scroll::apply(&before, scroll);
            let differing = before.diff_iter(&after).map(|(x, y, _)| (x, y));
            ink.draw(halves::whole(&before, &after, differing), last);
            ink
        });
        self.ink = match moved {
            Some(moved) if moved.len() < direct.len() => moved,
            _ => direct,
        };
        self.shown = Some(after);
    }
}

/// The screen with these cells drawn.
fn with(before: &Buffer, cells: &[(u16, u16, &Cell)]) -> Buffer {
    let mut after = before.clone();
    for (x, y, cell) in cells {
        // What a wide character covers is blank beneath it.
        let covered = u16::try_from(text::width(cell.symbol())).unwrap_or(1).max(1);
        for behind in 1..covered {
            if let Some(place) = after.cell_mut((x.saturating_add(behind), *y)) {
                place.reset();
            }
        }
        if let Some(place) = after.cell_mut((*x, *y)) {
            place.clone_from(cell);
        }
    }
    after
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let cells: Vec<_> = content.collect();
        if !cells.is_empty() {
            let size = self.size()?;
            self.draw_on(&cells, size);
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(false) {
            self.ink.put("\x1b[?25l");
            self.cursor_shown = Some(false);
        }
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor_shown != Some(true) {
            self.ink.put("\x1b[?25h");
            self.cursor_shown = Some(true);
        }
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.ink.cursor().unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.ink.move_to(position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.ink.plain();
        self.ink.put(match clear_type {
            ClearType::All => "\x1b[2J",
            ClearType::AfterCursor => "\x1b[J",
            ClearType::BeforeCursor => "\x1b[1J",
            ClearType::CurrentLine => "\x1b[2K",
            ClearType::UntilNewLine => "\x1b[K",
        });
        self.shown = match clear_type {
            ClearType::All => self.size().ok().map(|size| scroll::blank(size.width, size.height)),
            _ => None,
        };
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
        let frame = self.ink.take();
        if frame.is_empty() {
            return Ok(());
        }
        self.out.write_all(&frame)?;
        self.out.flush()
    }
}

#[cfg(test)]
#[path = "screen_tests.rs"]
mod tests;
