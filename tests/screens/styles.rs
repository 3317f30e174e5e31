//! The styles on a screen in few words: what is not plain text, line by line.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

/// One line for each run of cells that is coloured, bold, dim or reversed.
pub(crate) fn of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut x = 0;
        while x < buffer.area.width {
            let look = look(&buffer[(x, y)]);
            let start = x;
            let mut run = String::new();
            while x < buffer.area.width && self::look(&buffer[(x, y)]) == look {
                run.push_str(buffer[(x, y)].symbol());
                x += 1;
            }
            if !look.is_empty() {
                writeln!(text, "{y:2},{start:<3} {look:24} '{}'", run.trim()).unwrap();
            }
        }
    }
    text
}

fn look(cell: &Cell) -> String {
    let mut words = Vec::new();
    for (color, ground) in [(cell.fg, ""), (cell.bg, "on ")] {
        if color != Color::Reset {
            words.push(format!("{ground}{color}"));
        }
    }
    if !cell.modifier.is_empty() {
        words.push(format!("{:?}", cell.modifier));
    }
    words.join(" ")
}
