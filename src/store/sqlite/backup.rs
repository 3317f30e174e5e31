//! A copy of the store in another file, believed only after it was read back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags, Result};

use super::failure;
use crate::store::{StoreError, private};

/// Pages copied at a time: all, for the source does not change meanwhile.
const ALL_PAGES: i32 = i32::MAX;

/// Copies what `source` reads to the file beside the store with that ending, 0600.
/// A copy that is not whole is removed, and nothing is ever overwritten.
pub(super) fn make(
    path: &Path,
    source: &Connection,
    ending: &str,
) -> std::result::Result<PathBuf, StoreError> {
    let place = private::beside(path, ending);
    let file = private::create_file(&place)?;
    let copied =
        copy(source, &place).map_err(|error| failure::of(&place, &error)).and_then(|problem| {
            match problem {
                None => Ok(()),
                Some(reason) => Err(StoreError::Corrupt { path: place.clone(), reason }),
            }
        });
    let kept = copied
        .and_then(|()| file.sync_all().map_err(|error| private::failure(&place, error)))
        .and_then(|()| private::sync_folder(private::folder_of(path)));
    if let Err(error) = kept {
        // The failure to tell of is the first one.
        let _ = std::fs::remove_file(&place);
        return Err(error);
    }
    Ok(place)
}

/// Copies, and says what is wrong with the copy.
fn copy(source: &Connection, place: &Path) -> Result<Option<String>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(place, flags)?;
    Backup::new(source, &mut copy)?.run_to_completion(ALL_PAGES, Duration::ZERO, None)?;
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
