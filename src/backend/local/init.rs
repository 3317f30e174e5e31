//! Making a store: its key file, its file, and what it starts with.

use std::path::Path;
use std::sync::Arc;

use crate::authority::{Authority, Clock, Filling};
use crate::backend::Answer;
use crate::domain::value::DEFAULT_PREFIX;
use crate::seal::{self, DataKey, KeyFile, random};
use crate::store::StoreError;
use crate::store::sqlite::{NewStore, SqliteStore};
use crate::wire::Retention;

use super::{EXAMPLE_ROOT, FillReport, InitKind, InitReport, LocalOptions};

/// Makes a store at `path` and refuses one that exists. The system's login becomes
/// the Superadmin, except of the example, which has users of its own.
pub fn init(path: &Path, kind: InitKind, system_login: &str) -> Answer<InitReport> {
    let (store, key) = create(path, kind)?;
    let authority = Authority::new(Arc::new(store), Ok(key), Clock::System);
    let (tokens, operator) = match kind {
        InitKind::Example { shift_to } => (authority.load_example(shift_to)?, EXAMPLE_ROOT),
        InitKind::Normal | InitKind::Trial => {
            authority.furnish(system_login)?;
            (0, system_login)
        }
    };
    let key_file = KeyFile::path_for(path);
    let (kind, operator) = (kind.store_kind(), operator.to_owned());
    Ok(InitReport { path: path.to_owned(), key_file, kind, operator, tokens })
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
    let made = std::fs::symlink_metadata(path).is_err();
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

/// The empty store and its data key.
pub(super) fn create(path: &Path, kind: InitKind) -> Result<(SqliteStore, DataKey), StoreError> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
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
    Ok((SqliteStore::create(path, &new)?, key))
}
