//! What the commands that look after a store ask: how it is, and whether it is
//! whole. They need no operator, for they show no token.

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
use crate::store::sqlite::{self, ReserveState, SqliteOptions, SqliteStore};
use crate::store::{
    self, ChainReport, Finding, Store, StoreError, StoreHead, StorePlace, StoreState, space,
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
    let status = status_of(&store)?;
    Ok((status, findings(&store)))
}

/// How the store at this place is.
pub fn status(place: StorePlace) -> Result<StoreStatus, StoreError> {
    status_of(&open(place)?)
}

/// Checks the files, the structure and the key of the store at this place.
pub fn check(place: StorePlace) -> Result<Vec<Finding>, StoreError> {
    findings(&open(place)?)
}

fn open(place: StorePlace) -> Result<SqliteStore, StoreError> {
    SqliteStore::at(place, SqliteOptions::default())
}

fn status_of(store: &SqliteStore) -> Result<StoreStatus, StoreError> {
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
        files: files(store.path()),
        reserve: store.reserve()?,
        free: space::free(store.path()),
        key_problem: key_problem(store).err().map(|error| error.to_string()),
    })
}

fn findings(store: &SqliteStore) -> Result<Vec<Finding>, StoreError> {
    let mut findings = store.check()?;
    let problem = key_problem(store).err().map(|error| error.to_string());
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

fn key_problem(store: &SqliteStore) -> Result<(), StoreError> {
    let slots = store::read(store, |state| state.key_slots())?;
    seal::unlock(store.path(), &store.info().id, &slots).map(drop)
}

fn files(path: &Path) -> Vec<FileReport> {
    let beside = ["", "-wal", "-shm", ".reserve"].map(|ending| beside(path, ending));
    let all = beside.into_iter().chain([KeyFile::path_for(path)]);
    all.filter_map(|path| {
        let found = std::fs::metadata(&path).ok()?;
        let mode = format!("{:o}", found.permissions().mode() & 0o7777);
        Some(FileReport { path, size: found.len(), mode })
    })
    .collect()
}
