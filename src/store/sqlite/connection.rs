//! Connections as this store uses them: what is set on each of them, and why.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
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

/// A connection that reads and needs no room: its index of the log is in memory, not
/// in a file that would have to grow.
pub(super) fn apart(path: &Path, busy: Duration) -> Result<Connection> {
    as_written(&uri(path, "readonly_shm=1"), OpenFlags::SQLITE_OPEN_READ_ONLY, busy)
}

/// A connection that reads a file which nobody changes: without locks, without its
/// log and without making files beside it.
pub(super) fn immutable(path: &Path, busy: Duration) -> Result<Connection> {
    as_written(&uri(path, "immutable=1"), OpenFlags::SQLITE_OPEN_READ_ONLY, busy)
}

fn open(path: &Path, access: OpenFlags, busy: Duration) -> Result<Connection> {
    // Each connection stands behind a mutex of ours and needs none of its own.
    let db = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    set_up(db, busy)
}

fn as_written(uri: &str, access: OpenFlags, busy: Duration) -> Result<Connection> {
    let flags = access | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    set_up(Connection::open_with_flags(uri, flags)?, busy)
}

fn set_up(db: Connection, busy: Duration) -> Result<Connection> {
    db.busy_timeout(busy)?;
    db.set_prepared_statement_cache_capacity(STATEMENTS);
    // The file may have been prepared by someone else: its schema is no code to
    // run, and its cells are looked at before they are believed.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    db.pragma_update(None, "cell_size_check", "ON")?;
    // What spills to temporary files would lie outside the store's folder, and a full
    // disk would have no room for them.
    db.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(db)
}

/// The path as a URI, whatever is in its name.
fn uri(path: &Path, query: &str) -> String {
    let mut uri = "file:".to_owned();
    if path.is_absolute() {
        // An authority of its own, lest a path that starts with two slashes have one.
        uri.push_str("//");
    }
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(char::from(*byte));
            }
            // Writing to a string cannot fail.
            _ => drop(write!(uri, "%{byte:02X}")),
        }
    }
    uri.push('?');
    uri.push_str(query);
    uri
}
