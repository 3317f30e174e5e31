//! `tokendeck token show`.

use serde::Serialize;

use super::view::{fields, sheet_of};
use crate::cli::args::ShowArgs;
use crate::cli::audit;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Sheet, print};
use crate::domain::{Subject, Window};
use crate::wire::{EventQuery, EventView, TokenView};

/// A token with its audit trail.
#[derive(Serialize)]
struct Shown<'v> {
    #[serde(flatten)]
    view: &'v TokenView,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<&'v [EventView]>,
}

pub(super) async fn run(deck: &Deck, args: &ShowArgs) -> Ended {
    let format = deck.output.format();
    if args.audit && format == Format::Csv {
        return Err(Failure::Usage(
            "one CSV file can't hold a token and its events: use 'audit list --token ID'"
                .to_owned(),
        ));
    }
    let view = deck.backend.show(args.token.clone()).await?;
    let trail = if args.audit {
        let subject = Some(Subject::Token(view.token.id.clone()));
        let query = EventQuery { subject, ..EventQuery::default() };
        Some(deck.backend.events(query, Window::ALL).await?.events)
    } else {
        None
    };
    let shown = Shown { view: &view, events: trail.as_deref() };
    deck.output.record(&shown, |format| match format {
        Format::Csv => sheet_of(&deck.session.descriptors, std::slice::from_ref(&view)),
        _ => Sheet::of_record(fields(&deck.session.descriptors, &view)),
    })?;
    if let Some(events) = trail.filter(|_| format == Format::Table) {
        print("\n")?;
        audit::print(deck.output, events.len(), 0, &events)?;
    }
    Ok(Finish::Done)
}
