//! Which events are meant: what the filters of every verb of the trail ask for.

use crate::cli::args::{AuditFilters, AuditTimes};
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::moment::past;
use crate::cli::resolve::{self, NamedActor};
use crate::domain::{Refusal, Subject, UserId, Window};
use crate::wire::EventQuery;

/// The events that the filters ask for.
pub(super) async fn filtered(deck: &Deck, filters: &AuditFilters) -> Result<EventQuery, Failure> {
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
        Some(NamedActor::Known(id)) => Some(id),
        Some(NamedActor::Perhaps(id)) => {
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
pub(super) fn within(
    deck: &Deck,
    query: EventQuery,
    times: &AuditTimes,
) -> Result<EventQuery, Failure> {
    let instant = |flag, when| past(flag, when, deck.now());
    let since = times.since.map(|when| instant("--since", when)).transpose()?;
    let until = times.until.map(|when| instant("--until", when)).transpose()?;
    Ok(EventQuery { since, until, ..query })
}
