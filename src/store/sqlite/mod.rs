//! The store in one `SQLite` file, which several processes may use at once.
//!
//! One connection writes and two read, each behind a mutex: every call blocks, and
//! whoever must not block makes it on a thread of its own. Nothing here knows a
//! rule of the domain or a key.

mod backup;
mod catalogue;
mod chain;
mod check;
mod codec;
mod commit;
mod connection;
mod create;
mod erasure;
mod events;
mod failure;
mod jobs;
mod migrate;
mod open;
#[cfg(test)]
mod plans;
mod probe;
mod reader;
mod restore;
mod sign_in;
mod token_write;
mod tokens;
mod usage;
mod uses;

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

pub use create::NewStore;
pub use migrate::{STEPS, Step};
pub use restore::{Restored, restore};

use super::{
    ChainReport, Commit, CommitError, Decide, Finding, Read, Store, StoreError, StoreInfo,
};
use crate::domain::{Time, TokenId};
use failure::Stop;
use reader::Reader;

/// How a store is opened. The default is right everywhere but in tests.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How long a call waits for another process's lock.
    pub busy: Duration,
    /// How long the writing of last uses waits for it: nothing depends on them.
    pub busy_for_uses: Duration,
    /// The steps of the schema.
    pub steps: &'static [Step],
}

impl Default for Options {
    fn default() -> Self {
        let busy = Duration::from_secs(5);
        Self { busy, busy_for_uses: busy, steps: STEPS }
    }
}

/// What makes a file itself: its device and its inode there; nothing where it is gone.
#[derive(Debug, PartialEq, Eq)]
struct FileId(Option<(u64, u64)>);

impl FileId {
    fn of(path: &Path) -> Self {
        Self(std::fs::metadata(path).map(|file| (file.dev(), file.ino())).ok())
    }
}

/// A store in an `SQLite` file.
pub struct SqliteStore {
    info: StoreInfo,
    path: PathBuf,
    /// Which file it is, whatever it is called later.
    file: FileId,
    busy: Duration,
    busy_for_uses: Duration,
    steps: &'static [Step],
    // Dropped in this order: the last one to close tidies the log away, which one
    // that only reads could not.
    readers: [Mutex<Connection>; 2],
    writer: Mutex<Connection>,
    /// Whether the log beside the file may still hold what a commit erased.
    erasure_due: AtomicBool,
}

impl SqliteStore {
    /// Makes a store and opens it. Its folder is made 0700 where it is missing;
    /// whatever lies at `path` already is left as it is.
    pub fn create(path: &Path, new: &NewStore) -> Result<Self, StoreError> {
        create::create(path, new)?;
        Self::open(path)
    }

    /// Opens a store.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, Options::default())
    }

    /// Opens a store in a way of one's own.
    pub fn open_with(path: &Path, options: Options) -> Result<Self, StoreError> {
        probe::check(path)?;
        let failed = |error| failure::of(path, &error);
        open::finish_what_was_cut_short(path, options.busy).map_err(failed)?;
        let reader = connection::reader(path, options.busy).map_err(failed)?;
        migrate::known(&reader, path, options.steps)?;
        let info = open::info(&reader, path).map_err(failed)?;
        let other = connection::reader(path, options.busy).map_err(failed)?;
        let mut writer = connection::writer(path, options.busy).map_err(failed)?;
        migrate::run(path, &mut writer, &reader, options.steps)?;
        let store = Self {
            info,
            path: path.to_owned(),
            file: FileId::of(path),
            busy: options.busy,
            busy_for_uses: options.busy_for_uses,
            steps: options.steps,
            writer: Mutex::new(writer),
            readers: [Mutex::new(reader), Mutex::new(other)],
            erasure_due: AtomicBool::new(true),
        };
        store.finish_erasure(&lock(&store.writer));
        Ok(store)
    }

    /// Writes a copy to a new file and checks the chain of events in it. The key file
    /// is no part of it.
    pub fn back_up(&self, place: &Path) -> Result<ChainReport, StoreError> {
        backup::to(&self.reader(), place)?;
        let failed = |error| failure::of(place, &error);
        let copy = connection::reader(place, self.busy).map_err(failed)?;
        chain::verify(&copy, &self.info.id).map_err(failed)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn failed(&self, error: &rusqlite::Error) -> StoreError {
        failure::of(&self.path, error)
    }

    /// `SQLite` reads and writes a file that was moved or removed as if nothing had
    /// happened: what was revoked in it would be lost with it.
    fn must_be_there(&self) -> Result<(), StoreError> {
        if FileId::of(&self.path) == self.file {
            return Ok(());
        }
        Err(StoreError::Gone(self.path.clone()))
    }

    fn reader(&self) -> MutexGuard<'_, Connection> {
        let [first, second] = &self.readers;
        first.try_lock().or_else(|_| second.try_lock()).unwrap_or_else(|_| lock(first))
    }

    fn decide_and_write(
        &self,
        db: &mut Connection,
        decide: &mut Decide<'_>,
    ) -> Result<commit::Written, Stop> {
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // A newer program may have moved the store on since it was opened.
        migrate::known(&transaction, &self.path, self.steps).map_err(Stop::Store)?;
        let changes = decide(&Reader { db: &transaction, path: &self.path })?;
        let written = commit::write(&transaction, &changes)?;
        transaction.commit()?;
        Ok(written)
    }
}

impl Store for SqliteStore {
    fn info(&self) -> &StoreInfo {
        &self.info
    }

    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn Read) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.must_be_there()?;
        {
            let mut db = self.reader();
            let state = db.transaction().map_err(|error| self.failed(&error))?;
            visit(&Reader { db: &state, path: &self.path })?;
        }
        self.erase_behind_a_read();
        Ok(())
    }

    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError> {
        let mut db = lock(&self.writer);
        self.must_be_there()?;
        let written = self.decide_and_write(&mut db, decide).map_err(|stop| stop.at(&self.path))?;
        if written.erased {
            self.erasure_due.store(true, Ordering::Relaxed);
        }
        self.finish_erasure(&db);
        Ok(written.commit)
    }

    fn record_uses(&self, used: &[(TokenId, Time)]) -> Result<(), StoreError> {
        let mut db = lock(&self.writer);
        self.must_be_there()?;
        let recorded = db
            .busy_timeout(self.busy_for_uses)
            .and_then(|()| db.transaction_with_behavior(TransactionBehavior::Immediate))
            .and_then(|transaction| {
                uses::record(&transaction, used)?;
                transaction.commit()
            });
        // It cannot fail: it only sets a number on the connection.
        let _ = db.busy_timeout(self.busy);
        recorded.map_err(|error| self.failed(&error))?;
        self.finish_erasure(&db);
        Ok(())
    }

    fn verify_events(&self) -> Result<ChainReport, StoreError> {
        let mut db = self.reader();
        db.transaction()
            .and_then(|state| chain::verify(&state, &self.info.id))
            .map_err(|error| self.failed(&error))
    }

    fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.finish_erasure(&lock(&self.writer));
        let mut db = self.reader();
        let mut findings = db
            .transaction()
            .and_then(|state| check::structure(&state, &self.info.id, self.steps))
            .map_err(|error| self.failed(&error))?;
        findings.extend(check::files(&self.path));
        findings.push(check::erasure(self.erasure_due.load(Ordering::Relaxed)));
        Ok(findings)
    }
}

/// A panic while the lock was held rolled its transaction back, so the connection
/// behind it is as good as before.
fn lock(connection: &Mutex<Connection>) -> MutexGuard<'_, Connection> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
