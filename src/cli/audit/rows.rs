//! Events as rows: for people, for spreadsheets, and a window of them printed.

use serde::Serialize;

use super::describe;
use crate::cli::failure::Failure;
use crate::cli::moment::instant;
use crate::cli::output::{Format, Output, Sheet};
use crate::domain::calendar::seconds;
use crate::wire::EventView;

#[derive(Serialize)]
struct Listed<'e> {
    total: usize,
    offset: usize,
    events: &'e [EventView],
}

/// Prints a window of the audit trail.
pub(in crate::cli) fn print(
    output: Output,
    total: usize,
    offset: usize,
    events: &[EventView],
) -> Result<(), Failure> {
    output.list(&Listed { total, offset, events }, events, |format| match format {
        Format::Csv => fields(events),
        _ => sheet(events),
    })
}

/// Events for spreadsheets: ids beside names, the instant in RFC 3339.
pub(super) fn fields(events: &[EventView]) -> Sheet {
    const TITLES: [&str; 10] = [
        "sequence",
        "at",
        "by",
        "by_name",
        "system_login",
        "action",
        "subject_kind",
        "subject",
        "subject_name",
        "details",
    ];
    let row = |view: &EventView| {
        let event = &view.event;
        let (kind, subject) = describe::subject(&event.subject);
        vec![
            event.sequence.to_string(),
            instant(Some(event.at)),
            event.by.user.map(|id| id.to_string()).unwrap_or_default(),
            view.by_name.clone().unwrap_or_default(),
            event.by.system_login.clone().unwrap_or_default(),
            event.action.to_string(),
            kind.to_owned(),
            subject,
            view.subject_name.clone().unwrap_or_default(),
            view.facts().join(", "),
        ]
    };
    Sheet::new(TITLES.to_vec(), events.iter().map(row).collect())
}

/// Events for people.
pub(super) fn sheet(events: &[EventView]) -> Sheet {
    let row = |view: &EventView| {
        let event = &view.event;
        let id = event.subject.to_string();
        let subject = match &view.subject_name {
            // "removed USR-1000-0009" names it already.
            Some(name) if name.ends_with(&id) => name.clone(),
            Some(name) => format!("{name} {id}"),
            None => id,
        };
        let (action, subject) = describe::deed(event, subject);
        vec![
            event.sequence.to_string(),
            seconds(event.at),
            describe::actor(view),
            action,
            subject,
            view.facts().join(", "),
        ]
    };
    let titles = vec!["No", "At", "By", "Action", "Subject", "Details"];
    Sheet::new(titles, events.iter().map(row).collect())
}
