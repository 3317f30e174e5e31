//! The Audit trail tab: what was done to a token and by whom, newest first (R83).

use ratatui::text::{Line, Span};

use crate::domain::{Detail, calendar};
use crate::text::{Safe, pad, width};
use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::wrap::wrap;
use crate::wire::EventView;

pub(super) fn lines(model: &Model, columns: usize) -> Vec<Line<'static>> {
    let dim = model.theme.style(Role::Dim);
    let Some(page) = &model.details.events else {
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
fn event(model: &Model, view: &EventView, columns: usize) -> Vec<Line<'static>> {
    let event = &view.event;
    let login = event.by.system_login.as_deref();
    let by = Safe::line(view.by_name.as_deref().or(login).unwrap_or("-"));
    let facts: Vec<_> = event.details.iter().map(detail).collect();
    let facts = facts.join(", ");
    let dim = model.theme.style(Role::Dim);
    let mut first = Line::from(vec![
        Span::raw(format!(" {}  {}  ", calendar::seconds(event.at), pad(by.as_str(), 14))),
        Span::styled(format!("{:11}", event.action), model.theme.style(Role::Name)),
    ]);
    if first.width() + 2 + width(&facts) <= columns {
        first.push_span(Span::styled(format!("  {facts}"), dim));
        return vec![first];
    }
    let under = wrap(&facts, columns.saturating_sub(4));
    let under = under.into_iter().map(|text| Line::styled(format!("   {text}"), dim));
    std::iter::once(first).chain(under).collect()
}

/// A fact in a few words.
fn detail(detail: &Detail) -> String {
    match detail {
        Detail::Changed { field } => field.to_string().replace('_', " "),
        Detail::From { status } => format!("was {status}"),
        Detail::NewGuid { guid } | Detail::Guid { guid } => format!("GUID {guid}"),
        Detail::OldGuid { guid, until: None } => format!("old GUID {guid}"),
        Detail::OldGuid { guid, until: Some(at) } => {
            format!("old GUID {guid} until {}", calendar::seconds(*at))
        }
        Detail::ValidTo { at: None } => "expires Never".to_owned(),
        Detail::ValidTo { at: Some(at) } => format!("expires {}", calendar::seconds(*at)),
        Detail::User { user } => user.to_string(),
        Detail::Module { module } => module.to_string(),
        Detail::Count { count } => format!("{count} records"),
        Detail::Credential { guid } => format!("operator credential {guid}"),
        Detail::Clock { from, to } => {
            let from = from.map_or_else(|| "none".to_owned(), calendar::seconds);
            format!("time {from} -> {}", calendar::seconds(*to))
        }
        Detail::Schema { version } => format!("schema {version}"),
        Detail::Other(fact) => Safe::line(&fact.to_string()).as_str().to_owned(),
    }
}
