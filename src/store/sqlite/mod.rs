//! The store in one `SQLite` file, which several processes may use at once.
//!
//! One connection writes and two read, each behind a mutex: every call blocks, and
//! whoever must not block makes it on a thread of its own. Nothing here knows a
//! rule of the domain or a key; which changes may use the reserve, the domain is asked.

mod access;
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
mod file_id;
mod jobs;
mod log_5;
mod migrate;
mod names;
mod open;
#[cfg(test)]
mod plans;
mod probe;
mod reader;
pub mod reserve;
mod restore;
mod sight;
mod sign_in;
mod token_write;
mod tokens;
mod tombstones;
mod usage;
mod uses;
mod writing;

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

pub use create::NewStore;
pub use migrate::{STEPS, SchemaStep};
pub use reserve::{Disk, ReserveState};
pub use restore::{Restored, restore};

use super::draft::{self, FileDraft};
use super::{
    ChainReport, Commit, CommitError, Decide, Finding, KeptTime, LastUse, NewPlace, PlaceLook,
    Store, StoreError, StoreInfo, StorePlace, StoreState,
};
use crate::domain::event::Point;
use crate::wire::StoreKind;
use access::{ReadingConnection, WholeConnections};
use file_id::FileId;
use reader::Reader;
use reserve::Reserve;

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct SqliteOptions {
    /// How long a call waits for another process's lock.
    pub busy: Duration,
    /// How long the writing of last uses waits for it: nothing depends on them.
    pub busy_for_uses: Duration,
    /// The steps of the schema; other ones in tests only.
    pub steps: &'static [SchemaStep],
    /// Whether a store of real tokens that has no reserve gets one with the first
    /// change that needs none.
    pub makes_reserve: bool,
    /// The disk it is on; another one in tests only.
    pub disk: Disk,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        let busy = Duration::from_secs(5);
        let disk = Disk::Real;
        Self { busy, busy_for_uses: busy, steps: STEPS, makes_reserve: false, disk }
    }
}

/// A store in an `SQLite` file.
pub struct SqliteStore {
    info: StoreInfo,
    place: StorePlace,
    /// Which file it is, whatever it is called later.
    file: FileId,
    options: SqliteOptions,
    // Dropped in this order: the last one to close tidies the log away, which one
    // that only reads could not.
    readers: [Mutex<ReadingConnection>; 2],
    /// None where the disk is full or may not be written to.
    writer: Mutex<Option<Connection>>,
    reserve: Reserve,
    /// Whether a missing reserve may still be made.
    reserve_due: AtomicBool,
    /// Whether the log beside the file may still hold what a commit erased.
    erasure_due: AtomicBool,
}

impl SqliteStore {
    /// Makes a store and opens it. Its folder is made 0700 where it is missing;
    /// whatever lies at `path` already is left as it is.
    pub fn create(path: &Path, new: &NewStore) -> Result<Self, StoreError> {
        create::create(&NewPlace::of(path)?, new)?.publish(path)?;
        Self::open(path)
    }

    /// Makes a store that has yet to get its name, so that it can be filled before
    /// anybody finds it.
    pub fn draft(place: &NewPlace, new: &NewStore) -> Result<FileDraft, StoreError> {
        create::create(place, new)
    }

