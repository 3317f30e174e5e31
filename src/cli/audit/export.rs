//! `tokendeck audit export`: the log as lines, page by page, so that it need not fit into
//! memory; with what proves it, for who may read all of it.

use super::filters::{filtered, within};
use super::rows::{fields, proven};
use crate::cli::args::AuditExportArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Lines};
use crate::domain::{Role, Window};
use crate::wire::{EventOrder, EventQuery, EventView};

/// Events of one page.
const PAGE: usize = 1_000;

/// `tokendeck audit export`.
pub(in crate::cli) async fn export(deck: &Deck, args: &AuditExportArgs) -> Ended {
    let query = within(deck, filtered(deck, &args.filters).await?, &args.times)?;
    let mut lines = Lines::new(form(deck));
    let mut query = EventQuery { after: args.after, ..all(deck, query) };
    let sheet = if query.proof { proven } else { fields };
    loop {
        let page = next(deck, &mut query).await?;
        lines.write(&page, sheet)?;
        if page.len() < PAGE {
            lines.end(sheet)?;
            return Ok(Finish::Done);
        }
    }
}

/// Lines are what an export has where nothing else is asked for.
fn form(deck: &Deck) -> Format {
    match deck.output.format() {
        Format::Csv => Format::Csv,
        Format::Table | Format::Json | Format::Jsonl | Format::Md => Format::Jsonl,
    }
}

/// Oldest first, with what proves them where the operator may have it.
pub(super) fn all(deck: &Deck, query: EventQuery) -> EventQuery {
    let proof = deck.operator().role == Role::Superadmin;
    EventQuery { order: EventOrder::Oldest, proof, ..query }
}

/// The next page, and the query after it.
pub(super) async fn next(deck: &Deck, query: &mut EventQuery) -> Result<Vec<EventView>, Failure> {
    let window = Window { offset: 0, limit: PAGE };
    let page = deck.backend.events(query.clone(), window).await?;
    query.after = page.events.last().map(|view| view.event.sequence).or(query.after);
    Ok(page.events)
}
