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
        let mut parameters = Vec::new();
        let gone = self.modifier - next.modifier;
        let mut new = next.modifier - self.modifier;
        // Bold and dim share their one way out, so what stays of them is set again.
        if gone.intersects(Modifier::BOLD | Modifier::DIM) {
            new |= next.modifier & (Modifier::BOLD | Modifier::DIM);
            parameters.push(22);
        }
        let ends = [
            (Modifier::ITALIC, 23),
            (Modifier::UNDERLINED, 24),
            (Modifier::SLOW_BLINK | Modifier::RAPID_BLINK, 25),
            (Modifier::REVERSED, 27),
            (Modifier::HIDDEN, 28),
            (Modifier::CROSSED_OUT, 29),
        ];
        parameters.extend(ends.iter().filter(|(m, _)| gone.intersects(*m)).map(|(_, code)| *code));
        let starts = [
            (Modifier::BOLD, 1),
            (Modifier::DIM, 2),
            (Modifier::ITALIC, 3),
            (Modifier::UNDERLINED, 4),
            (Modifier::SLOW_BLINK, 5),
            (Modifier::RAPID_BLINK, 6),
            (Modifier::REVERSED, 7),
            (Modifier::HIDDEN, 8),
            (Modifier::CROSSED_OUT, 9),
        ];
        parameters.extend(starts.iter().filter(|(m, _)| new.intersects(*m)).map(|(_, code)| *code));
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
    let extended = base + 8;
    match colour {
        Color::Reset => vec![base + 9],
        Color::Black => vec![base],
        Color::Red => vec![base + 1],
        Color::Green => vec![base + 2],
        Color::Yellow => vec![base + 3],
        Color::Blue => vec![base + 4],
        Color::Magenta => vec![base + 5],
        Color::Cyan => vec![base + 6],
        Color::Gray => vec![base + 7],
        Color::DarkGray => vec![base + 60],
        Color::LightRed => vec![base + 61],
        Color::LightGreen => vec![base + 62],
        Color::LightYellow => vec![base + 63],
        Color::LightBlue => vec![base + 64],
        Color::LightMagenta => vec![base + 65],
        Color::LightCyan => vec![base + 66],
        Color::White => vec![base + 67],
        Color::Indexed(index) => vec![extended, 5, index.into()],
        Color::Rgb(r, g, b) => vec![extended, 2, r.into(), g.into(), b.into()],
    }
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
