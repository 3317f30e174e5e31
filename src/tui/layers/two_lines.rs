//! A list over the screen whose rows take two lines each: what it is, and how it stands.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{cut_middle, width};
use crate::tui::list_view::{ListView, RowSet};
use crate::tui::paint::{
    beside_marks, clear, put, put_above_footer, put_line, put_marks, put_right,
};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// A row of two lines.
pub(super) struct TwoLines {
    /// What it is.
    pub(super) name: String,
    /// What stands at the right of that, where there is room.
    pub(super) beside: String,
    /// How it stands, behind four columns.
    pub(super) standing: Vec<Span<'static>>,
}

/// The title, over everything but message and footer; where it stands, and what is left.
pub(super) fn draw_title(model: &Seen<'_>, title: &str, frame: &mut Frame<'_>) -> (Rect, Rect) {
    let screen = frame.area();
    let area = Rect { height: screen.height.saturating_sub(2), ..screen };
    clear(frame, area);
    let head = Rect { height: 1, ..area };
    put(frame, head, title, model.theme.style(Role::Title));
    (head, Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area })
}

/// As many whole rows as there is room for, the one under the cursor among them.
pub(super) fn draw_rows(
    model: &Seen<'_>,
    list: &ListView<impl RowSet>,
    rows: impl Iterator<Item = TwoLines>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let room = usize::from(area.height / 2).max(1);
    let first = list.first_of(room);
    let shown = rows.enumerate().skip(first).take(room);
    let text = beside_marks(area);
    let mut whole = None;
    for ((place, row), y) in shown.zip((area.y..).step_by(2)) {
        let line = |y| Rect { y, height: 1, ..text };
        draw_name(model, &row, place == list.cursor, frame, line(y));
        let standing = Line::from([vec![Span::raw("    ")], row.standing].concat());
        put_line(frame, line(y + 1), &standing);
        if place == list.cursor && standing.width() > usize::from(text.width) {
            whole = Some(standing.to_string());
        }
    }
    put_marks(&model.theme, frame, area, (2 * first, 2 * list.total()));
    // What to do about it stands at the end of the line, so it is told where that is cut.
    if let Some(whole) = whole {
        put_above_footer(&model.theme, whole.trim(), frame);
    }
}

/// `> Revoke 100,000 tokens of Acme               Ada Admin, 2026-03-10 12:00`.
fn draw_name(model: &Seen<'_>, row: &TwoLines, here: bool, frame: &mut Frame<'_>, area: Rect) {
    let (mark, role) = if here { ("> ", Role::Selected) } else { ("  ", Role::Text) };
    let (beside, columns) = (format!("{} ", row.beside), usize::from(area.width));
    if width(&row.name) + width(&beside) + 4 <= columns {
        put_right(frame, area, &model.theme.line(beside, Role::Dim));
    }
    let name = cut_middle(&row.name, columns.saturating_sub(3));
    let spans = vec![Span::raw(mark), model.theme.span(name, role)];
    put_line(frame, area, &Line::from(spans));
}
