//! `tokendeck audit`: who did what, and whether the record of it is whole.

mod describe;
mod export;
mod follow;
mod verify;

use serde::Serialize;

use super::args::{AuditFilters, AuditListArgs, AuditTimes};
use super::deck::Deck;
use super::exit::Exit;
use super::failure::{Failure, Outcome};
use super::moment::past;
use super::output::{Format, Output, Sheet};
use super::resolve::{self, Actor};
use super::token::instant;
use crate::domain::calendar::seconds;
use crate::domain::{Refusal, Subject, UserId, Window};
use crate::wire::{EventQuery, EventView};

pub(super) use export::export;
pub(super) use follow::follow;
pub(super) use verify::verify;

/// `tokendeck audit list`.
pub(super) async fn list(deck: &Deck, args: &AuditListArgs) -> Outcome {
    let query = within(deck, filtered(deck, &args.filters).await?, &args.times)?;
    let query = EventQuery { before: args.before, after: args.after, ..query };
    let window = Window { offset: args.offset, limit: args.limit.unwrap_or(usize::MAX) };
    let page = deck.backend.events(query, window).await?;
    print(deck.output, page.total, page.offset, &page.events)?;
    Ok(Exit::Done)
}

/// The events that the filters ask for.
async fn filtered(deck: &Deck, filters: &AuditFilters) -> Result<EventQuery, Failure> {
    let subject = match &filters.token {
        Some(text) => Some(Subject::Token(deck.backend.show(text.clone()).await?.token.id)),
        None => None,
    };
    let by = match &filters.by {
        Some(text) => Some(resolve::actor(&deck.backend.catalogue().await?, text)?),
        None => None,
    };
    let by = match by {
        None => None,
        Some(Actor::Known(id)) => Some(id),
        Some(Actor::Perhaps(id)) => {
            must_have_acted(deck, id).await?;
            Some(id)
        }
    };
    let actions = filters.action.iter().copied().collect();
    Ok(EventQuery { subject, by, actions, ..EventQuery::default() })
}

/// Of a user who is not known it is enough that they did something.
async fn must_have_acted(deck: &Deck, id: UserId) -> Result<(), Failure> {
    let query = EventQuery { by: Some(id), ..EventQuery::default() };
    let one = Window { offset: 0, limit: 1 };
    if deck.backend.events(query, one).await?.total > 0 {
        return Ok(());
    }
    Err(Refusal::NotFound { what: "user", name: id.to_string() }.into())
}

/// The same, of those times only.
fn within(deck: &Deck, query: EventQuery, times: &AuditTimes) -> Result<EventQuery, Failure> {
    let instant = |flag, when| past(flag, when, deck.now());
    let since = times.since.map(|when| instant("--since", when)).transpose()?;
    let until = times.until.map(|when| instant("--until", when)).transpose()?;
    Ok(EventQuery { since, until, ..query })
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
