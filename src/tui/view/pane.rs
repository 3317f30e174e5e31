//! The details pane: its tabs on a line, and under it what the tab says.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::focus::Focus;
use crate::tui::glyphs::Glyphs;
use crate::tui::paint::{beside_marks, put_line, put_lines, put_marks};
use crate::tui::pane;
use crate::tui::place::Seen;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    put_line(frame, Rect { height: 1, ..area }, &tabs(model, area.width));
    let text = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let lines = pane::lines(model, pane::columns_of(area));
    let scroll = model.screens.tokens().details.scroll;
    put_lines(frame, beside_marks(text).rows(), lines.iter().skip(scroll));
    put_marks(&model.theme, frame, text, (scroll, lines.len()));
}

/// `--[General]-Modules-Details-Audit trail---`; brackets mark the tab on top. While the pane
/// has the keys the line begins with the mark of the cursor.
fn tabs(model: &Seen<'_>, columns: u16) -> Line<'static> {
    let dash = Glyphs::RULE;
    let line = model.theme.style(Role::Rule);
    let mut spans = match model.screens.tokens().focus {
        Focus::Details => vec![model.theme.span(">", Role::Key), Span::styled(dash, line)],
        Focus::List => vec![Span::styled(dash.repeat(2), line)],
    };
    for tab in model.tabs() {
        let on_top = tab == model.screens.tokens().details.tab;
        let role = match (on_top, model.screens.tokens().focus) {
            (true, Focus::Details) => Role::Selected,
            (true, Focus::List) => Role::Title,
            (false, _) => Role::Text,
        };
        let text = if on_top { format!("[{tab}]") } else { tab.to_string() };
        spans.push(model.theme.span(text, role));
        spans.push(Span::styled(dash, line));
    }
    let used: usize = spans.iter().map(Span::width).sum();
    spans.push(Span::styled(dash.repeat(usize::from(columns).saturating_sub(used)), line));
    Line::from(spans)
}
