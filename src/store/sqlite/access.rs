//! The connections to a store, and what becomes of them where it can be read and not
//! written: the disk is full to the last byte, or may not be written to at all. Then
//! there is none that writes, and those that read need no room.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use rusqlite::Connection;

use super::{connection, failure};
use crate::store::StoreError;
use crate::store::beside::beside;

/// A connection that reads.
pub(super) struct ReadingConnection {
    /// None while this process is about to write again: what has no room of its own
    /// must be closed for that.
    db: Option<Connection>,
    /// What the file was when it was opened as one that nobody changes.
    still: Option<Stillness>,
}

/// What of a file and its log shows that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stillness {
    file: (u64, i64, i64, u64),
    log: Option<u64>,
}

/// All the connections of a store that is written to.
pub(super) struct WholeConnections {
    pub(super) readers: [ReadingConnection; 2],
    pub(super) writer: Connection,
}

/// Opens them all.
pub(super) fn whole(path: &Path, busy: Duration) -> Result<WholeConnections, StoreError> {
    let failed = |error| failure::of(path, &error);
    let reader = || connection::reader(path, busy).and_then(looked_at).map_err(failed);
    let readers = [ReadingConnection::shared(reader()?), ReadingConnection::shared(reader()?)];
    let writer = connection::writer(path, busy).map_err(failed)?;
    Ok(WholeConnections { readers, writer })
}

/// Opens what reads and needs no room.
pub(super) fn bare(path: &Path, busy: Duration) -> Result<ReadingConnection, StoreError> {
    // Its index of the log is in memory, and it heeds those who write all the same.
    let apart = connection::apart(path, busy).and_then(looked_at);
    if let Ok(db) = apart {
        return Ok(ReadingConnection::shared(db));
    }
    // Without files beside it nobody writes now, and nobody here can begin to.
    let still = Stillness::of(path);
    if still.log.is_some_and(|log| log > 0) {
        let reason = "its log holds changes and can't be read here: copy the file together with \
                      its '-wal' to a place that may be written to, and name that";
        return Err(StoreError::Denied { path: path.to_owned(), reason: reason.to_owned() });
    }
    let db = connection::immutable(path, busy).and_then(looked_at);
    let db = db.map_err(|error| failure::of(path, &error))?;
    Ok(ReadingConnection { db: Some(db), still: Some(still) })
}

/// A connection opens nothing before it is asked something.
fn looked_at(db: Connection) -> rusqlite::Result<Connection> {
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    Ok(db)
}

impl ReadingConnection {
    fn shared(db: Connection) -> Self {
        Self { db: Some(db), still: None }
    }

    /// Closes it until it is next asked for.
    pub(super) fn close(&mut self) {
        self.db = None;
    }

    /// Asks it something. What somebody wrote in the middle of a question to a file
    /// that nobody was to change makes the answer void.
    pub(super) fn ask<T>(
        &mut self,
        (path, busy): (&Path, Duration),
        question: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if self.db.is_none() || !self.is_still(path) {
            // The old one goes first: a process has all its connections in one way.
            self.close();
            *self = bare(path, busy)?;
        }
        let missing = || StoreError::Fault("a connection was not opened".to_owned());
        let answer = question(self.db.as_mut().ok_or_else(missing)?)?;
        if self.is_still(path) { Ok(answer) } else { Err(StoreError::Busy(path.to_owned())) }
    }

    fn is_still(&self, path: &Path) -> bool {
        self.still.as_ref().is_none_or(|still| *still == Stillness::of(path))
    }
}

impl Stillness {
    fn of(path: &Path) -> Self {
        let found = std::fs::metadata(path);
        let file = found
            .map_or((0, 0, 0, 0), |file| (file.ino(), file.mtime(), file.mtime_nsec(), file.len()));
        let log = std::fs::metadata(beside(path, "-wal"));
        Self { file, log: log.map(|log| log.len()).ok() }
    }
}
