//! Looks the store over: its structure, its guards, its log and its files. Finds
//! only; it repairs nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Result};

use super::connection::APPLICATION_ID;
use super::migrate::SchemaStep;
use super::reserve::{self, RESERVE, ReserveState};
use super::{catalogue, chain, names};
use crate::store::place::SeenFile;
use crate::store::{Finding, PlaceLook, StoreError, StorePlace, draft, private};

/// What is looked at inside the file. Damaged pages leave nothing else to say.
pub(super) fn structure(
    db: &Connection,
    store: &[u8; 16],
    steps: &[SchemaStep],
) -> Result<Vec<Finding>> {
    let pages = finding("pages and indexes", integrity(db)?);
    if pages.problem.is_some() {
        return Ok(vec![pages]);
    }
    Ok(vec![
        pages,
        finding("references between tables", references(db)?),
        finding("mark of the program", mark(db)?),
        finding("tables and guards", schema(db, steps)?),
        finding("chain of events", broken(db, store)?),
        names(db)?,
    ])
}

/// What is looked at outside of it: how its place is now, not how it was when the store was
/// opened.
pub(super) fn files(place: &StorePlace, look: &PlaceLook) -> Vec<Finding> {
    let folder = place.folder();
    let loose =
        || format!("its group may change files in it: run chmod g-w '{}'", folder.display());
    let open = match &look.folder {
        Ok(seen) => private::group_writes(seen).then(loose),
        Err(error) => Some(error.to_string()),
    };
    let unfit = |(seen, path): &SeenFile| match seen {
        Ok(None) if path == place.path() => Some(StoreError::Missing(path.clone()).to_string()),
        Ok(_) => None,
        Err(error) => Some(error.to_string()),
    };
    let folder_unfit = look.folder.as_ref().err().map(ToString::to_string);
    let file = look.files.iter().find_map(unfit).or(folder_unfit);
    let left = draft::left_in(folder);
    vec![
        finding("modes of the files", file),
        finding("mode of the folder", open),
        finding("unfinished copies", unfinished(&left)),
    ]
}

/// Copies that are under way or can't be removed; dead ones went when the store was
/// opened.
fn unfinished(left: &[PathBuf]) -> Option<String> {
    let names: Vec<_> = left.iter().map(|path| format!("'{}'", path.display())).collect();
    (!names.is_empty()).then(|| {
        format!(
            "{} may hold sealed values: if no backup, restore or init is under way, remove them",
            names.join(", ")
        )
    })
}

/// Whether there is room for a revoke when there is none for anything else. One that
/// was never made is told by its name, for nothing is wrong with the store.
pub(super) fn reserve(
    path: &Path,
    state: std::result::Result<ReserveState, StoreError>,
) -> Finding {
    match state {
        Ok(ReserveState::Whole) => finding("reserve", None),
        Ok(ReserveState::Missing) => finding("reserve (never made)", None),
        Ok(ReserveState::Released { left }) => {
            let place = reserve::path_for(path);
            let problem = format!(
                "'{}' was released for revoke and disable, {left} of {RESERVE} bytes are left: \
                 all other changes wait until there is room on its disk to fill it again",
                place.display()
            );
            finding("reserve", Some(problem))
        }
        Err(error) => finding("reserve", Some(error.to_string())),
    }
}

/// Whether the log beside the file still holds what a commit erased.
pub(super) fn erasure(due: bool) -> Finding {
    let problem = due.then(|| {
        "the write-ahead log may still hold erased values, for another process is reading: \
         close it, and check again"
            .to_owned()
    });
    finding("erased values", problem)
}

fn finding(what: &str, problem: Option<String>) -> Finding {
    Finding { what: what.to_owned(), problem }
}

fn integrity(db: &Connection) -> Result<Option<String>> {
    let mut lines = db.prepare("PRAGMA integrity_check(10)")?;
    let lines: Vec<String> = lines.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    Ok((lines != ["ok"]).then(|| format!("{}. Restore a backup", lines.join("; "))))
}

fn references(db: &Connection) -> Result<Option<String>> {
    let mut rows = db.prepare("PRAGMA foreign_key_check")?;
    let tables: Vec<String> = rows.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    let first = tables.first();
    Ok(first.map(|table| format!("{} rows refer to nothing, one in '{table}'", tables.len())))
}

fn mark(db: &Connection) -> Result<Option<String>> {
    let found: i32 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok((found != APPLICATION_ID).then(|| "the file does not carry it".to_owned()))
}

/// Compares tables, indexes and triggers, word by word, with what the steps make:
/// a trigger that is there but does nothing guards as little as a missing one.
fn schema(db: &Connection, steps: &[SchemaStep]) -> Result<Option<String>> {
    let fresh = Connection::open_in_memory()?;
    for step in steps {
        step.make(&fresh)?;
    }
    let (found, expected) = (objects(db)?, objects(&fresh)?);
    let missing = expected.keys().filter(|name| !found.contains_key(*name));
    let added = found.keys().filter(|name| !expected.contains_key(*name));
    let changed = found
        .iter()
        .filter(|(name, sql)| expected.get(*name).is_some_and(|other| other != *sql))
        .map(|(name, _)| name);
    let problems: Vec<_> = missing
        .map(|name| format!("'{name}' is missing"))
        .chain(changed.map(|name| format!("'{name}' was changed")))
        .chain(added.map(|name| format!("'{name}' was added")))
        .collect();
    Ok((!problems.is_empty()).then(|| problems.join(", ")))
}

fn objects(db: &Connection) -> Result<BTreeMap<String, String>> {
    db.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

/// Names that collide by the rules of today. They are told by the name of what was looked
/// at, for nothing is wrong with the store.
fn names(db: &Connection) -> Result<Finding> {
    let colliding = names::colliding(db, &catalogue::read(db)?)?;
    Ok(match colliding.as_slice() {
        [] => finding("names", None),
        some => {
            let told = format!(
                "names (of before the rules of today, which collide and clash when they are \
                 changed: {})",
                some.join(", ")
            );
            finding(&told, None)
        }
    })
}

fn broken(db: &Connection, store: &[u8; 16]) -> Result<Option<String>> {
    let report = chain::verify(db, store, None)?;
    Ok(report.broken.map(|(sequence, why)| format!("event {sequence}: {why}")))
}
