//! `tokendeck audit list`: a window of the audit trail.

use super::filters::{filtered, within};
use super::rows::print;
use crate::cli::args::AuditListArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::Ended;
use crate::domain::Window;
use crate::wire::EventQuery;

/// `tokendeck audit list`.
pub(in crate::cli) async fn list(deck: &Deck, args: &AuditListArgs) -> Ended {
    let query = within(deck, filtered(deck, &args.filters).await?, &args.times)?;
    let query = EventQuery { before: args.before, after: args.after, ..query };
    let window = Window { offset: args.offset, limit: args.limit.unwrap_or(usize::MAX) };
    let page = deck.backend.events(query, window).await?;
    print(deck.output, page.total, page.offset, &page.events)?;
    Ok(Finish::Done)
}
