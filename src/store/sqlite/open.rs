//! Learns what a file says it is, before anything may write to it.

use std::path::Path;

use rusqlite::{Connection, Result};

use super::codec::word;
use crate::store::StoreInfo;

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
