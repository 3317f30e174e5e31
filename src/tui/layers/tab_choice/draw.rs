//! The choice of tabs: a box with a line and a check box for each.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::tui::list_view::ListView;
use crate::tui::paint::{put, put_line, raise};
use crate::tui::place::Seen;
use crate::tui::theme::Role;

/// Columns of the box.
const COLUMNS: u16 = 30;

pub(super) fn draw(model: &Seen<'_>, list: &ListView<Vec<String>>, frame: &mut Frame<'_>) {
    let tabs = model.screens.tokens().choice_of_tabs(model.shared);
    let rows = u16::try_from(tabs.len() + 3).unwrap_or(u16::MAX);
    let list = list.over(tabs.iter().map(|(tab, _)| tab.clone()));
    let screen = frame.area();
    let area = raise(&model.theme, frame, screen, (COLUMNS, rows));
    let line = |row: u16| Rect { y: area.y.saturating_add(row), height: 1, ..area };
    put(frame, line(1), "  Tabs", model.theme.style(Role::Title));
    for ((index, (tab, shown)), row) in tabs.into_iter().enumerate().zip(2_u16..) {
        let mark = if index == list.cursor { ">" } else { " " };
        let tick = if shown { "[x]" } else { "[ ]" };
        let name = if index == list.cursor { Role::Selected } else { Role::Text };
        let spans = vec![
            model.theme.span(format!("{mark} {tick} "), Role::Text),
            model.theme.span(tab, name),
        ];
        put_line(frame, line(row), &Line::from(spans));
    }
}
