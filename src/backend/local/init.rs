//! Making a store: its key file, its file, and what it starts with.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::authority::{Authority, Clock};
use crate::backend::Answer;
use crate::domain::value::DEFAULT_PREFIX;
use crate::example::{self, Filling};
use crate::seal::{self, DataKey, KeyFile, random};
use crate::store::draft::FileDraft;
use crate::store::sqlite::{NewStore, SqliteOptions, SqliteStore, reserve};
use crate::store::{NewPlace, PathFound, StoreError, StorePlace};
use crate::wire::Retention;

use super::{EXAMPLE_ROOT, FillReport, InitKind, InitReport, LocalOptions};

/// Makes a store where nothing is. The system's login becomes
/// the Superadmin, except of the example, which has users of its own. The store is
/// filled before it gets its name: half of one is never taken for a store.
pub fn init(place: &NewPlace, kind: InitKind, system_login: &str) -> Answer<InitReport> {
    let path = place.path();
    let (draft, key) = draft(place, kind)?;
    let store = SqliteStore::at(StorePlace::of(draft.path())?, SqliteOptions::default())?;
    let tokens = start(store, key, (kind, system_login))?;
    draft.sync()?;
    draft.publish(path)?;
    let key_file = KeyFile::path_for(path);
    let operator = match kind {
        InitKind::Example { .. } => EXAMPLE_ROOT.to_owned(),
        InitKind::Normal | InitKind::Trial => system_login.to_owned(),
    };
    let kind = kind.store_kind();
    Ok(InitReport { path: path.to_owned(), key_file, kind, operator, tokens })
}

/// Puts in what a store starts with; how many tokens that are. It takes the store, which is
/// closed when this ends, so that all of it is in one file.
fn start(
    store: SqliteStore,
    key: DataKey,
    (kind, system_login): (InitKind, &str),
) -> Answer<usize> {
    match kind {
        InitKind::Example { shift_to } => Ok(example::load(&store, &key, shift_to)?),
        InitKind::Normal | InitKind::Trial => {
            Authority::new(Arc::new(store), Ok(key), Clock::System).furnish(system_login)?;
            Ok(0)
        }
    }
}

/// Makes the reserve of the store at this place, where its disk has room for that; where
/// it lies, if it does.
pub fn make_reserve(place: &StorePlace) -> Answer<Option<PathBuf>> {
    Ok(reserve::make(place)?.then(|| reserve::path_for(place.path())))
}

/// Refuses a place whose store takes no made-up tokens, be it only asked about.
pub fn may_fill(path: &Path) -> Answer<()> {
    let PathFound::Taken(place) = StorePlace::find(path)? else { return Ok(()) };
    Ok(example::must_be_for_trials(&SqliteStore::at(place, SqliteOptions::default())?)?)
}

/// Adds made-up tokens to a trial store, which is made first where there is none;
/// `told` hears how many are there after each commit.
pub fn fill(
    options: &LocalOptions,
    filling: Filling,
    told: &mut dyn FnMut(u64),
) -> Answer<FillReport> {
    let path = &options.path;
    let (made, place) = match StorePlace::find(path)? {
        PathFound::Taken(place) => (false, place),
        PathFound::Free(place) => {
            init(&place, InitKind::Trial, &options.system_login)?;
            (true, StorePlace::of(path)?)
        }
    };
    let store = SqliteStore::at(place, SqliteOptions::default())?;
    let clock = options.now.map_or(Clock::System, Clock::Frozen);
    example::fill(&store, filling, clock.now(), told)?;
    let Filling { tokens, seed, accounts, .. } = filling;
    Ok(FillReport { path: path.clone(), made, tokens, accounts, seed })
}

/// Makes the store with nothing in it.
pub(super) fn create(place: &NewPlace, kind: InitKind) -> Result<(), StoreError> {
    draft(place, kind)?.0.publish(place.path())
}

/// The empty store, which has yet to get its name, and its data key.
fn draft(place: &NewPlace, kind: InitKind) -> Result<(FileDraft, DataKey), StoreError> {
    let id = random::bytes()?;
    let (key, slot) = seal::prepare(place, &id)?;
    let new = NewStore {
        id,
        kind: kind.store_kind(),
        prefix: DEFAULT_PREFIX.to_owned(),
        retention: Retention::Sealed,
        slots: vec![slot],
    };
    Ok((SqliteStore::draft(place, &new)?, key))
}
