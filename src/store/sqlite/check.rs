//! Looks the store over: its structure, its guards, its log and its files. Finds
//! only; it repairs nothing.

use std::path::Path;

use rusqlite::{Connection, Result};

use super::connection::APPLICATION_ID;
use super::{chain, probe};
use crate::store::{Finding, private};

/// The triggers without which rows that must stay could be changed or removed.
const GUARDS: [&str; 6] = [
    "event_in_order",
    "event_no_update",
    "event_no_delete",
    "token_no_delete",
    "value_no_update",
    "value_no_delete",
];

/// What is looked at inside the file.
pub(super) fn structure(db: &Connection, store: &[u8; 16]) -> Result<Vec<Finding>> {
    Ok(vec![
        finding("pages and indexes", integrity(db)?),
        finding("references between tables", references(db)?),
        finding("mark of the program", mark(db)?),
        finding("guards of the log", guards(db)?),
        finding("chain of events", broken(db, store)?),
    ])
}

/// What is looked at outside of it.
pub(super) fn files(path: &Path) -> Vec<Finding> {
    let folder = private::folder_of(path);
    let loose = private::group_writes(folder)
        .then(|| format!("its group may change files in it: run chmod g-w '{}'", folder.display()));
    let folder = private::check_folder(folder).err().map(|error| error.to_string()).or(loose);
    let file = probe::files(path).err().map(|error| error.to_string());
    vec![finding("modes of the files", file), finding("mode of the folder", folder)]
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

fn guards(db: &Connection) -> Result<Option<String>> {
    let mut names = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    let missing: Vec<_> =
        GUARDS.into_iter().filter(|guard| !names.iter().any(|name| name == guard)).collect();
    Ok((!missing.is_empty()).then(|| format!("missing: {}", missing.join(", "))))
}

fn broken(db: &Connection, store: &[u8; 16]) -> Result<Option<String>> {
    let report = chain::verify(db, store)?;
    Ok(report.broken.map(|(sequence, why)| format!("event {sequence}: {why}")))
}
