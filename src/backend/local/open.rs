//! Opening a store: its files, its key, and who is at work on it.

use std::sync::Arc;
use std::time::Duration;

use crate::authority::{Authority, Clock, SealKey, Trace};
use crate::backend::Answer;
use crate::domain::{Refusal, Time};
use crate::seal;
use crate::store::sqlite::{SqliteOptions, SqliteStore};
use crate::store::{self, CommitError, PathFound, Store, StoreError, StoreInfo, StorePlace};
use crate::wire::Run;

use super::follow::LocalFollower;
use super::init::create;
use super::{InitKind, LocalBackend, LocalOptions};

/// How long a verify that has said its verdict tries to record the use: longer than
/// other commands hold the lock, shorter than anybody would notice at a gateway.
const A_MOMENT: Duration = Duration::from_millis(400);

impl LocalBackend {
    /// Opens a store that exists.
    pub fn open(options: LocalOptions) -> Answer<Arc<Self>> {
        let place = StorePlace::of(&options.path)?;
        Self::over(store(place, &options)?, options)?.signed_in()
    }

    /// Opens a store for whoever presents a value: a bearer is no user of the store.
    /// Where the login is unknown, all but verify is refused later on.
    pub fn open_for_bearers(options: LocalOptions) -> Answer<Arc<Self>> {
        let place = StorePlace::of(&options.path)?;
        Ok(Arc::new(Self::over(store(place, &options)?, options)?))
    }

    /// Opens a store for one verify, whose verdict waits for no lock: where others are
    /// writing, a use soon goes unrecorded. A dry run says what a real one would.
    pub fn open_for_verify(options: LocalOptions, run: Run) -> Answer<Arc<Self>> {
        let ways = SqliteOptions { busy_for_uses: A_MOMENT, ..SqliteOptions::default() };
        let store = SqliteStore::at(StorePlace::of(&options.path)?, ways)?;
        let trace = match (options.read_only, run) {
            (true, _) => Trace::None,
            (false, Run::Dry) => Trace::Trial,
            (false, Run::Real) => Trace::Kept,
        };
        let read_only = options.read_only || run == Run::Dry;
        let backend = Self::over(store, LocalOptions { read_only, ..options })?;
        Ok(Arc::new(Self { trace, ..backend }))
    }

    /// Opens a store, and makes it first where there is none. Asks nothing.
    pub fn open_or_init(options: LocalOptions) -> Answer<Arc<Self>> {
        match StorePlace::find(&options.path)? {
            PathFound::Taken(place) => Self::over(store(place, &options)?, options)?.signed_in(),
            PathFound::Free(_) if options.read_only => {
                Err(StoreError::Missing(options.path).into())
            }
            PathFound::Free(place) => match create(&place, InitKind::Normal) {
                // Another process may have made it at the same moment.
                Ok(()) | Err(StoreError::Exists(_)) => Self::open(options),
                Err(error) => Err(error.into()),
            },
        }
    }

    fn signed_in(self) -> Answer<Arc<Self>> {
        self.caller.clone()?;
        Ok(Arc::new(self))
    }

    fn over(store: SqliteStore, options: LocalOptions) -> Answer<Self> {
        let LocalOptions { path: _, login, system_login, now, read_only, name } = options;
        let key = key_of(&store)?;
        let clock = clock(now, store.info())?;
        let authority = Authority::new(Arc::new(store), key, clock);
        let login = login.as_deref().unwrap_or(&system_login);
        if login == system_login && !read_only {
            authority.furnish(&system_login)?;
        }
        let caller = match authority.sign_in(login, &system_login) {
            Ok(caller) => Ok(caller),
            Err(CommitError::Refused(refusal)) => Err(refusal),
            Err(CommitError::Store(error)) => return Err(error.into()),
        };
        let authority = Arc::new(authority);
        let keeps = !read_only;
        let follower = Arc::new(LocalFollower::start(Arc::clone(&authority), keeps)?);
        let workers = Arc::default();
        let trace = if read_only { Trace::None } else { Trace::Kept };
        Ok(Self { name, read_only, trace, caller, authority, workers, follower })
    }
}

/// The store, which is to have a reserve once something is changed in it.
fn store(place: StorePlace, options: &LocalOptions) -> Result<SqliteStore, StoreError> {
    let makes_reserve = !options.read_only;
    SqliteStore::at(place, SqliteOptions { makes_reserve, ..SqliteOptions::default() })
}

/// The data key. Without its key file, or with one that others can use, a store still
/// does all that needs no sealed value.
fn key_of(store: &SqliteStore) -> Result<SealKey, StoreError> {
    let slots = store::read(store, |state| state.key_slots())?;
    match seal::unlock(store.place(), &store.info().id, &slots) {
        Ok(key) => Ok(Ok(key)),
        Err(StoreError::Key(reason)) => Ok(Err(reason)),
        Err(error) => Ok(Err(format!(
            "{error}. Until then values are neither shown nor made; verify, revoke and all else work"
        ))),
    }
}

fn clock(now: Option<Time>, info: &StoreInfo) -> Result<Clock, Refusal> {
    match now {
        None => Ok(Clock::System),
        Some(instant) if info.kind.takes_any_clock() => Ok(Clock::Frozen(instant)),
        Some(_) => {
            let message = "only an example or trial store takes another time: this one holds \
                           real tokens, so leave --now out";
            Err(Refusal::field("now", message))
        }
    }
}
