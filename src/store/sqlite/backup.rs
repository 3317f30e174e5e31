//! A copy of the store in another file, believed only after it was read back.

use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, Error, OpenFlags, Result, ffi};

use super::failure;
use crate::store::StoreError;
use crate::store::beside::{beside, folder_of};
use crate::store::draft::{self, FileDraft};

/// Pages copied at a time: all, for the source does not change meanwhile.
const ALL_PAGES: i32 = -1;

/// Copies what `source` reads to the file beside the store with that ending.
pub(super) fn make(
    path: &Path,
    source: &Connection,
    ending: &str,
) -> std::result::Result<PathBuf, StoreError> {
    let place = beside(path, ending);
    to(source, &place)?;
    Ok(place)
}

/// Copies what `source` reads to a new file, 0600. It is made whole and read back
/// under another name, so that `place` is either a backup or not there, whenever the
/// process is killed; nothing is ever overwritten.
pub(super) fn to(source: &Connection, place: &Path) -> std::result::Result<(), StoreError> {
    if std::fs::symlink_metadata(place).is_ok() {
        return Err(StoreError::Exists(place.to_owned()));
    }
    // What an earlier copy left when it was killed holds sealed values.
    draft::clear(folder_of(place));
    draft(source, place)?.publish(place)
}

/// A whole copy beside `place`, under a name of its own.
pub(super) fn draft(
    source: &Connection,
    place: &Path,
) -> std::result::Result<FileDraft, StoreError> {
    let draft = FileDraft::of(place)?;
    match copy(source, draft.path()).map_err(|error| failure::of(place, &error))? {
        None => draft.sync()?,
        Some(reason) => return Err(StoreError::Corrupt { path: place.to_owned(), reason }),
    }
    Ok(draft)
}

/// Copies, and says what is wrong with the copy.
fn copy(source: &Connection, place: &Path) -> Result<Option<String>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(place, flags)?;
    // In one step, which finds the source free or not at all.
    if Backup::new(source, &mut copy)?.step(ALL_PAGES)? != StepResult::Done {
        return Err(Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None));
    }
    // One file, with no log to be forgotten when it is moved.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    let lines: String = copy.query_row(
        "SELECT group_concat(integrity_check, '; ') FROM pragma_integrity_check",
        [],
        |row| row.get(0),
    )?;
    if lines != "ok" {
        return Ok(Some(lines));
    }
    let counts = row_counts(&copy)?;
    copy.close().map_err(|(_, error)| error)?;
    let differs = counts != row_counts(source)?;
    Ok(differs.then(|| "the copy does not hold as many rows".to_owned()))
}

fn row_counts(db: &Connection) -> Result<Vec<(String, i64)>> {
    let mut names =
        db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    names
        .into_iter()
        .map(|name| {
            // The name is a table's of this very file, quoted as one.
            let quoted = name.replace('"', "\"\"");
            let sql = format!("SELECT count(*) FROM \"{quoted}\"");
            db.query_row(&sql, [], |row| row.get(0)).map(|count| (name, count))
        })
        .collect()
}
