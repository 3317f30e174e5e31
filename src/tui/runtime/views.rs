//! The views: how many tokens each has, and keeping one.

use std::sync::Arc;

use crate::backend::{Answer, Backend, BackendError, Cause};
use crate::domain::view::{SavedView, Views, all_views};
use crate::domain::{AccountFilter, Query, Window};
use crate::tui::memory::Memory;
use crate::tui::reply::CountedViews;

/// Every view with how many tokens of these accounts it has.
pub(super) async fn counted(
    backend: &dyn Backend,
    memory: Arc<dyn Memory>,
    account: AccountFilter,
) -> Answer<CountedViews> {
    let own = aside(move || memory.views()).await?;
    let mut all = Vec::new();
    for (name, view) in all_views(&own) {
        let query = Query { account, filter: view.filter.clone(), ..Query::default() };
        let page = backend.list(query, Window { offset: 0, limit: 0 }).await;
        all.push((name, view, page.map(|page| page.total).map_err(|error| error.to_string())));
    }
    Ok(CountedViews { own, all })
}

/// Keeps a view, or takes it away.
pub(super) async fn keep(
    memory: Arc<dyn Memory>,
    name: String,
    view: Option<SavedView>,
) -> Answer<Views> {
    aside(move || memory.keep_view(&name, view)).await
}

/// Files have no place on the loop: a home folder may lie on a slow network.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Answer<T> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|error| error.to_string()).flatten();
    done.map_err(|why| BackendError::new(Cause::File, why))
}
