//! Where everything stands on the screen. `update` needs it to know how many rows
//! there are, `view` to draw them.

use ratatui::layout::Rect;

use super::options::PageSize;

/// Below this many columns nothing but a sentence is shown.
pub(super) const MIN_WIDTH: u16 = 40;
/// Below this many rows nothing but a sentence is shown.
pub(super) const MIN_HEIGHT: u16 = 10;
/// From this many rows on the details pane is open by itself.
pub(super) const ROOMY: u16 = 30;
/// Lines besides the rows of the list and the details pane.
const FIXED: u16 = 6;
/// The tallest the details pane becomes.
const PANE: u16 = 16;
/// The least it takes where there is room.
const SMALL_PANE: u16 = 8;

/// The line of tabs of a user.
const TABS: u16 = 1;

/// The parts of the screen, from top to bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Areas {
    /// Title, backend, operator, count.
    pub(super) title: Rect,
    /// Active filters and totals, or the search being typed.
    pub(super) filter: Rect,
    /// The tabs of the user whose tokens are on screen.
    pub(super) tabs: Option<Rect>,
    /// Heads of columns.
    pub(super) header: Rect,
    /// Rows of the list.
    pub(super) rows: Rect,
    /// Which rows of how many.
    pub(super) position: Rect,
    /// The details pane with its tabs.
    pub(super) pane: Option<Rect>,
    /// The message.
    pub(super) message: Rect,
    /// The keys.
    pub(super) footer: Rect,
}

/// Whether anything but a sentence fits.
pub(super) fn is_too_small(area: Rect) -> bool {
    area.width < MIN_WIDTH || area.height < MIN_HEIGHT
}

/// What there is on a screen besides its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// Nothing.
    Nothing,
    /// The details.
    Details,
    /// The details, which take the place that a list of so many rows leaves blank.
    DetailsUnder(usize),
}

/// The parts of a screen of this size.
pub(super) fn areas(area: Rect, beside: Beside, tabs: bool, page_size: PageSize) -> Areas {
    let middle = area.height.saturating_sub(FIXED + if tabs { TABS } else { 0 });
    let pane_open = beside != Beside::Nothing;
    let pane = match beside {
        Beside::Nothing => 0,
        Beside::Details => pane_height(middle, page_size),
        Beside::DetailsUnder(rows) => {
            let rows = u16::try_from(rows.max(1)).unwrap_or(u16::MAX);
            pane_height(middle, page_size).max(middle.saturating_sub(rows))
        }
    };
    let mut y = area.y;
    let mut take = |height: u16| {
        let height = height.min(area.bottom().saturating_sub(y));
        let part = Rect { y, height, ..area };
        y += height;
        part
    };
    Areas {
        title: take(1),
        filter: take(1),
        tabs: tabs.then(|| take(TABS)),
        header: take(1),
        rows: take(middle - pane),
        position: take(1),
        pane: pane_open.then(|| take(pane)),
        message: take(1),
        footer: take(1),
    }
}

fn pane_height(middle: u16, page_size: PageSize) -> u16 {
    let rows = match page_size {
        PageSize::Auto => middle / 2,
        PageSize::Rows(rows) => u16::try_from(rows).unwrap_or(u16::MAX),
    };
    let least = SMALL_PANE.min(middle.saturating_sub(1));
    middle.saturating_sub(rows).clamp(least, PANE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ten_rows_and_the_details_fit_on_a_plain_terminal() {
        let areas = |beside| areas(Rect::new(0, 0, 80, 24), beside, false, PageSize::Rows(10));
        let heights = |beside| {
            let areas = areas(beside);
            (areas.rows.height, areas.pane.map(|pane| pane.height))
        };
        assert_eq!(heights(Beside::Details), (10, Some(8)));
        assert_eq!(heights(Beside::DetailsUnder(40)), (10, Some(8)));
        // Blank rows are the pane's.
        assert_eq!(heights(Beside::DetailsUnder(3)), (3, Some(15)));
        assert_eq!(heights(Beside::DetailsUnder(0)), (1, Some(17)));
    }

    proptest! {
        #[test]
        fn the_parts_fill_the_screen_and_leave_a_row_for_the_list(
            width in MIN_WIDTH..200,
            height in MIN_HEIGHT..120,
            open: bool,
            tabs: bool,
            rows in prop::option::of(1_usize..200),
            listed in prop::option::of(0_usize..200),
        ) {
            let page_size = rows.map_or(PageSize::Auto, PageSize::Rows);
            let beside = match (open, listed) {
                (false, _) => Beside::Nothing,
                (true, None) => Beside::Details,
                (true, Some(rows)) => Beside::DetailsUnder(rows),
            };
            let parts = areas(Rect::new(0, 0, width, height), beside, tabs, page_size);
            let pane = parts.pane.map_or(0, |pane| pane.height);
            prop_assert!(parts.rows.height >= 1);
            prop_assert_eq!(parts.rows.height + pane + FIXED + u16::from(tabs), height);
            prop_assert_eq!(parts.footer.bottom(), height);
        }
    }
}
