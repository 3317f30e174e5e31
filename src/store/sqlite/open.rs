//! Learns what a file says it is, before anything may write to it.

use std::path::Path;

use rusqlite::{Connection, Result};

use super::codec::word;
use super::failure;
use super::migrate::Step;
use crate::store::{StoreError, StoreInfo};

/// What never changes about the store.
pub(super) fn info(db: &Connection, path: &Path) -> Result<StoreInfo> {
    db.query_row("SELECT store, kind, prefix, retention FROM meta", [], |row| {
        Ok(StoreInfo {
            id: row.get(0)?,
            kind: word(row, 1)?,
            prefix: row.get(2)?,
            retention: word(row, 3)?,
            place: path.display().to_string(),
        })
    })
}

/// The version of the schema; refuses one that is newer than the last step.
pub(super) fn version(
    db: &Connection,
    path: &Path,
    steps: &[Step],
) -> std::result::Result<u32, StoreError> {
    let found = db
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| failure::of(path, &error))?;
    let known = steps.last().map_or(0, |step| step.to);
    if found > known {
        return Err(StoreError::TooNew { path: path.to_owned(), found, known });
    }
    Ok(found)
}
