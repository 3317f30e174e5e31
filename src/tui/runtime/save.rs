//! Writes the list to a file: asks for all of it, and has the backend's part write it. Before
//! that, what there is beside the file.

use std::path::PathBuf;

use crate::backend::{Answer, Backend, BackendError, Cause, list_file};
use crate::domain::Window;
use crate::tui::orders::Sheet;
use crate::tui::reply::Saved;

/// The list in a file.
pub(super) async fn export(backend: &dyn Backend, sheet: Sheet) -> Answer<Saved> {
    let Sheet { path, query, columns } = sheet;
    let tokens = backend.list(query, Window::ALL).await?.tokens;
    let rows = tokens.len();
    // Files have no place on the loop: a folder may lie on a slow network.
    let saving = tokio::task::spawn_blocking(move || list_file::save(&path, &columns, &tokens));
    let broken = |_| {
        let message = "a fault of ours ended it; look whether the file is there";
        BackendError::new(Cause::Fault, message)
    };
    Ok(Saved { path: saving.await.map_err(broken)??, rows })
}

/// What is in a folder, for a path that is typed; nothing where it can't be read.
pub(super) async fn names(folder: PathBuf) -> Answer<Vec<String>> {
    let reading = tokio::task::spawn_blocking(move || list_file::names_in(&folder));
    Ok(reading.await.unwrap_or_default())
}
