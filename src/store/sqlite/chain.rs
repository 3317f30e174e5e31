//! The chain of hashes over the event log. Each hash covers the raw columns of its
//! row and the hash before it, so that whoever changes, removes or adds a row
//! breaks the chain at that place.

use crate::domain::event::{Cell, Hash, first_form, link, start};
use crate::store::ChainReport;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

/// Columns that the hash covers, in their order; the hash itself comes after.
const COVERED: usize = 8;
const WALK: &str = "SELECT sequence, at, user, system_login, subject_kind, subject, action,
     details, hash FROM event ORDER BY sequence";

/// Walks the log from the first event to the head.
pub(super) fn verify(db: &Connection, store: &[u8; 16]) -> Result<ChainReport> {
    let (head, head_hash, head_at) =
        db.query_row("SELECT sequence, hash, at FROM head", [], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get_ref(1)?.as_blob()?.to_vec(),
                row.get::<_, Option<i64>>(2)?,
            ))
        })?;
    let mut last = Last { sequence: 0, hash: start(store), at: None };
    let mut statement = db.prepare_cached(WALK)?;
    let mut rows = statement.query([])?;
    let mut events = 0;
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        let expected = last.sequence + 1;
        if sequence != expected {
            return Ok(broken(events, expected, "it is missing"));
        }
        let cells: Vec<Cell<'_>> =
            (0..COVERED).map(|column| row.get_ref(column).map(cell)).collect::<Result<_>>()?;
        let hash = link(&last.hash, &first_form(cells));
        if row.get_ref(COVERED)? != ValueRef::Blob(&hash) {
            return Ok(broken(events, sequence, "it was changed after it was written"));
        }
        last = Last { sequence, hash, at: row.get(1)? };
        events += 1;
    }
    Ok(if head > last.sequence {
        broken(events, last.sequence + 1, "the log ends before it, though the store has counted on")
    } else if head < last.sequence {
        broken(events, head + 1, "it was added past the end that the store knows")
    } else if head_hash != last.hash || head_at != last.at {
        broken(events, last.sequence, "the store remembers another end of the log")
    } else {
        ChainReport { events, broken: None }
    })
}

struct Last {
    sequence: i64,
    hash: Hash,
    at: Option<i64>,
}

fn broken(events: u64, sequence: i64, why: &str) -> ChainReport {
    ChainReport { events, broken: Some((sequence.unsigned_abs(), why.to_owned())) }
}

fn cell(column: ValueRef<'_>) -> Cell<'_> {
    match column {
        ValueRef::Null => Cell::Empty,
        ValueRef::Integer(number) => Cell::Integer(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(bytes) => Cell::Text(bytes),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
    }
}
