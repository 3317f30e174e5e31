//! `tokendeck audit`: who did what, and whether the record of it is whole.

mod describe;

use serde::Serialize;

use super::args::AuditListArgs;
use super::call::Call;
use super::deck::Deck;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::moment::past;
use super::output::{Format, Output, Sheet};
use super::resolve::{self, Actor};
use super::token::instant;
use crate::backend::local;
use crate::domain::calendar::seconds;
use crate::domain::{Refusal, Subject, Window};
use crate::wire::{EventQuery, EventView};

/// `tokendeck audit list`.
pub(super) async fn list(deck: &Deck, args: &AuditListArgs) -> Outcome {
    let subject = match &args.token {
        Some(text) => Some(Subject::Token(deck.backend.show(text.clone()).await?.token.id)),
        None => None,
    };
    let by = match &args.by {
        Some(text) => Some(resolve::actor(&deck.backend.catalogue().await?, text)?),
        None => None,
    };
    let (by, perhaps) = match by {
        None => (None, None),
        Some(Actor::Known(id)) => (Some(id), None),
        Some(Actor::Perhaps(id)) => (Some(id), Some(id)),
    };
    let since = args.since.map(|when| past("--since", when, deck.now())).transpose()?;
    let window = Window { offset: args.offset, limit: args.limit.unwrap_or(usize::MAX) };
    let page = deck.backend.events(EventQuery { subject, by, since }, window).await?;
    if let Some(id) = perhaps.filter(|_| page.total == 0) {
        return Err(Refusal::NotFound { what: "user", name: id.to_string() }.into());
    }
    print(deck.output, page.total, page.offset, &page.events)?;
    Ok(Exit::Done)
}

#[derive(Serialize)]
struct Listed<'e> {
    total: usize,
    offset: usize,
    events: &'e [EventView],
}

/// Prints a window of the audit trail.
pub(super) fn print(
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
fn fields(events: &[EventView]) -> Sheet {
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
fn sheet(events: &[EventView]) -> Sheet {
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

#[derive(Serialize)]
struct Chain {
    whole: bool,
    events: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_at: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// `tokendeck audit verify`. Needs no operator, as it shows no event.
pub(super) fn verify(call: &Call) -> Outcome {
    let report = local::verify_audit(&call.settings.store)?;
    let (broken_at, reason) = report.broken.unzip();
    let whole = broken_at.is_none();
    let chain = Chain { whole, events: report.events, broken_at, reason };
    call.output.record(&chain, |format| {
        if format == Format::Csv {
            return Sheet::of_record(vec![
                ("whole", whole.to_string()),
                ("events", chain.events.to_string()),
                ("broken_at", chain.broken_at.map(|at| at.to_string()).unwrap_or_default()),
                ("reason", chain.reason.clone().unwrap_or_default()),
            ]);
        }
        let text = |value: Option<&String>| value.cloned().unwrap_or_else(|| "-".to_owned());
        Sheet::of_record(vec![
            ("Chain", if whole { "whole" } else { "broken" }.to_owned()),
            ("Events", chain.events.to_string()),
            ("Broken at", chain.broken_at.map_or_else(|| "-".to_owned(), |at| at.to_string())),
            ("Reason", text(chain.reason.as_ref())),
        ])
    })?;
    Ok(if whole { Exit::Done } else { Exit::No })
}
