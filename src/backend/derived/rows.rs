//! Lists read to their end, part by part.

use std::ops::ControlFlow;

use crate::backend::{Answer, Backend};
use crate::domain::{Query, Window};
use crate::wire::http::MAX_ROWS;
use crate::wire::{RowId, TokenView};

/// Shows each row that a query finds, with its place, until there is no need of more.
pub(super) async fn each<B: Backend + ?Sized>(
    backend: &B,
    query: &Query,
    mut row: impl FnMut(usize, TokenView) -> ControlFlow<()> + Send,
) -> Answer<()> {
    let mut offset = 0;
    loop {
        let page = backend.list(query.clone(), Window { offset, limit: MAX_ROWS }).await?;
        let (rows, total) = (page.tokens.len(), page.total);
        for (place, view) in (offset..).zip(page.tokens) {
            if row(place, view).is_break() {
                return Ok(());
            }
        }
        offset += rows;
        if rows == 0 || offset >= total {
            return Ok(());
        }
    }
}

/// The place of a token in the answer to a query, if it is in it.
pub async fn position<B: Backend + ?Sized>(
    backend: &B,
    query: &Query,
    id: RowId,
) -> Answer<Option<usize>> {
    let mut found = None;
    let look = |place, view: TokenView| {
        if view.token.id != id {
            return ControlFlow::Continue(());
        }
        found = Some(place);
        ControlFlow::Break(())
    };
    each(backend, query, look).await?;
    Ok(found)
}

/// The ids of all that a query finds, in its order. A row that moved to a later part while
/// they were read is told once.
pub async fn found<B: Backend + ?Sized>(backend: &B, query: &Query) -> Answer<Vec<RowId>> {
    let (mut ids, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
    let take = |_, view: TokenView| {
        let id = view.token.id;
        if seen.insert(id.clone()) {
            ids.push(id);
        }
        ControlFlow::Continue(())
    };
    each(backend, query, take).await?;
    Ok(ids)
}
