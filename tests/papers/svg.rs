//! A screen as an SVG: every word at the place of its first cell and as wide as its
//! cells, so that wide characters and any font keep the columns.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};

/// Width and height of a cell; the font is as wide as a cell at this size.
const CELL: (u16, u16) = (9, 19);
const FONT_SIZE: u16 = 15;
/// Room around the screen, and above it for the window's edge.
const MARGIN: u16 = 16;
const TOP: u16 = 36;

const GROUND: &str = "#11151c";
const TEXT: &str = "#d7dce4";

/// A readable palette on a dark ground, for the sixteen colours.
fn color(color: Color, reset: &str) -> String {
    let known = match color {
        Color::Black => "#1b212b",
        Color::Red | Color::LightRed => "#f47067",
        Color::Green | Color::LightGreen => "#57c27c",
        Color::Yellow | Color::LightYellow => "#e3b341",
        Color::Blue | Color::LightBlue => "#6cb6ff",
        Color::Magenta | Color::LightMagenta => "#dcbdfb",
        Color::Cyan | Color::LightCyan => "#56d4dd",
        Color::DarkGray => "#7d8694",
        Color::Gray | Color::White => "#f0f3f6",
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Reset | Color::Indexed(_) => reset,
    };
    known.to_owned()
}

/// How a cell looks: its text, what is behind it, and whether it is bold or dim.
#[derive(PartialEq, Eq)]
struct Look {
    fg: String,
    bg: String,
    bold: bool,
    dim: bool,
}

impl Look {
    fn of(cell: &Cell) -> Self {
        let (fg, bg) = (color(cell.fg, TEXT), color(cell.bg, GROUND));
        let reversed = cell.modifier.contains(Modifier::REVERSED);
        let (fg, bg) = if reversed { (bg, fg) } else { (fg, bg) };
        let bold = cell.modifier.contains(Modifier::BOLD);
        Self { fg, bg, bold, dim: cell.modifier.contains(Modifier::DIM) }
    }
}

/// The picture.
pub(crate) fn of(buffer: &Buffer, title: &str) -> String {
    let (columns, rows) = (buffer.area.width, buffer.area.height);
    let width = columns * CELL.0 + 2 * MARGIN;
    let height = rows * CELL.1 + TOP + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"10\" fill=\"{GROUND}\"/>\n\
         <g fill=\"#39424f\"><circle cx=\"22\" cy=\"18\" r=\"6\"/><circle cx=\"42\" cy=\"18\" r=\"6\"/>\
         <circle cx=\"62\" cy=\"18\" r=\"6\"/></g>\n\
         <g font-family=\"ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', \
         monospace\" font-size=\"{FONT_SIZE}\" fill=\"{TEXT}\">\n"
    );
    for y in 0..rows {
        row(buffer, y, &mut svg);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// A row in runs of one look.
fn row(buffer: &Buffer, y: u16, svg: &mut String) {
    let mut x = 0;
    while x < buffer.area.width {
        let look = Look::of(&buffer[(x, y)]);
        let start = x;
        while x < buffer.area.width && Look::of(&buffer[(x, y)]) == look {
            x += 1;
        }
        run(buffer, y, start..x, &look, svg);
    }
}

fn run(buffer: &Buffer, y: u16, run: std::ops::Range<u16>, look: &Look, svg: &mut String) {
    let left = |x: u16| MARGIN + x * CELL.0;
    let top = TOP + y * CELL.1;
    if look.bg != GROUND {
        let (x, width) = (left(run.start), (run.end - run.start) * CELL.0);
        let (height, ground) = (CELL.1, &look.bg);
        writeln!(
            svg,
            "<rect x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>"
        )
        .unwrap();
    }
    for (x, columns, text) in words(buffer, y, run) {
        let (x, length, base) = (left(x), columns * CELL.0, top + 14);
        let fill = if look.fg == TEXT { String::new() } else { format!(" fill=\"{}\"", look.fg) };
        let bold = if look.bold { " font-weight=\"bold\"" } else { "" };
        let dim = if look.dim { " opacity=\"0.6\"" } else { "" };
        writeln!(
            svg,
            "<text x=\"{x}\" y=\"{base}\" textLength=\"{length}\"{fill}{bold}{dim}>{text}</text>"
        )
        .unwrap();
    }
}

/// The words of a run, each with its first column and its width. A character beyond
/// ASCII stands alone, for fonts differ in how wide they draw it.
fn words(buffer: &Buffer, y: u16, run: std::ops::Range<u16>) -> Vec<(u16, u16, String)> {
    let mut words: Vec<(u16, u16, String)> = Vec::new();
    let mut open = false;
    let mut x = run.start;
    while x < run.end {
        let symbol = buffer[(x, y)].symbol();
        let columns = u16::try_from(tokendeck::text::width(symbol)).unwrap().max(1);
        if symbol.trim().is_empty() {
            open = false;
        } else if let Some(word) = words.last_mut().filter(|_| open && symbol.is_ascii()) {
            word.1 += columns;
            word.2.push_str(&escaped(symbol));
        } else {
            words.push((x, columns, escaped(symbol)));
            open = symbol.is_ascii();
        }
        x += columns;
    }
    words
}

fn escaped(symbol: &str) -> String {
    symbol.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn wide_and_combining_characters_keep_their_columns() {
    let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 6, 1));
    buffer.set_string(0, 0, "\u{6771}e\u{301}<", ratatui::style::Style::new());
    let svg = of(&buffer, "t");
    let at = |x: u16, columns: u16| {
        format!("x=\"{}\" y=\"50\" textLength=\"{}\">", MARGIN + x * CELL.0, columns * CELL.0)
    };
    for text in [at(0, 2) + "\u{6771}", at(2, 1) + "e\u{301}", at(3, 1) + "&lt;"] {
        assert!(svg.contains(&text), "no {text} in {svg}");
    }
}
