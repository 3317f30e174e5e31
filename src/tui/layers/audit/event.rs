//! All that is known of an event.

use ratatui::text::{Line, Span};

use crate::domain::calendar::seconds;
use crate::text::{pad, safe_line, wrap};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;
use crate::wire::EventView;

/// Columns of the words before values.
const LABEL: usize = 10;

/// What was done and to what; when and by whom; each fact on a line of its own.
pub(super) fn lines(shared: &Shared, view: &EventView, columns: usize) -> Vec<Line<'static>> {
    let (action, subject) = view.deed();
    let event = &view.event;
    let id = event.by.user.map(|id| format!(" {id}")).unwrap_or_default();
    let by = match view.user() {
        Some(user) if user.ends_with(id.trim()) => user,
        Some(user) => format!("{user}{id}"),
        None => "nobody who signed in".to_owned(),
    };
    let login = event.by.system_login.as_ref();
    let login = login.map(|login| format!(", as {login} on the system")).unwrap_or_default();
    let facts = view.facts();
    let facts = if facts.is_empty() { vec!["nothing else is recorded".to_owned()] } else { facts };
    let said = [
        ("Done", action),
        ("To", format!("{} {subject}", event.subject.kind())),
        ("At", seconds(event.at)),
        ("By", format!("{by}{login}")),
    ];
    let heads = std::iter::once("Facts").chain(std::iter::repeat(""));
    let said = said.into_iter().chain(heads.zip(facts));
    said.flat_map(|(label, text)| labelled(shared, label, &text, columns)).collect()
}

fn labelled(shared: &Shared, label: &str, text: &str, columns: usize) -> Vec<Line<'static>> {
    let mut label = label;
    let line = |part: String| {
        let head = shared.theme.span(format!(" {}", pad(label, LABEL)), Role::Header);
        label = "";
        Line::from(vec![head, Span::raw(part)])
    };
    let room = columns.saturating_sub(LABEL + 2).max(1);
    wrap(&safe_line(text), room).into_iter().map(line).collect()
}
