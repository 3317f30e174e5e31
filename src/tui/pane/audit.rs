//! The Audit trail tab: what was done to a token and by whom, newest first (R83).

use ratatui::text::{Line, Span};

use crate::domain::calendar;
use crate::text::{Safe, pad, safe_line, width, wrap};
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::wire::EventView;

pub(super) fn lines(model: &Seen<'_>, columns: usize) -> Vec<Line<'static>> {
    let dim = model.theme.style(Role::Dim);
    let Some(page) = &model.screens.tokens().details.events else {
        return vec![Line::styled(" Reading ...", dim)];
    };
    if page.events.is_empty() {
        return vec![Line::styled(" Nothing recorded", dim)];
    }
    let mut lines: Vec<_> =
        page.events.iter().flat_map(|view| event(model, view, columns)).collect();
    let more = page.total.saturating_sub(page.events.len());
    if more > 0 {
        lines.push(Line::styled(format!(" {more} older: 'tokendeck audit list'"), dim));
    }
    lines
}

/// What was done; the facts behind it where they fit, else under it.
fn event(model: &Seen<'_>, view: &EventView, columns: usize) -> Vec<Line<'static>> {
    let event = &view.event;
    let login = event.by.system_login.as_deref();
    let by = Safe::line(view.by_name.as_deref().or(login).unwrap_or("-"));
    let facts = safe_line(&view.facts().join(", "));
    let dim = model.theme.style(Role::Dim);
    let mut first = Line::from(vec![
        Span::raw(format!(" {}  {}  ", calendar::seconds(event.at), pad(by.as_str(), 14))),
        model.theme.span(format!("{:11}", event.action), Role::Name),
    ]);
    if first.width() + 2 + width(&facts) < columns {
        first.push_span(Span::styled(format!("  {facts}"), dim));
        return vec![first];
    }
    let under = wrap(&facts, columns.saturating_sub(4));
    let under = under.into_iter().map(|text| Line::styled(format!("   {text}"), dim));
    std::iter::once(first).chain(under).collect()
}
