//! Making a store: its key file, its file, and what it starts with.

use std::path::Path;
use std::sync::Arc;

use crate::authority::{Authority, Clock};
use crate::backend::Answer;
use crate::domain::value::DEFAULT_PREFIX;
use crate::seal::{self, DataKey, KeyFile, random};
use crate::store::StoreError;
use crate::store::sqlite::{NewStore, SqliteStore};
use crate::wire::Retention;

use super::{InitKind, InitReport};

/// Makes a store at `path` and refuses one that exists. The system's login becomes
/// the Superadmin, except of the example, which has users of its own.
pub fn init(path: &Path, kind: InitKind, system_login: &str) -> Answer<InitReport> {
    let (store, key) = create(path, kind)?;
    let authority = Authority::new(Arc::new(store), Ok(key), Clock::System);
    let (tokens, operator) = match kind {
        InitKind::Example { shift_to } => (authority.load_example(shift_to)?, None),
        InitKind::Normal | InitKind::Trial => {
            authority.furnish(system_login)?;
            (0, Some(system_login.to_owned()))
        }
    };
    let key_file = KeyFile::path_for(path);
    Ok(InitReport { path: path.to_owned(), key_file, kind: kind.store_kind(), operator, tokens })
}

/// Adds made-up tokens to the trial store at `path`, which is made first where there
/// is none; `told` hears how many are there after each commit.
pub fn fill(
    path: &Path,
    filling: Filling,
    now: Option<Time>,
    told: &mut dyn FnMut(u64),
) -> Answer<FillReport> {
    let made = std::fs::symlink_metadata(path).is_err();
    if made {
        init(path, InitKind::Trial, TRIAL_LOGIN)?;
    }
    let store = SqliteStore::open(path)?;
    let no_key = Err("made-up tokens have no values".to_owned());
    let clock = now.map_or(Clock::System, Clock::Frozen);
    Authority::new(Arc::new(store), no_key, clock).fill(filling, told)?;
    let Filling { tokens, seed, accounts } = filling;
    Ok(FillReport { path: path.to_owned(), made, tokens, accounts, seed })
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
