//! Takes what a commit erased out of the log beside the file too. Another process
//! that reads can hold that up; then it is tried again, and a check tells of it.

use std::sync::atomic::Ordering;
use std::time::Duration;

use rusqlite::{Connection, Result};

use super::SqliteStore;

impl SqliteStore {
    /// Empties the log if something erased may be in it. The next commit tries
    /// again where a reader is in the way: waiting for one would hold up a revoke.
    pub(super) fn finish_erasure(&self, writer: Option<&Connection>) {
        let Some(writer) = writer else { return };
        if self.erasure_due.load(Ordering::Relaxed)
            && writer.busy_timeout(Duration::ZERO).is_ok()
            && empty_log(writer).unwrap_or(false)
        {
            self.erasure_due.store(false, Ordering::Relaxed);
        }
        // It cannot fail: it only sets a number on the connection.
        let _ = writer.busy_timeout(self.options.busy);
    }

    /// The same once a read of this process is over, for that may have been in the
    /// way; not if anyone is writing, who will do it then.
    pub(super) fn erase_behind_a_read(&self) {
        if self.erasure_due.load(Ordering::Relaxed)
            && let Ok(writer) = self.writer.try_lock()
        {
            self.finish_erasure(writer.as_ref());
        }
    }
}

/// Moves the log into the file and cuts it to nothing. Says whether that was done.
pub(super) fn empty_log(writer: &Connection) -> Result<bool> {
    writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, i64>(0).map(|busy| busy == 0)
    })
}
