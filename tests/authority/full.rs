//! A store whose disk is full after some commits, for what must not happen then.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokendeck::authority::{Authority, Clock};
use tokendeck::seal;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{
    self, ChainReport, Commit, CommitError, Decide, Finding, KeptTime, LastUse, Store, StoreError,
    StoreInfo, StoreState,
};

use crate::support::{World, now};

/// An authority on a store that has room for so many commits.
pub(crate) fn full_after(world: &World, commits: usize) -> Authority {
    let store = world.store();
    let slots = store::read(&store, |state| state.key_slots()).unwrap();
    let key = seal::unlock(store.place(), &store.info().id, &slots).unwrap();
    let full = Full { store, room: AtomicUsize::new(commits), changes: usize::MAX };
    Authority::new(Arc::new(full), Ok(key), Clock::Frozen(now()))
}

/// An authority on a store that has room for so many changes in one commit, as one
/// with a reserve has.
pub(crate) fn narrow(world: &World, changes: usize) -> Authority {
    let full = Full { store: world.store(), room: AtomicUsize::new(usize::MAX), changes };
    let key = Err("no value is asked for".to_owned());
    Authority::new(Arc::new(full), key, Clock::Frozen(now()))
}

struct Full {
    store: SqliteStore,
    /// Commits that there is room for.
    room: AtomicUsize,
    /// Changes that there is room for in one of them.
    changes: usize,
}

impl Store for Full {
    fn info(&self) -> &StoreInfo {
        self.store.info()
    }

    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn StoreState) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.store.read(visit)
    }

    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError> {
        let taken =
            self.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| room.checked_sub(1));
        let full = || StoreError::Full(self.info().place.clone().into());
        self.store.commit(&mut |state| {
            let changes = decide(state)?;
            let fits = taken.is_ok() && changes.len() <= self.changes;
            if fits { Ok(changes) } else { Err(full().into()) }
        })
    }

    fn record_uses(&self, uses: &[LastUse]) -> Result<(), StoreError> {
        if self.room.load(Ordering::SeqCst) == 0 {
            return Err(StoreError::Full(self.info().place.clone().into()));
        }
        self.store.record_uses(uses)
    }

    fn keep_time(&self, kept: &KeptTime) -> Result<(), StoreError> {
        if self.room.load(Ordering::SeqCst) == 0 {
            return Err(StoreError::Full(self.info().place.clone().into()));
        }
        self.store.keep_time(kept)
    }

    fn verify_events_through(
        &self,
        expected: Option<tokendeck::domain::event::Point>,
    ) -> Result<ChainReport, StoreError> {
        self.store.verify_events_through(expected)
    }

    fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.store.check()
    }
}
