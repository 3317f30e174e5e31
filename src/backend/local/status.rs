//! What the commands that look after a store ask: how it is, and whether it is
//! whole. They need no operator, for they show no token.

use std::fs::Metadata;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::authority;
use crate::backend::Answer;
use crate::domain::Time;
use crate::domain::clock::{ADVICE, FutureEvent, Stand};
use crate::domain::event::Point;
use crate::seal::{self, KeyFile};
use crate::store::beside::beside;
use crate::store::sqlite::{self, ReserveState, SqliteOptions, SqliteStore, reserve};
use crate::store::{
    self, ChainReport, Finding, PlaceLook, Store, StoreError, StoreHead, StorePlace, StoreState,
    space,
};
use crate::wire::{Retention, StoreKind};

/// One of a store's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Where it is.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Its permissions, in octal: "600".
    pub mode: String,
}

/// How many records a store holds. Deleted tokens count, for they are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Tokens.
    pub tokens: usize,
    /// Users.
    pub users: usize,
    /// Accounts.
    pub accounts: usize,
    /// Modules.
    pub modules: usize,
    /// Scopes.
    pub scopes: usize,
    /// Permission groups.
    pub groups: usize,
}

/// How a store is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StoreStatus {
    /// What it is for.
    pub kind: StoreKind,
    /// Whether it keeps values sealed.
    pub retention: Retention,
    /// The prefix of its values.
    pub prefix: String,
    /// The version of its schema.
    pub schema: u32,
    /// The sequence of the newest event.
    pub sequence: u64,
    /// The time of the newest event.
    pub last_event_at: Option<Time>,
    /// How far its time had come.
    pub clock_mark: Option<Time>,
    /// How the machine's clock stands to that, and the first event that is later than it.
    #[serde(skip)]
    pub clock: (Stand, Option<FutureEvent>),
    /// What it holds.
    pub counts: Counts,
    /// Its files, those there are.
    pub files: Vec<FileReport>,
    /// The file that keeps room for revoke and disable.
    pub reserve: ReserveState,
    /// Bytes that are free on its disk; none where nobody knows.
    pub free: Option<u64>,
    /// What is wrong with its key; none = sealed values can be shown.
    pub key_problem: Option<String>,
}

/// How the store at this place is, and what a check of it finds, for whoever asks both:
/// it is opened once.
pub fn look_over(
    place: StorePlace,
) -> Result<(StoreStatus, Result<Vec<Finding>, StoreError>), StoreError> {
    let store = open(place)?;
    let look = store.place().look();
    let status = status_of(&store, &look)?;
    let found = store.check_as_seen(&look, Ok(status.reserve));
    let found = found.and_then(|found| findings(&store, found, status.key_problem.clone()));
    Ok((status, found))
}

/// How the store at this place is.
pub fn status(place: StorePlace) -> Result<StoreStatus, StoreError> {
    let store = open(place)?;
    status_of(&store, &store.place().look())
}

/// Checks the files, the structure and the key of the store at this place.
pub fn check(place: StorePlace) -> Result<Vec<Finding>, StoreError> {
    let store = open(place)?;
    findings(&store, store.check()?, key_problem(&store))
}

fn open(place: StorePlace) -> Result<SqliteStore, StoreError> {
    SqliteStore::at(place, SqliteOptions::default())
}

fn status_of(store: &SqliteStore, look: &PlaceLook) -> Result<StoreStatus, StoreError> {
    let info = store.info().clone();
    let (head, clock, counts) = store::read(store, |state| {
        Ok((state.head()?, authority::stand_of_clock(state, info.kind)?, counts(state)?))
    })?;
    let StoreHead { sequence, at, clock_mark, .. } = head;
    Ok(StoreStatus {
        kind: info.kind,
        retention: info.retention,
        prefix: info.prefix,
        // Opening a store brings it to the last step.
        schema: sqlite::STEPS.last().map_or(0, |step| step.to),
        sequence,
        last_event_at: at,
        clock_mark,
        clock,
        counts,
        files: files(store.path(), look),
        reserve: store.reserve()?,
        free: space::free(store.path()),
        key_problem: key_problem(store),
    })
}

/// What a check of the store finds, with what is wrong with its key and the clock.
fn findings(
    store: &SqliteStore,
    mut findings: Vec<Finding>,
    problem: Option<String>,
) -> Result<Vec<Finding>, StoreError> {
    findings.push(Finding { what: "key file".to_owned(), problem });
    let kind = store.info().kind;
    let (stand, event) = store::read(store, |state| authority::stand_of_clock(state, kind))?;
    let problem = stand.problem(event).map(|problem| format!("{problem}. {ADVICE}"));
    findings.push(Finding { what: "clock".to_owned(), problem });
    Ok(findings)
}

/// Checks the chain of events of the store at this place, from the first to the last, and
/// whether it goes through a place that was kept elsewhere.
pub fn verify_audit(place: StorePlace, expected: Option<Point>) -> Answer<ChainReport> {
    Ok(open(place)?.verify_events_through(expected)?)
}

fn counts(state: &dyn StoreState) -> Result<Counts, StoreError> {
    let catalogue = state.catalogue()?;
    let mut tokens = 0;
    state.scan(&mut |_| tokens += 1)?;
    Ok(Counts {
        tokens,
        users: catalogue.users.len(),
        accounts: catalogue.accounts.len(),
        modules: catalogue.modules.len(),
        scopes: catalogue.scopes.len(),
        groups: catalogue.groups.len(),
    })
}

/// What is wrong with the key; none = sealed values can be shown.
fn key_problem(store: &SqliteStore) -> Option<String> {
    let slots = store::read(store, |state| state.key_slots());
    let key = slots.and_then(|slots| seal::unlock(store.place(), &store.info().id, &slots));
    key.err().map(|error| error.to_string())
}

/// The files of a store, its key and its reserve among them; what lies beside it only while
/// a change is made is none of them.
fn files(path: &Path, look: &PlaceLook) -> Vec<FileReport> {
    let report = |path: &Path, seen: &Metadata| {
        let mode = format!("{:o}", seen.permissions().mode() & 0o7777);
        FileReport { path: path.to_owned(), size: seen.len(), mode }
    };
    let journal = beside(path, "-journal");
    let seen = look.files().filter(|(path, _)| *path != journal);
    let apart = [reserve::path_for(path), KeyFile::path_for(path)].into_iter().filter_map(|path| {
        let seen = std::fs::metadata(&path).ok()?;
        Some(report(&path, &seen))
    });
    seen.map(|(path, seen)| report(path, seen)).chain(apart).collect()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]
mod tests {
    use super::*;
    use crate::backend::local::{InitKind, init, make_reserve};
    use crate::store::NewPlace;
    use crate::store::private::looks;

    #[test]
    fn a_trip_looks_at_each_file_once_before_it_opens_a_store_and_once_to_check_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        init(&NewPlace::of(&path).unwrap(), InitKind::Normal, "tester").unwrap();
        assert!(make_reserve(&StorePlace::of(&path).unwrap()).unwrap().is_some());
        looks::take();
        let (status, found) = look_over(StorePlace::of(&path).unwrap()).unwrap();
        assert!(found.unwrap().iter().all(|finding| finding.problem.is_none()));
        assert_eq!(status.files.len(), 5, "{:?}", status.files);
        let looks = looks::take();
        let looks: Vec<_> = looks.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        let twice = ["store.db", "store.db-journal", "store.db-shm", "store.db-wal"];
        let twice = twice.map(|name| (name, 2));
        assert_eq!(looks, [&twice[..], &[("store.db.reserve", 1), ("store.key", 1)]].concat());
    }
}
