//! Learns what a file says it is, before anything may write to it.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, Result};

use super::codec::word;
use super::connection;
use crate::store::{StoreInfo, StorePlace};

/// Takes back what a process had begun when it was killed while it held the store
/// for itself (a restore does): a connection that only reads could not.
pub(super) fn finish_what_was_cut_short(place: &StorePlace, busy: Duration) -> Result<()> {
    if !place.has_journal {
        return Ok(());
    }
    let db = connection::plain_writer(place.path(), busy)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

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
