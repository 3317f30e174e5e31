//! Notices that lines moved. Where a list scrolls, most lines of the new frame
//! stand in the old one a few rows away; moving them takes some twenty bytes,
//! drawing them anew takes thousands. Pure.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

/// Lines of a region that move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scroll {
    /// First row of the region.
    pub(super) top: u16,
    /// The row after its last.
    pub(super) bottom: u16,
    /// By how many rows.
    pub(super) lines: u16,
    /// Up, as when a list scrolls on; else down.
    pub(super) up: bool,
}

/// Fewer lines than these are drawn anew as cheaply.
const WORTH_IT: usize = 3;

/// The move that brings most lines of `old` to where `new` has them, if any is
/// worth trying. Both are of the same size.
pub(super) fn find(old: &Buffer, new: &Buffer) -> Option<Scroll> {
    let height = old.area.height;
    (1..height.min(height / 2 + 1))
        .flat_map(|lines| [(lines, true), (lines, false)])
        .filter_map(|(lines, up)| moved(old, new, lines, up))
        .max_by_key(|(count, scroll)| (*count, std::cmp::Reverse(scroll.lines)))
        .map(|(_, scroll)| scroll)
}

/// How many lines would come into place, and the region they lie in.
fn moved(old: &Buffer, new: &Buffer, lines: u16, up: bool) -> Option<(usize, Scroll)> {
    let height = old.area.height;
    let arrived: Vec<u16> = (0..height - lines)
        .map(|row| if up { row } else { row + lines })
        .filter(|to| {
            let from = if up { to + lines } else { to - lines };
            !same(old, *to, new, *to) && same(old, from, new, *to)
        })
        .collect();
    let (first, last) = (*arrived.first()?, *arrived.last()?);
    let (top, bottom) = if up { (first, last + lines + 1) } else { (first - lines, last + 1) };
    let scroll = Scroll { top, bottom, lines, up };
    (arrived.len() >= WORTH_IT).then_some((arrived.len(), scroll))
}

fn same(old: &Buffer, old_row: u16, new: &Buffer, new_row: u16) -> bool {
    line(old, old_row) == line(new, new_row)
}

fn line(buffer: &Buffer, row: u16) -> Option<&[Cell]> {
    let width = usize::from(buffer.area.width);
    let start = usize::from(row) * width;
    buffer.content.get(start..start + width)
}

/// What a screen shows after the move: blank lines where others went away.
pub(super) fn apply(screen: &Buffer, scroll: Scroll) -> Buffer {
    let mut after = screen.clone();
    for row in scroll.top..scroll.bottom {
        let from =
            if scroll.up { row.checked_add(scroll.lines) } else { row.checked_sub(scroll.lines) };
        let inside = from.filter(|from| (scroll.top..scroll.bottom).contains(from));
        for x in 0..screen.area.width {
            let cell = inside.and_then(|from| screen.cell((x, from))).cloned().unwrap_or_default();
            if let Some(place) = after.cell_mut((x, row)) {
                *place = cell;
            }
        }
    }
    after
}

/// A blank screen of that size.
pub(super) fn blank(width: u16, height: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, width, height))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn screen(lines: &[&str]) -> Buffer {
        Buffer::with_lines(lines.iter().copied())
    }

    #[test]
    fn a_list_that_scrolled_on_is_noticed_between_header_and_footer() {
        let old = screen(&["head", "a   ", "b   ", "c   ", "d   ", "e   ", "foot"]);
        let new = screen(&["head", "b   ", "c   ", "d   ", "e   ", "f   ", "foot"]);
        let scroll = find(&old, &new);
        assert_eq!(scroll, Some(Scroll { top: 1, bottom: 6, lines: 1, up: true }));
    }

    #[test]
    fn so_is_one_that_scrolled_back() {
        let old = screen(&["head", "c   ", "d   ", "e   ", "f   ", "g   ", "foot"]);
        let new = screen(&["head", "a   ", "b   ", "c   ", "d   ", "e   ", "foot"]);
        let scroll = find(&old, &new);
        assert_eq!(scroll, Some(Scroll { top: 1, bottom: 6, lines: 2, up: false }));
    }

    #[test]
    fn nothing_is_found_where_nothing_moved() {
        let old = screen(&["a", "b", "c", "d"]);
        assert_eq!(find(&old, &old), None);
        assert_eq!(find(&old, &screen(&["w", "x", "y", "z"])), None);
        assert_eq!(find(&screen(&[""]), &screen(&[""])), None);
    }

    proptest! {
        #[test]
        fn a_move_never_leaves_the_screen(
            old in prop::collection::vec("[ab]", 0..12),
            new in prop::collection::vec("[ab]", 0..12),
        ) {
            let rows = old.len().min(new.len());
            let lines = |texts: &[String]| Buffer::with_lines(texts.iter().take(rows).map(String::as_str));
            let (old, new) = (lines(&old), lines(&new));
            if let Some(scroll) = find(&old, &new) {
                prop_assert!(scroll.top < scroll.bottom && usize::from(scroll.bottom) <= rows);
                prop_assert!(scroll.lines < scroll.bottom - scroll.top);
                prop_assert_eq!(apply(&old, scroll).area, old.area);
            }
        }
    }
}
