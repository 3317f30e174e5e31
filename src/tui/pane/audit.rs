//! The Audit trail tab: what was done to a token and by whom, newest first (R83).

use ratatui::text::{Line, Span};

use crate::domain::{Detail, calendar};
use crate::text::{Safe, pad};
use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::wire::EventView;

pub(super) fn lines(model: &Model) -> Vec<Line<'static>> {
    let dim = model.theme.style(Role::Dim);
    let Some(page) = &model.details.events else {
        return vec![Line::styled(" Reading ...", dim)];
    };
    if page.events.is_empty() {
        return vec![Line::styled(" Nothing recorded", dim)];
    }
    let mut lines: Vec<_> = page.events.iter().map(|event| line(model, event)).collect();
    let more = page.total.saturating_sub(page.events.len());
    if more > 0 {
        lines.push(Line::styled(format!(" {more} older: 'tokendeck audit list'"), dim));
    }
    lines
}

fn line(model: &Model, view: &EventView) -> Line<'static> {
    let event = &view.event;
    let login = event.by.system_login.as_deref();
    let by = Safe::line(view.by_name.as_deref().or(login).unwrap_or("-"));
    let details: Vec<_> = event.details.iter().map(detail).collect();
    Line::from(vec![
        Span::raw(format!(" {}  ", calendar::seconds(event.at))),
        Span::raw(format!("{}  ", pad(by.as_str(), 14))),
        Span::styled(pad(&event.action.to_string(), 11), model.theme.style(Role::Name)),
        Span::styled(format!("  {}", details.join(", ")), model.theme.style(Role::Dim)),
    ])
}

/// A fact in a few words.
fn detail(detail: &Detail) -> String {
    let day = |at| calendar::seconds(at);
    match detail {
        Detail::Changed { field } => field.to_string().replace('_', " "),
        Detail::From { status } => format!("was {status}"),
        Detail::NewGuid { guid } => format!("GUID {guid}"),
        Detail::OldGuid { guid, until: None } => format!("old GUID {guid}"),
        Detail::OldGuid { guid, until: Some(at) } => {
            format!("old GUID {guid} until {}", day(*at))
        }
        Detail::ValidTo { at: None } => "expires Never".to_owned(),
        Detail::ValidTo { at: Some(at) } => format!("expires {}", day(*at)),
        Detail::User { user } => user.to_string(),
        Detail::Module { module } => module.to_string(),
        Detail::Count { count } => format!("{count} records"),
        Detail::Schema { version } => format!("schema {version}"),
    }
}
