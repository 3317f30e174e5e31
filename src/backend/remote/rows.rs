//! Windows that are larger than one answer: asked for part by part.

use serde::de::DeserializeOwned;

use super::client::Client;
use super::exchange::Ask;
use crate::backend::Answer;
use crate::domain::Window;
use crate::wire::http::MAX_ROWS;
use crate::wire::{EventPage, Page, UserPage};

/// An answer with rows.
pub(super) trait RowsOfReply: DeserializeOwned {
    /// How many rows it has, and how many there are in all.
    fn counts(&self) -> (usize, usize);
    /// Takes the rows of the next part.
    fn join(&mut self, next: Self);
    /// Keeps so many rows.
    fn cut(&mut self, rows: usize);
}

macro_rules! rows {
    ($($page:ident: $rows:ident),*) => {$(
        impl RowsOfReply for $page {
            fn counts(&self) -> (usize, usize) {
                (self.$rows.len(), self.total)
            }

            fn join(&mut self, next: Self) {
                self.$rows.extend(next.$rows);
            }

            fn cut(&mut self, rows: usize) {
                self.$rows.truncate(rows);
            }
        }
    )*};
}

rows!(Page: tokens, EventPage: events, UserPage: users);

/// All rows of a window.
pub(super) async fn all<P: RowsOfReply>(
    client: &Client,
    window: Window,
    ask: impl Fn(Window) -> Ask,
) -> Answer<P> {
    // A server gives one row at least; whoever wants none wants the totals.
    let part = |offset, left: usize| Window { offset, limit: left.clamp(1, MAX_ROWS) };
    let mut page: P = client.ask(ask(part(window.offset, window.limit))).await?;
    loop {
        let (rows, total) = page.counts();
        let next = window.offset.saturating_add(rows);
        if rows == 0 || rows >= window.limit || next >= total {
            page.cut(window.limit);
            return Ok(page);
        }
        let more: P = client.ask(ask(part(next, window.limit - rows))).await?;
        if more.counts().0 == 0 {
            return Ok(page);
        }
        page.join(more);
    }
}
