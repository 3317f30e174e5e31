//! Writes the list to a file: asks for it in parts, so that it can be told how far it is and be
//! given up at any time, and has the backend's part write each. Before that, what there is
//! beside the file.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Duration;

use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::timed_out;
use crate::backend::evidence::{self, ReportForm};
use crate::backend::list_file::{self, ListDraft};
use crate::backend::{Answer, Backend, BackendError, Cause};
use crate::domain::{Query, Window};
use crate::tui::orders::Sheet;
use crate::tui::reply::Saved;
use crate::wire::{RowId, TokenView};

/// Rows of a part.
const PART: usize = 2_000;
/// Seconds that one answer may take.
const PATIENCE: u64 = 60;

/// The list in a file. `tell` hears how many rows of how many are written.
pub(super) async fn export(
    backend: &dyn Backend,
    sheet: Sheet,
    tell: impl Fn(usize, usize),
) -> Answer<Saved> {
    let Sheet { path, query, said } = sheet;
    // Files have no place on the loop: a folder may lie on a slow network. It comes before all
    // else, so that a path that can't be is told at once.
    let mut draft =
        spawn_blocking(move || ListDraft::begin(&path, said)).await.map_err(broken)??;
    let listed = patient(backend.found(query.clone())).await?;
    let total = listed.len();
    let (mut left, mut offset) = (listed.iter().cloned().collect::<HashSet<RowId>>(), 0);
    tell(0, total);
    loop {
        let window = Window { offset, limit: PART };
        let page = patient(backend.list(query.clone(), window)).await?;
        let came = page.tokens.len();
        // What others change meanwhile moves rows: none comes twice, and none that is new.
        let rows = page.tokens.into_iter().filter(|view| left.remove(&view.token.id)).collect();
        draft = add(draft, rows).await?;
        offset += came;
        tell(total - left.len(), total);
        if came == 0 || offset >= page.total {
            break;
        }
    }
    let rows = missed(backend, query, &listed, &left).await?;
    draft = add(draft, rows).await?;
    let (path, rows) = spawn_blocking(move || draft.finish()).await.map_err(broken)??;
    Ok(Saved { path, rows })
}

/// Those that moved from a part that was to come into one that was there already.
async fn missed(
    backend: &dyn Backend,
    query: Query,
    listed: &[RowId],
    left: &HashSet<RowId>,
) -> Answer<Vec<TokenView>> {
    let mut rows = Vec::new();
    if left.is_empty() {
        return Ok(rows);
    }
    let still: HashSet<_> = patient(backend.found(query)).await?.into_iter().collect();
    for id in listed.iter().filter(|id| left.contains(id) && still.contains(id)) {
        rows.push(patient(backend.show(id.to_string())).await?);
    }
    Ok(rows)
}

async fn add(mut draft: ListDraft, rows: Vec<TokenView>) -> Answer<ListDraft> {
    let adding = spawn_blocking(move || draft.add(&rows).map(|()| draft));
    adding.await.map_err(broken)?
}

/// An answer, unless it takes too long.
async fn patient<T>(asking: impl Future<Output = Answer<T>>) -> Answer<T> {
    let answer = timeout(Duration::from_secs(PATIENCE), asking).await;
    answer.unwrap_or_else(|_| Err(timed_out(PATIENCE, false)))
}

/// A report on tokens in a file.
pub(super) async fn evidence(backend: &dyn Backend, ids: &[RowId], path: PathBuf) -> Answer<Saved> {
    let form = ReportForm::of(&path).unwrap_or(ReportForm::Markdown);
    let evidence = evidence::gather(backend, ids).await?;
    let rows = evidence.tokens.len();
    let saving = spawn_blocking(move || evidence::save(&path, form, &evidence));
    Ok(Saved { path: saving.await.map_err(broken)??, rows })
}

fn broken(_: tokio::task::JoinError) -> BackendError {
    let message = "a fault of ours ended it; look whether the file is there";
    BackendError::new(Cause::Fault, message)
}

/// What is in a folder, for a path that is typed; nothing where it can't be read.
pub(super) async fn names(folder: PathBuf) -> Answer<Vec<String>> {
    let reading = spawn_blocking(move || list_file::names_in(&folder));
    Ok(reading.await.unwrap_or_default())
}
