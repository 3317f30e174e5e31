//! Which rows of how many are on screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{thousands, width};
use crate::tui::age;
use crate::tui::list_view::Position;
use crate::tui::options::PageSize;
use crate::tui::paint::put_right;
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// Columns that a warning is worth, before the page and its rows.
const WARNING: usize = 30;

/// Which rows of how many, at the right end; says what is left of the line. Where
/// there are none, it says nothing.
pub(super) fn draw_pages(
    model: &Seen<'_>,
    position: Position,
    frame: &mut Frame<'_>,
    area: Rect,
) -> Rect {
    if position.total == 0 {
        return area;
    }
    let rows = match model.options.page_size {
        PageSize::Auto => "auto".to_owned(),
        PageSize::Rows(rows) => format!("{rows} rows"),
    };
    let follows = position.end < position.total;
    let arrow = |there: bool| model.theme.style(if there { Role::Key } else { Role::Dim });
    let [first, end, total, page, pages] =
        [position.first + 1, position.end, position.total, position.page, position.pages]
            .map(thousands);
    let mut text = format!("  {first}-{end} of {total}  page {page}/{pages}  {rows}  ");
    // On a narrow screen what can't be relied on is more than which page it is.
    if age::has_much_to_say(model) && usize::from(area.width) < width(&text) + WARNING {
        text = format!(" {first}-{end} of {total} ");
    }
    let spans = vec![
        Span::styled("<", arrow(position.first > 0)),
        model.theme.span(text, Role::Text),
        Span::styled(">", arrow(follows)),
        Span::raw(" "),
    ];
    put_right(frame, area, &Line::from(spans))
}
