//! Writes the list to a file: asks for all of it, and has the backend's part write it. Before
//! that, what there is beside the file.

use std::path::PathBuf;

use crate::backend::evidence::{self, ReportForm};
use crate::backend::{Answer, Backend, BackendError, Cause, list_file};
use crate::domain::Window;
use crate::tui::orders::Sheet;
use crate::tui::reply::Saved;
use crate::wire::RowId;

/// The list in a file.
pub(super) async fn export(backend: &dyn Backend, sheet: Sheet) -> Answer<Saved> {
    let Sheet { path, query, columns } = sheet;
    let tokens = backend.list(query, Window::ALL).await?.tokens;
    let rows = tokens.len();
    // Files have no place on the loop: a folder may lie on a slow network.
    let saving = tokio::task::spawn_blocking(move || list_file::save(&path, &columns, &tokens));
    Ok(Saved { path: saving.await.map_err(|_| broken())??, rows })
}

/// A report on tokens in a file.
pub(super) async fn evidence(backend: &dyn Backend, ids: &[RowId], path: PathBuf) -> Answer<Saved> {
    let form = ReportForm::of(&path).unwrap_or(ReportForm::Markdown);
    let evidence = evidence::gather(backend, ids).await?;
    let rows = evidence.tokens.len();
    let saving = tokio::task::spawn_blocking(move || evidence::save(&path, form, &evidence));
    Ok(Saved { path: saving.await.map_err(|_| broken())??, rows })
}

fn broken() -> BackendError {
    let message = "a fault of ours ended it; look whether the file is there";
    BackendError::new(Cause::Fault, message)
}

/// What is in a folder, for a path that is typed; nothing where it can't be read.
pub(super) async fn names(folder: PathBuf) -> Answer<Vec<String>> {
    let reading = tokio::task::spawn_blocking(move || list_file::names_in(&folder));
    Ok(reading.await.unwrap_or_default())
}
