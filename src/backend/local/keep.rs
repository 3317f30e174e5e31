//! Saving a store to a file and putting one back. Both need no operator: whoever
//! can read the files can do it.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::backend::Answer;
use crate::seal::{self, KeyFile};
use crate::store::sqlite::{self, SqliteOptions, SqliteStore};
use crate::store::{self, Store, StorePlace};

/// What was saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupReport {
    /// The backup.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
    /// How many events it holds.
    pub events: u64,
    /// Where the chain of events does not hold, in the store as in its copy.
    pub broken: Option<String>,
    /// The file that is no part of it, and without which no sealed value opens.
    pub key_file: PathBuf,
}

/// What was put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// The store.
    pub path: PathBuf,
    /// Where the store that was there is kept.
    pub kept: Option<PathBuf>,
    /// The newest event there is now.
    pub sequence: u64,
    /// The newest event there was before: what came between is undone.
    pub sequence_before: Option<u64>,
    /// Whether another store was there before.
    pub other_store: bool,
    /// What is wrong with its key; none = sealed values can be shown.
    pub key_problem: Option<String>,
}

/// Writes a verified copy of the store at this place to a new file.
pub fn back_up(place: StorePlace, file: &Path) -> Answer<BackupReport> {
    let key_file = KeyFile::path_for(place.path());
    let report = SqliteStore::at(place, SqliteOptions::default())?.back_up(file)?;
    let size = std::fs::metadata(file).map_or(0, |found| found.len());
    let broken = report.broken.map(|(event, why)| format!("event {event}: {why}"));
    Ok(BackupReport { path: file.to_owned(), size, events: report.events, broken, key_file })
}

/// Puts the backup `file` in the place of the store at `path`, which is kept.
pub fn restore(path: &Path, file: &Path) -> Answer<RestoreReport> {
    let done = sqlite::restore(file, path)?;
    let store = SqliteStore::at(StorePlace::of(path)?, SqliteOptions::default())?;
    let slots = store::read(&store, |state| state.key_slots())?;
    let key_problem = seal::unlock(store.place(), &store.info().id, &slots).err();
    Ok(RestoreReport {
        path: path.to_owned(),
        kept: done.kept,
        sequence: done.sequence,
        sequence_before: done.sequence_before,
        other_store: done.other_store,
        key_problem: key_problem.map(|error| error.to_string()),
    })
}
