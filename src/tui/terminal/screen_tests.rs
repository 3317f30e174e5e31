//! What reaches a terminal, seen by a terminal emulator.

use std::num::NonZero;

use proptest::prelude::*;
use ratatui::style::Color;

use super::*;

const SIZE: Size = Size { width: 12, height: 10 };

fn written(screen: &mut Screen<Vec<u8>>) -> String {
    assert!(screen.flush().is_ok(), "writing to a vector cannot fail");
    String::from_utf8_lossy(&std::mem::take(&mut screen.out)).into_owned()
}

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
    let cells: Vec<_> = cells.iter().map(|(x, y, cell)| (*x, *y, cell)).collect();
    screen.draw_on(&cells, SIZE);
    written(&mut screen).replace('\x1b', "ESC")
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
fn after_the_last_column_the_next_move_is_absolute() {
    let cells = [(11, 0, "a", Color::Reset), (0, 1, "b", Color::Reset)];
    assert_eq!(drawn(&cells), "ESC[1;12HaESC[2Hb");
}

#[test]
fn a_frame_without_a_difference_writes_nothing() {
    let mut screen = Screen::new(Vec::new());
    assert!(screen.hide_cursor().is_ok());
    assert!(!written(&mut screen).is_empty());
    assert!(screen.hide_cursor().is_ok());
    assert!(written(&mut screen).is_empty());
}

/// A screen and the emulator it writes to, both blank.
fn pair() -> (Screen<Vec<u8>>, vt100::Parser) {
    let mut screen = Screen::new(Vec::new());
    screen.shown = Some(scroll::blank(SIZE.width, SIZE.height));
    let side = |length| NonZero::new(length).unwrap_or(NonZero::<u16>::MIN);
    (screen, vt100::Parser::new(side(SIZE.height), side(SIZE.width), 0))
}

fn show(screen: &mut Screen<Vec<u8>>, emulator: &mut vt100::Parser, from: &Buffer, to: &Buffer) {
    let cells: Vec<_> = from.diff(to);
    screen.draw_on(&cells, SIZE);
    let bytes = written(screen);
    emulator.process(bytes.as_bytes());
}

fn frame(lines: &[String]) -> Buffer {
    let mut frame = scroll::blank(SIZE.width, SIZE.height);
    for (y, line) in lines.iter().take(SIZE.height.into()).enumerate() {
        let y = u16::try_from(y).unwrap_or_default();
        frame.set_stringn(0, y, line, SIZE.width.into(), ratatui::style::Style::new());
    }
    frame
}

fn rows(emulator: &vt100::Parser) -> Vec<String> {
    emulator.screen().rows(0, SIZE.width).map(|row| row.trim_end().to_owned()).collect()
}

fn expected(lines: &[String]) -> Vec<String> {
    let plain = lines.iter().map(|line| line.trim_end().to_owned());
    plain.chain(std::iter::repeat(String::new())).take(SIZE.height.into()).collect()
}

#[test]
fn a_scrolled_list_costs_a_line_and_a_few_bytes() {
    let list = |first: usize| -> Vec<String> {
        (first..first + 10).map(|n| format!("row {n:07}")).collect()
    };
    let (mut screen, mut emulator) = pair();
    let (blank, one, two) = (frame(&[]), frame(&list(1)), frame(&list(2)));
    show(&mut screen, &mut emulator, &blank, &one);
    let cells: Vec<_> = one.diff(&two);
    screen.draw_on(&cells, SIZE);
    let bytes = written(&mut screen);
    emulator.process(bytes.as_bytes());
    assert_eq!(rows(&emulator), list(2));
    assert!(bytes.len() < 40, "{} bytes: {bytes:?}", bytes.len());
}

/// What the emulator shows, cell by cell: it draws each half of a flag by itself, as tmux
/// and xterm do.
fn letters(emulator: &vt100::Parser, row: u16) -> String {
    let cells = (0..SIZE.width).map(|x| emulator.screen().cell(row, x));
    cells.map(|cell| cell.map_or(" ", |cell| cell.contents()).to_owned()).collect::<String>()
}

#[test]
fn b22_nothing_is_left_of_a_flag_where_another_row_comes() {
    // A flag, a family, a heart: clusters that emulators fill in ways of their own.
    for cluster in ["\u{1f1e9}\u{1f1ea}", "\u{1f468}\u{200d}\u{1f469}", "\u{2764}\u{fe0f}"] {
        let with = |before: &str, after: &str| frame(&[format!("{before}{cluster}{after}")]);
        for (from, to) in [
            (with("zzz", "wide"), frame(&["zzz".to_owned()])),
            (with("zzz", "wide"), frame(&["zzz wide".to_owned()])),
            (with("zzz", "wide"), frame(&["zzz  wide".to_owned()])),
            (with("", ""), frame(&[])),
            (with("a", "b"), frame(&["ab".to_owned()])),
        ] {
            let (mut screen, mut emulator) = pair();
            show(&mut screen, &mut emulator, &frame(&[]), &from);
            show(&mut screen, &mut emulator, &from, &to);
            let shown = letters(&emulator, 0).trim_end().to_owned();
            let wanted: String = to.content.iter().take(12).map(Cell::symbol).collect();
            assert_eq!(
                shown.split_whitespace().collect::<String>(),
                wanted.split_whitespace().collect::<String>(),
                "{cluster:?}"
            );
            assert_eq!(
                rows(&emulator).first().map(String::as_str),
                Some(wanted.trim_end()),
                "{cluster:?}"
            );
        }
    }
}

#[test]
fn b22_nothing_is_left_of_letters_where_a_flag_comes() {
    let (mut screen, mut emulator) = pair();
    let (from, to) = (frame(&["abcdefgh".to_owned()]), frame(&["ab\u{2764}\u{fe0f}".to_owned()]));
    show(&mut screen, &mut emulator, &frame(&[]), &from);
    show(&mut screen, &mut emulator, &from, &to);
    let shown = letters(&emulator, 0);
    assert!(!shown.contains(['c', 'd', 'e', 'f']), "{shown:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// Whatever follows whatever, the terminal shows the last frame.
    #[test]
    fn the_terminal_shows_what_was_drawn(
        frames in prop::collection::vec(
            prop::collection::vec(prop::sample::select(vec![
                "", "alpha", "beta  beta", "漢字 wide", "x漢", "gamma-gamma", "e\u{301}te",
            ]), 0..10),
            1..8,
        ),
        shift in 0..5_usize,
    ) {
        let (mut screen, mut emulator) = pair();
        let mut before = frame(&[]);
        for lines in frames {
            let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
            // Each frame is followed by itself, scrolled: what real lists do.
            for lines in [lines.clone(), lines.into_iter().skip(shift).collect()] {
                let after = frame(&lines);
                show(&mut screen, &mut emulator, &before, &after);
                prop_assert_eq!(rows(&emulator), expected(&lines));
                before = after;
            }
        }
    }
}
