//! Both halves of wide characters. Terminals disagree on what a cluster of two columns
//! fills: a flag is two narrow cells to one of them, a wide one to another, two wide ones
//! to a third. So wherever one was or comes, all that any of them may have filled is
//! written again. Pure; a screen without wide characters costs nothing more.

use std::collections::BTreeSet;

use ratatui::buffer::{Buffer, Cell};

use crate::text;

/// What one terminal or another fills for a symbol, in columns.
fn reach(symbol: &str) -> u16 {
    let width = u16::try_from(text::width(symbol)).unwrap_or(u16::MAX);
    // Each of the characters of a cluster may be drawn by itself.
    if width >= 2 && is_cluster(symbol) { 2 * width } else { width.max(1) }
}

/// Whether the symbol is of several characters, which not every terminal puts together.
pub(super) fn is_cluster(symbol: &str) -> bool {
    symbol.chars().nth(1).is_some()
}

/// The cells that must be written so that `before` becomes `after`, row by row: those that
/// differ, and those that a wide character next to them, gone or new, may have touched.
pub(super) fn whole<'a>(
    before: &Buffer,
    after: &'a Buffer,
    differing: impl Iterator<Item = (u16, u16)>,
) -> Vec<(u16, u16, &'a Cell)> {
    let mut places: BTreeSet<(u16, u16)> = differing.map(|(x, y)| (y, x)).collect();
    let touched: Vec<_> = places
        .iter()
        .flat_map(|(y, x)| {
            let of = |buffer: &Buffer| buffer.cell((*x, *y)).map_or(1, |cell| reach(cell.symbol()));
            let y = *y;
            (1..of(before).max(of(after))).map(move |step| (y, x.saturating_add(step)))
        })
        .collect();
    places.extend(touched);
    let mut cells = Vec::with_capacity(places.len());
    let mut covered = (0, 0);
    for (y, x) in places {
        let Some(cell) = after.cell((x, y)) else { continue };
        // The second half of what was just written is no cell of its own.
        if covered.0 == y && x < covered.1 {
            continue;
        }
        let width = u16::try_from(text::width(cell.symbol())).unwrap_or(1);
        covered = (y, x.saturating_add(width));
        cells.push((x, y, cell));
    }
    cells
}