    /// Looks at a place and opens the store there.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_with(path, SqliteOptions::default())
    }

    /// The same in a way of one's own.
    pub fn open_with(path: &Path, options: SqliteOptions) -> Result<Self, StoreError> {
        Self::at(StorePlace::of(path)?, options)
    }

    /// Opens the store at this place. Where it can't be written to it is opened for
    /// reading, and says why when something is to be changed.
    pub fn at(place: StorePlace, options: SqliteOptions) -> Result<Self, StoreError> {
        probe::check(&place)?;
        // What a killed process left in the middle of its work holds sealed values.
        draft::clear(place.folder());
        let path = place.path();
        let failed = |error| failure::of(path, &error);
        open::finish_what_was_cut_short(&place, options.busy).map_err(failed)?;
        let way = (path, options.busy);
        let (mut readers, writer, why) = match access::whole(path, options.busy) {
            Ok(WholeConnections { readers, writer }) => (readers, Some(writer), None),
            Err(why @ (StoreError::Full(_) | StoreError::Denied { .. })) => {
                let reader = || access::bare(path, options.busy);
                ([reader()?, reader()?], None, Some(why))
            }
            Err(error) => return Err(error),
        };
        let [reader, _] = &mut readers;
        let info = reader.ask(way, |db| {
            migrate::known(db, path, options.steps)?;
            open::info(db, path).map_err(failed)
        })?;
        let writer = match (writer, why) {
            (Some(mut writer), _) => {
                reader.ask(way, |db| migrate::run(path, &mut writer, db, options.steps))?;
                Some(writer)
            }
            (None, why) => {
                let is_old = reader.ask(way, |db| migrate::is_due(db, path, options.steps))?;
                if let Some(why) = why.filter(|_| is_old) {
                    return Err(why);
                }
                None
            }
        };
        let makes_reserve = options.makes_reserve && info.kind == StoreKind::Normal;
        let store = Self {
            info,
            file: FileId::seen_at(&place),
            options,
            writer: Mutex::new(writer),
            readers: readers.map(Mutex::new),
            reserve: Reserve::of(path, options.disk),
            place,
            reserve_due: AtomicBool::new(makes_reserve),
            erasure_due: AtomicBool::new(true),
        };
        store.finish_erasure(lock(&store.writer).as_ref());
        Ok(store)
    }

    /// Writes a copy to a new file and checks the chain of events in it. The key file
    /// is no part of it.
    pub fn back_up(&self, place: &Path) -> Result<ChainReport, StoreError> {
        self.ask(|db| backup::to(db, place))?;
        let failed = |error| failure::of(place, &error);
        let copy = connection::reader(place, self.options.busy).map_err(failed)?;
        chain::verify(&copy, &self.info.id, None).map_err(failed)
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        self.place.path()
    }

    /// Where it lies.
    pub fn place(&self) -> &StorePlace {
        &self.place
    }

    /// How its reserve is.
    pub fn reserve(&self) -> Result<ReserveState, StoreError> {
        self.reserve.state()
    }

    fn failed(&self, error: &rusqlite::Error) -> StoreError {
        failure::of(self.path(), error)
    }

    /// `SQLite` reads and writes a file that was moved or removed as if nothing had
    /// happened: what was revoked in it would be lost with it.
    fn must_be_there(&self) -> Result<(), StoreError> {
        if FileId::of(self.path()) == self.file {
            return Ok(());
        }
        Err(StoreError::Gone(self.path().to_owned()))
    }

    /// Asks a connection that reads.
    fn ask<T>(
        &self,
        question: impl FnOnce(&mut Connection) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let [first, second] = &self.readers;
        let mut reading =
            first.try_lock().or_else(|_| second.try_lock()).unwrap_or_else(|_| lock(first));
        reading.ask((self.path(), self.options.busy), question)
    }
}

impl Store for SqliteStore {
    fn info(&self) -> &StoreInfo {
        &self.info
    }

    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn StoreState) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.must_be_there()?;
        self.ask(|db| {
            let state = db.transaction().map_err(|error| self.failed(&error))?;
            visit(&Reader { db: &state, path: self.path() })
        })?;
        self.erase_behind_a_read();
        Ok(())
    }

    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError> {
        self.commit_with_reserve(decide)
    }

    fn record_uses(&self, used: &[LastUse]) -> Result<(), StoreError> {
        self.write_batch(|db| uses::record(db, used))
    }

    fn keep_time(&self, kept: &KeptTime) -> Result<(), StoreError> {
        self.write_batch(|db| uses::keep(db, kept))
    }

    fn verify_events_through(&self, expected: Option<Point>) -> Result<ChainReport, StoreError> {
        self.ask(|db| {
            let state = db.transaction().map_err(|error| self.failed(&error))?;
            chain::verify(&state, &self.info.id, expected).map_err(|error| self.failed(&error))
        })
    }

    fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.check_as_seen(&self.place.look(), self.reserve.state())
    }
}

impl SqliteStore {
    /// Checks the store where its place and its reserve were looked at just now.
    pub fn check_as_seen(
        &self,
        look: &PlaceLook,
        reserve: Result<ReserveState, StoreError>,
    ) -> Result<Vec<Finding>, StoreError> {
        self.finish_erasure(lock(&self.writer).as_ref());
        let mut findings = self.ask(|db| {
            let state = db.transaction().map_err(|error| self.failed(&error))?;
            check::structure(&state, &self.info.id, self.options.steps)
                .map_err(|error| self.failed(&error))
        })?;
        findings.extend(check::files(&self.place, look));
        findings.push(check::reserve(self.path(), reserve));
        findings.push(check::erasure(self.holds_what_was_erased()));
        Ok(findings)
    }
}

/// A panic while the lock was held rolled its transaction back, so the connection
/// behind it is as good as before.
fn lock<T>(connection: &Mutex<T>) -> MutexGuard<'_, T> {
    connection.lock().unwrap_or_else(PoisonError::into_inner)
}
