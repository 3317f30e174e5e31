//! The pen: how the next character will look, and the shortest escape sequence
//! that changes it. Colours go out as 30 to 37 and 90 to 97, which every console
//! knows, and not as entries of a palette of 256.

use std::io::Write as _;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

/// How characters look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pen {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

/// The modifiers, each with the parameter that begins it and the one that ends it.
const MODIFIERS: [(Modifier, u16, u16); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

impl Pen {
    /// The pen after `ESC [ m`.
    pub(super) const PLAIN: Self =
        Self { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

    /// The pen that draws a cell.
    pub(super) fn of(cell: &Cell) -> Self {
        Self { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Writes the shortest sequence that turns `self` into `next`.
    pub(super) fn change(self, next: Self, out: &mut Vec<u8>) {
        if self == next {
            return;
        }
        let stepwise = self.parameters_to(next);
        let mut afresh = Self::PLAIN.parameters_to(next);
        afresh.insert(0, 0);
        let shorter = if length(&afresh) < length(&stepwise) { afresh } else { stepwise };
        let words: Vec<_> = shorter.iter().map(u16::to_string).collect();
        // A lone zero may be left out: ESC [ m resets.
        let words = if words == ["0"] { String::new() } else { words.join(";") };
        // Writing to a vector does not fail.
        let _ = write!(out, "\x1b[{words}m");
    }

    fn parameters_to(self, next: Self) -> Vec<u16> {
        let gone = self.modifier - next.modifier;
        let ends = MODIFIERS.iter().filter(|(modifier, ..)| gone.contains(*modifier));
        let mut ends: Vec<u16> = ends.map(|(_, _, end)| *end).collect();
        ends.dedup();
        // What stays of two that share their one way out is set again.
        let begins = |(modifier, _, end): &&(Modifier, u16, u16)| {
            let is_on = self.modifier.contains(*modifier) && !ends.contains(end);
            next.modifier.contains(*modifier) && !is_on
        };
        let begun: Vec<u16> = MODIFIERS.iter().filter(begins).map(|(_, start, _)| *start).collect();
        let mut parameters = [ends, begun].concat();
        if self.fg != next.fg {
            parameters.extend(colour(next.fg, 30));
        }
        if self.bg != next.bg {
            parameters.extend(colour(next.bg, 40));
        }
        parameters
    }
}

/// Bytes the parameters take with their separators.
fn length(parameters: &[u16]) -> usize {
    parameters.iter().map(|code| code.to_string().len() + 1).sum()
}

/// The parameters of a colour; `base` is 30 for the text and 40 behind it.
fn colour(colour: Color, base: u16) -> Vec<u16> {
    let step = match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::Reset => 9,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => return vec![base + 8, 5, index.into()],
        Color::Rgb(r, g, b) => return vec![base + 8, 2, r.into(), g.into(), b.into()],
    };
    vec![base + step]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(from: Pen, to: Pen) -> String {
        let mut out = Vec::new();
        from.change(to, &mut out);
        String::from_utf8_lossy(&out).replace('\x1b', "ESC")
    }

    fn pen(fg: Color, modifier: Modifier) -> Pen {
        Pen { fg, bg: Color::Reset, modifier }
    }

    #[test]
    fn the_sixteen_colours_go_out_as_every_console_knows_them() {
        assert_eq!(sequence(Pen::PLAIN, pen(Color::Green, Modifier::empty())), "ESC[32m");
        assert_eq!(sequence(Pen::PLAIN, pen(Color::White, Modifier::empty())), "ESC[97m");
    }

    #[test]
    fn the_shorter_way_is_taken() {
        let loud = pen(Color::Red, Modifier::BOLD | Modifier::REVERSED);
        assert_eq!(sequence(loud, Pen::PLAIN), "ESC[m");
        assert_eq!(sequence(loud, pen(Color::Red, Modifier::BOLD)), "ESC[27m");
        assert_eq!(sequence(loud, loud), "");
    }

    #[test]
    fn dim_survives_the_end_of_bold() {
        let both = pen(Color::Reset, Modifier::BOLD | Modifier::DIM);
        let dim = pen(Color::Reset, Modifier::DIM);
        assert_eq!(sequence(both, dim), "ESC[0;2m");
    }
}
