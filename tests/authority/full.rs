//! A store whose disk is full after some commits, for what must not happen then.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokendeck::authority::{Authority, Clock};
use tokendeck::domain::{Time, TokenId};
use tokendeck::seal;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{
    self, ChainReport, Commit, CommitError, Decide, Finding, Read, Store, StoreError, StoreInfo,
};

use crate::support::{World, now};

/// An authority on a store that has room for so many commits.
pub(crate) fn full_after(world: &World, commits: usize) -> Authority {
    let store = world.store();
    let slots = store::read(&store, |state| state.key_slots()).unwrap();
    let key = seal::unlock(&world.path(), &store.info().id, &slots).unwrap();
    let full = Full { store, room: AtomicUsize::new(commits) };
    Authority::new(Arc::new(full), Ok(key), Clock::Frozen(now()))
}

struct Full {
    store: SqliteStore,
    room: AtomicUsize,
}

impl Store for Full {
    fn info(&self) -> &StoreInfo {
        self.store.info()
    }

    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn Read) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.store.read(visit)
    }

    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError> {
        let taken =
            self.room.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |room| room.checked_sub(1));
        let full = || StoreError::Full(self.info().place.clone().into());
        self.store.commit(&mut |state| {
            let changes = decide(state)?;
            if taken.is_ok() { Ok(changes) } else { Err(full().into()) }
        })
    }

    fn record_uses(&self, uses: &[(TokenId, Time)]) -> Result<(), StoreError> {
        if self.room.load(Ordering::SeqCst) == 0 {
            return Err(StoreError::Full(self.info().place.clone().into()));
        }
        self.store.record_uses(uses)
    }

    fn verify_events(&self) -> Result<ChainReport, StoreError> {
        self.store.verify_events()
    }

    fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.store.check()
    }
}
