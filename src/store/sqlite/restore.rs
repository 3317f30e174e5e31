//! Puts a backup in the place of a store. The store is kept beside it, and nobody
//! else may be using it. At every moment there is a whole store in the place.

use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::Utc;
use rusqlite::{Connection, Result};

use super::file_id::FileId;
use super::{backup, chain, connection, failure, migrate, open, probe};
use crate::store::beside::{beside, folder_of};
use crate::store::draft::{self, FileDraft};
use crate::store::{PathFound, StoreError, StorePlace, private};

/// How long the store's other users are waited for.
const PATIENCE: Duration = Duration::from_secs(1);
/// A version that no program knows: who opened the replaced file before is refused
/// by it instead of writing where nobody will look.
const REPLACED: i32 = i32::MAX;

/// What was put in place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// Where the store that was there is kept; none = there was none.
    pub kept: Option<PathBuf>,
    /// The newest event of the backup.
    pub sequence: u64,
    /// The newest event of the store that was there, where it could be read.
    pub sequence_before: Option<u64>,
    /// Whether the backup is of another store, whose key file is another.
    pub other_store: bool,
}

/// Puts the backup `from` in the place of the store at `path`.
pub fn restore(from: &Path, path: &Path) -> std::result::Result<Restored, StoreError> {
    refuse_itself(from, path)?;
    let source = source(from)?;
    let of = |db: &Connection| Ok((open::info(db, path)?.id, sequence(db)?));
    let (id, sequence) = of(&source).map_err(|error| failure::of(from, &error))?;
    private::create_folder(folder_of(path))?;
    private::check_folder(folder_of(path))?;
    draft::clear(folder_of(path));
    let (kept, before) = place(backup::draft(&source, path)?, path)?;
    let other_store = before.as_ref().is_some_and(|(was, _)| *was != id);
    Ok(Restored { kept, sequence, sequence_before: before.map(|(_, last)| last), other_store })
}

/// The backup, opened for reading once it was found to be a whole store that this
/// program knows.
fn source(from: &Path) -> std::result::Result<Connection, StoreError> {
    StorePlace::of(from).and_then(|place| probe::check(&place)).map_err(no_backup)?;
    let failed = |error| failure::of(from, &error);
    let source = connection::reader(from, PATIENCE).map_err(failed)?;
    migrate::known(&source, from, migrate::STEPS)?;
    let info = open::info(&source, from).map_err(failed)?;
    let report = chain::verify(&source, &info.id, None).map_err(failed)?;
    if let Some((event, why)) = report.broken {
        let reason = format!("its chain of events is broken at {event}: {why}");
        return Err(StoreError::Corrupt { path: from.to_owned(), reason });
    }
    Ok(source)
}

/// What is not there is a backup, and nobody is to make a store in its place.
fn no_backup(error: StoreError) -> StoreError {
    match error {
        StoreError::Missing(path) => {
            let reason = "there is no such file: name the backup to restore".to_owned();
            StoreError::Unreachable { path, reason }
        }
        other => other,
    }
}

fn refuse_itself(from: &Path, path: &Path) -> std::result::Result<(), StoreError> {
    match FileId::of(from) {
        found @ FileId(Some(_)) if found == FileId::of(path) => Err(StoreError::Denied {
            path: from.to_owned(),
            reason: "it is the store itself: name a backup".to_owned(),
        }),
        _ => Ok(()),
    }
}

type Before = (Option<PathBuf>, Option<([u8; 16], u64)>);

/// Gives the finished draft the store's name, once the store is safe elsewhere.
fn place(draft: FileDraft, path: &Path) -> std::result::Result<Before, StoreError> {
    let taken = match StorePlace::find(path) {
        Ok(PathFound::Free(_)) => {
            draft.publish(path)?;
            return Ok((None, None));
        }
        Ok(PathFound::Taken(place)) => hold(&place),
        Err(error) => Err(error),
    };
    let ending = format!(".before-{}.bak", Utc::now().format("%Y%m%dT%H%M%S%3fZ"));
    match taken {
        Ok(held) => {
            let of = |db: &Connection| Ok((open::info(db, path)?.id, sequence(db)?));
            let before = of(&held).map_err(|error| failure::of(path, &error))?;
            let kept = backup::make(path, &held, &ending)?;
            draft.replace(path)?;
            // Whoever waits for the lock of the file that was replaced must not get it
            // as if nothing had been. A failure leaves them as they would be without.
            let _ = held.pragma_update(None, "user_version", REPLACED);
            Ok((Some(kept), Some(before)))
        }
        // Nobody can be using what can't be read, so it is moved aside as it is.
        Err(StoreError::Corrupt { .. } | StoreError::Foreign { .. }) => {
            let kept = move_aside(path, &ending)?;
            draft.replace(path)?;
            Ok((Some(kept), None))
        }
        Err(error) => Err(error),
    }
}

/// Takes the store for this process alone: without its log, and locked.
fn hold(place: &StorePlace) -> std::result::Result<Connection, StoreError> {
    probe::check(place)?;
    let path = place.path();
    let failed = |error| match failure::of(path, &error) {
        StoreError::Busy(path) => StoreError::Denied {
            path,
            reason: "another process is using the store: end it and try again".to_owned(),
        },
        other => other,
    };
    let db = connection::writer(path, PATIENCE).map_err(failed)?;
    // Without a log there is one file to keep, and this can't be had while anybody
    // else has the store open.
    mode(&db, "DELETE").map_err(failed)?;
    // What is written once the file has lost its name must leave no journal in that
    // name: it would be taken for the new file's.
    mode(&db, "MEMORY").map_err(failed)?;
    // The lock outlives the transaction that takes it, as a copy can't be made of a
    // store inside of one.
    db.pragma_update(None, "locking_mode", "EXCLUSIVE").map_err(failed)?;
    db.execute_batch("BEGIN EXCLUSIVE; COMMIT").map_err(failed)?;
    Ok(db)
}

fn mode(db: &Connection, wanted: &str) -> Result<()> {
    db.pragma_update_and_check(None, "journal_mode", wanted, |row| row.get::<_, String>(0))
        .map(drop)
}

/// Keeps a file that is no readable store, and its log, under other names.
fn move_aside(path: &Path, ending: &str) -> std::result::Result<PathBuf, StoreError> {
    let kept = beside(path, ending);
    std::fs::hard_link(path, &kept).map_err(|error| private::failure(&kept, error))?;
    for log in ["-wal", "-shm"] {
        // The log of one file must never be read as that of another.
        match std::fs::rename(beside(path, log), beside(&kept, log)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(private::failure(path, error));
            }
            _ => {}
        }
    }
    Ok(kept)
}

fn sequence(db: &Connection) -> Result<u64> {
    db.query_row("SELECT sequence FROM head", [], |row| super::codec::unsigned(row, 0))
}
