//! Events as rows: for people, for spreadsheets, and a window of them printed.

use serde::Serialize;

use crate::cli::failure::Failure;
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

/// Events for spreadsheets.
pub(super) fn fields(events: &[EventView]) -> Sheet {
    cells(events, false)
}

/// The same with what proves them.
pub(super) fn proven(events: &[EventView]) -> Sheet {
    cells(events, true)
}

fn cells(events: &[EventView], proven: bool) -> Sheet {
    let rows = events.iter().map(|view| view.cells(proven)).collect();
    Sheet::new(EventView::titles(proven), rows)
}

/// Events for people.
pub(super) fn sheet(events: &[EventView]) -> Sheet {
    let row = |view: &EventView| {
        let (action, subject) = view.deed();
        vec![
            view.event.sequence.to_string(),
            seconds(view.event.at),
            view.actor(),
            action,
            subject,
            view.facts().join(", "),
        ]
    };
    let titles = vec!["No", "At", "By", "Action", "Subject", "Details"];
    Sheet::new(titles, events.iter().map(row).collect())
}
