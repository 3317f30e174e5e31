//! What the audit trail asks of the backend. Its pages are found by the sequence of their
//! events, so that none is missed or seen twice whatever is written meanwhile.

use crate::backend::{Answer, Backend, event_file};
use crate::domain::Window;
use crate::tui::orders::{Anchor, EventSheet, Stretch};
use crate::tui::reply::EventsSaved;
use crate::wire::{EventOrder, EventPage, EventQuery};

/// A stretch of the trail, and where it lies in the whole.
pub(super) async fn stretch(backend: &dyn Backend, wanted: Stretch) -> Answer<EventPage> {
    let Stretch { query, anchor, span } = wanted;
    let both = span.saturating_mul(2).saturating_add(1);
    let ask = |query: EventQuery, limit| backend.events(query, Window { offset: 0, limit });
    match anchor {
        Anchor::Newest => ask(query, both).await,
        Anchor::Oldest => {
            let last = ask(EventQuery { order: EventOrder::Oldest, ..query }, both).await?;
            Ok(joined(last, EventPage::default()))
        }
        Anchor::At(sequence) => {
            let before = Some(sequence.saturating_add(1));
            let older = EventQuery { before, ..query.clone() };
            let after = Some(sequence);
            let newer = EventQuery { after, order: EventOrder::Oldest, ..query };
            let (newer, older) = tokio::try_join!(ask(newer, span), ask(older, span + 1))?;
            Ok(joined(newer, older))
        }
    }
}

/// The newer, which come from their oldest on, and behind them the older.
fn joined(newer: EventPage, older: EventPage) -> EventPage {
    let total = newer.total + older.total;
    let offset = newer.total.saturating_sub(newer.events.len());
    let events = newer.events.into_iter().rev().chain(older.events).collect();
    EventPage { total, offset, events }
}

/// Events in a file.
pub(super) async fn export(backend: &dyn Backend, sheet: EventSheet) -> Answer<EventsSaved> {
    let (path, rows) = event_file::save(backend, &sheet.path, sheet.query).await?;
    Ok(EventsSaved { path, rows })
}
