//! Commits, with room and without: what must be committed when the disk is full takes
//! the reserve, and everything else waits until that is whole again.

use std::path::Path;
use std::sync::atomic::Ordering;

use rusqlite::{Connection, TransactionBehavior};

use super::access::{self, WholeConnections};
use super::failure::Stop;
use super::reader::Reader;
use super::reserve::Reserve;
use super::{SqliteStore, commit, erasure, lock, migrate};
use crate::domain::brake::only_brakes;
use crate::store::{Commit, CommitError, Decide, StoreError};

/// Whether changes may take the reserve: known once they were decided.
type IsBrake = bool;

impl SqliteStore {
    pub(super) fn commit_with_reserve(
        &self,
        decide: &mut Decide<'_>,
    ) -> Result<Commit, CommitError> {
        let mut writer = lock(&self.writer);
        self.must_be_there()?;
        let mut brakes = false;
        let mut written = self.attempt(&mut writer, decide, &mut brakes);
        if brakes
            && is_full(&written)
            && let Some(mut held) = self.reserve.hold()?
        {
            while is_full(&written) && held.give()? {
                written = self.attempt(&mut writer, decide, &mut brakes);
            }
            // The log goes back to nothing, so that the next one has as much room.
            if let Some(db) = writer.as_ref() {
                let _ = erasure::empty_log(db);
            }
            held.take_back();
        }
        let written = written?;
        if written.erased {
            self.erasure_due.store(true, Ordering::Relaxed);
        }
        self.finish_erasure(writer.as_ref());
        Ok(written.commit)
    }

    /// Writes what is gathered in batches, for which nobody waits long.
    pub(super) fn write_batch(
        &self,
        write: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let mut writer = lock(&self.writer);
        self.must_be_there()?;
        self.must_have_room()?;
        let db = self.open_writer(&mut writer)?;
        let recorded = db
            .busy_timeout(self.options.busy_for_uses)
            .and_then(|()| db.transaction_with_behavior(TransactionBehavior::Immediate))
            .and_then(|transaction| {
                write(&transaction)?;
                transaction.commit()
            });
        // It cannot fail: it only sets a number on the connection.
        let _ = db.busy_timeout(self.options.busy);
        recorded.map_err(|error| self.failed(&error))?;
        self.finish_erasure(writer.as_ref());
        Ok(())
    }

    fn attempt(
        &self,
        writer: &mut Option<Connection>,
        decide: &mut Decide<'_>,
        brakes: &mut IsBrake,
    ) -> Result<commit::WrittenCommit, CommitError> {
        let db = match self.open_writer(writer) {
            Ok(db) => db,
            Err(full @ StoreError::Full(_)) => {
                *brakes = self.rehearse(decide)?;
                return Err(full.into());
            }
            Err(error) => return Err(error.into()),
        };
        self.decide_and_write(db, decide, brakes).map_err(|stop| stop.at(self.path()))
    }

    fn decide_and_write(
        &self,
        db: &mut Connection,
        decide: &mut Decide<'_>,
        brakes: &mut IsBrake,
    ) -> Result<commit::WrittenCommit, Stop> {
        limit(db, &self.reserve)?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // A newer program may have moved the store on since it was opened.
        migrate::known(&transaction, self.path(), self.options.steps).map_err(Stop::Store)?;
        let changes = decide(&Reader { db: &transaction, path: self.path() })?;
        *brakes = only_brakes(&changes);
        if !*brakes && !changes.is_empty() {
            self.must_have_room().map_err(Stop::Store)?;
        }
        let written = commit::write(&transaction, &changes)?;
        transaction.commit()?;
        Ok(written)
    }

    /// Before anything is written but what may take the reserve: that is to be whole,
    /// and is made where there never was one.
    fn must_have_room(&self) -> Result<(), StoreError> {
        if self.reserve_due.swap(false, Ordering::Relaxed) {
            self.reserve.make()?;
        }
        self.reserve.must_be_whole()
    }

    /// What would be changed, decided on the state as it is read: there is no room for
    /// a connection that could take the lock.
    fn rehearse(&self, decide: &mut Decide<'_>) -> Result<IsBrake, CommitError> {
        let mut changes = Ok(Vec::new());
        self.ask(|db| {
            let state = db.transaction().map_err(|error| self.failed(&error))?;
            changes = decide(&Reader { db: &state, path: self.path() });
            Ok(())
        })?;
        Ok(only_brakes(&changes?))
    }

    /// The connection that writes. Where there is none, all are opened anew: those that
    /// read without room would keep this process from writing.
    fn open_writer<'w>(
        &self,
        writer: &'w mut Option<Connection>,
    ) -> Result<&'w mut Connection, StoreError> {
        let fresh = match writer.take() {
            Some(db) => db,
            None => self.open_anew()?,
        };
        Ok(writer.insert(fresh))
    }

    fn open_anew(&self) -> Result<Connection, StoreError> {
        let [first, second] = &self.readers;
        let (mut first, mut second) = (lock(first), lock(second));
        first.close();
        second.close();
        let WholeConnections { readers, writer } = access::whole(self.path(), self.options.busy)?;
        [*first, *second] = readers;
        Ok(writer)
    }

    /// Whether the log may hold what was erased.
    pub(super) fn holds_what_was_erased(&self) -> bool {
        self.erasure_due.load(Ordering::Relaxed)
            && (lock(&self.writer).is_some() || has_log(self.path()))
    }
}

fn is_full(written: &Result<commit::WrittenCommit, CommitError>) -> bool {
    written.as_ref().is_err_and(CommitError::is_full)
}

fn has_log(path: &Path) -> bool {
    let log = crate::store::beside::beside(path, "-wal");
    std::fs::metadata(log).is_ok_and(|log| log.len() > 0)
}

/// Keeps the file within the disk it is taken to be on.
fn limit(db: &Connection, reserve: &Reserve) -> Result<(), Stop> {
    let page: u32 = db.pragma_query_value(None, "page_size", |row| row.get(0))?;
    if let Some(pages) = reserve.most_pages(page.into()) {
        db.pragma_update_and_check(None, "max_page_count", pages.to_string(), |_| Ok(()))?;
    }
    Ok(())
}
