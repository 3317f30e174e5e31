//! Connections as this store uses them: what is set on each of them, and why.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Result};

/// Marks the file as a store of this program: "TKDK".
pub(super) const APPLICATION_ID: i32 = 0x544B_444B;
/// Statements kept prepared on a connection: more than there are.
const STATEMENTS: usize = 96;

/// A connection that writes.
pub(super) fn writer(path: &Path, busy: Duration) -> Result<Connection> {
    let db = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, busy)?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: what a commit has answered for survives a loss of power.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "secure_delete", "ON")?;
    db.pragma_update(None, "foreign_keys", "ON")?;
    Ok(db)
}

/// A connection that may write and leaves the kind of journal as it is.
pub(super) fn plain_writer(path: &Path, busy: Duration) -> Result<Connection> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, busy)
}

/// A connection that only reads.
pub(super) fn reader(path: &Path, busy: Duration) -> Result<Connection> {
    open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, busy)
}

fn open(path: &Path, access: OpenFlags, busy: Duration) -> Result<Connection> {
    // Each connection stands behind a mutex of ours and needs none of its own.
    let db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    db.busy_timeout(busy)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // The file may have been prepared by someone else: its schema is no code to
    // run, and its cells are looked at before they are believed.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.pragma_update(None, "cell_size_check", "ON")?;
    // What spills to temporary files would lie outside the store's folder.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(db)
}
