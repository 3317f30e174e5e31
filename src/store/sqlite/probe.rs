//! Looks at a file before a connection that could write is opened, so that one
//! which is no store is told apart with its bytes untouched.
//!
//! The bytes are read through `SQLite` and never through a file of our own: closing
//! such a file would drop the locks that this process holds on the store through
//! any other connection (POSIX advisory locks belong to the process), and another
//! process could then remove the log under it.

use std::path::Path;
use std::time::Duration;

use rusqlite::{ErrorCode, Result};

use super::connection::{self, APPLICATION_ID};
use super::failure;
use crate::store::beside::beside;
use crate::store::{StoreError, StorePlace};

/// Refuses a file at that place which is no store, without writing anything.
pub(super) fn check(place: &StorePlace) -> std::result::Result<(), StoreError> {
    let path = place.path();
    let foreign =
        |reason: &str| StoreError::Foreign { path: path.to_owned(), reason: reason.to_owned() };
    if place.size == 0 {
        return Err(foreign("it is empty"));
    }
    match mark(path) {
        Ok((APPLICATION_ID, page)) if place.size.is_multiple_of(page) || has_log(path) => Ok(()),
        Ok((APPLICATION_ID, _)) => {
            let reason = "it ends in the middle of a page".to_owned();
            Err(StoreError::Corrupt { path: path.to_owned(), reason })
        }
        Ok(_) => Err(foreign("it is another program's database")),
        // Cut short it may seem while the log beside it holds the rest; whoever
        // reads both will know.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => Ok(()),
        Err(error) => Err(failure::of(path, &error)),
    }
}

/// Whether there is a log beside the file, which may hold what the file lacks.
fn has_log(path: &Path) -> bool {
    std::fs::metadata(beside(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

/// The application id in the file's header, and the bytes of a page.
fn mark(path: &Path) -> Result<(i32, u64)> {
    let db = connection::immutable(path, Duration::ZERO)?;
    let mark = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    // SQLite knows no page smaller than 512 bytes; no division by nothing here.
    Ok((mark, u64::from(page.max(1))))
}
