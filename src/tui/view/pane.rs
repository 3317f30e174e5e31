//! The details pane: its tabs on a line, and under it what the tab says.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::tui::focus::Focus;
use crate::tui::glyphs::Glyphs;
use crate::tui::paint::{put, put_line, put_lines};
use crate::tui::pane;
use crate::tui::place::Seen;
use crate::tui::theme::Role;

pub(super) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    put_line(frame, Rect { height: 1, ..area }, &tabs(model, area.width));
    let lines = pane::lines(model, area.width.into());
    let below = lines.iter().skip(model.screens.tokens().details.scroll);
    put_lines(frame, area.rows().skip(1), below.clone());
    if below.len() > usize::from(area.height.saturating_sub(1)) && area.width > 0 {
        let more = Rect { x: area.right() - 1, y: area.bottom() - 1, width: 1, height: 1 };
        put(frame, more, "v", model.theme.style(Role::Key));
    }
}

/// `--[General]-Modules-Details-Audit trail---`; brackets mark the tab on top.
fn tabs(model: &Seen<'_>, columns: u16) -> Line<'static> {
    let dash = Glyphs::RULE;
    let line = model.theme.style(Role::Rule);
    let mut spans = vec![Span::styled(dash.repeat(2), line)];
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
