//! `tokendeck audit follow`: events as they come, for whoever keeps them elsewhere.

use std::time::Duration;

use super::export::{all, next};
use super::filters::filtered;
use super::rows::sheet;
use crate::cli::args::AuditFollowArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Lines, nobody_reads};
use crate::domain::Window;
use crate::wire::EventQuery;

/// How long to wait for a sign of change before looking again, and for the reader.
const PATIENCE: Duration = Duration::from_secs(2);

/// `tokendeck audit follow`.
pub(in crate::cli) async fn follow(deck: &Deck, args: &AuditFollowArgs) -> Ended {
    if deck.output.format() == Format::Csv {
        return Err(Failure::Usage(
            "'audit follow' writes lines: --output jsonl, or 'audit export --output csv'"
                .to_owned(),
        ));
    }
    let mut changes = deck.backend.changes();
    let after = match args.after {
        Some(after) => after,
        None => newest(deck).await?,
    };
    let mut query = all(deck, filtered(deck, &args.filters).await?);
    query.after = Some(after);
    let mut lines = Lines::new(deck.output.format());
    loop {
        changes.mark_unchanged();
        let page = next(deck, &mut query).await?;
        if !page.is_empty() {
            lines.write(&page, sheet)?;
            continue;
        }
        if nobody_reads() {
            return Ok(Finish::Done);
        }
        tokio::select! {
            // Whoever went away is seen at the next look, where nothing else happens.
            _ = tokio::time::timeout(PATIENCE, changes.changed()) => {}
            Ok(()) = tokio::signal::ctrl_c() => return Ok(Finish::Done),
        }
    }
}

/// The newest event that the operator may read.
async fn newest(deck: &Deck) -> Result<u64, Failure> {
    let one = Window { offset: 0, limit: 1 };
    let page = deck.backend.events(EventQuery::default(), one).await?;
    Ok(page.events.first().map_or(0, |view| view.event.sequence))
}
