//! Making a store: its key file, its file, and what it starts with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::authority::{Authority, Clock, Filling};
use crate::backend::Answer;
use crate::domain::value::DEFAULT_PREFIX;
use crate::seal::{self, DataKey, KeyFile, random};
use crate::store::draft::Draft;
use crate::store::sqlite::{NewStore, SqliteStore, reserve};
use crate::store::{StoreError, presence};
use crate::wire::Retention;

use super::{EXAMPLE_ROOT, FillReport, InitKind, InitReport, LocalOptions};

/// Makes a store at `path` and refuses one that exists. The system's login becomes
/// the Superadmin, except of the example, which has users of its own. The store is
/// filled before it gets its name: half of one is never taken for a store.
pub fn init(path: &Path, kind: InitKind, system_login: &str) -> Answer<InitReport> {
    let (draft, key) = draft(path, kind)?;
    let store = SqliteStore::open(draft.path())?;
    // It closes the store when it goes, so that all is in one file.
    let authority = Authority::new(Arc::new(store), Ok(key), Clock::System);
    let (tokens, operator) = match kind {
        InitKind::Example { shift_to } => (authority.load_example(shift_to)?, EXAMPLE_ROOT),
        InitKind::Normal | InitKind::Trial => {
            authority.furnish(system_login)?;
            (0, system_login)
        }
    };
    drop(authority);
    draft.sync()?;
    draft.publish(path)?;
    let key_file = KeyFile::path_for(path);
    let (kind, operator) = (kind.store_kind(), operator.to_owned());
    Ok(InitReport { path: path.to_owned(), key_file, kind, operator, tokens })
}

/// Whether a store could be made at `path`: nothing is there, and it could be seen if
/// something were.
pub fn may_init(path: &Path) -> Answer<()> {
    Ok(if presence::is_taken(path)? { Err(presence::taken(path)) } else { Ok(()) }?)
}

/// Makes the reserve of the store at `path`, where its disk has room for that; where
/// it lies, if it does.
pub fn make_reserve(path: &Path) -> Answer<Option<PathBuf>> {
    Ok(reserve::make(path)?.then(|| reserve::path_for(path)))
}

/// Refuses a place whose store takes no made-up tokens, be it only asked about.
pub fn may_fill(path: &Path) -> Answer<()> {
    match SqliteStore::open(path) {
        Err(StoreError::Missing(_)) => Ok(()),
        found => Ok(filler(found?, Clock::System).must_be_for_trials()?),
    }
}

/// Adds made-up tokens to a trial store, which is made first where there is none;
/// `told` hears how many are there after each commit.
pub fn fill(
    options: &LocalOptions,
    filling: Filling,
    told: &mut dyn FnMut(u64),
) -> Answer<FillReport> {
    let path = &options.path;
    let made = !presence::is_taken(path)?;
    if made {
        init(path, InitKind::Trial, &options.system_login)?;
    }
    let clock = options.now.map_or(Clock::System, Clock::Frozen);
    filler(SqliteStore::open(path)?, clock).fill(filling, told)?;
    let Filling { tokens, seed, accounts, .. } = filling;
    Ok(FillReport { path: path.clone(), made, tokens, accounts, seed })
}

/// Made-up tokens have no values, so no key is asked for.
fn filler(store: SqliteStore, clock: Clock) -> Authority {
    Authority::new(Arc::new(store), Err("made-up tokens have no values".to_owned()), clock)
}

/// Makes the store with nothing in it.
pub(super) fn create(path: &Path, kind: InitKind) -> Result<(), StoreError> {
    draft(path, kind)?.0.publish(path)
}

/// The empty store, which has yet to get its name, and its data key.
fn draft(path: &Path, kind: InitKind) -> Result<(Draft, DataKey), StoreError> {
    if presence::is_taken(path)? {
        return Err(presence::taken(path));
    }
    let id = random::bytes()?;
    let (key, slot) = seal::prepare(path, &id)?;
    let new = NewStore {
        id,
        kind: kind.store_kind(),
        prefix: DEFAULT_PREFIX.to_owned(),
        retention: Retention::Sealed,
        slots: vec![slot],
    };
    Ok((SqliteStore::draft(path, &new)?, key))
}
