//! The log in the form of schema 5: every event of before with the very bytes that were
//! hashed when it was written, so that the chain goes on where it was.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result, params};

use crate::domain::event::{Cell, Fields, first_form};

const GUARDS: &str = include_str!("schema_5_log.sql");
/// The columns that the hash of schema 4 covered, in their order, and the hash.
const OLD: &str = "SELECT sequence, at, user, system_login, subject_kind, subject, action, details,
     hash FROM event_4 ORDER BY sequence";
const COVERED: usize = 8;
const NEW: &str = "INSERT INTO event (sequence, at, user, system_login, subject_kind, subject,
     action, details, bytes, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

/// Copies the log and puts its guards up. What somebody changed, added or removed is
/// copied as it is: a check of the chain finds it afterwards as it would have before.
pub(super) fn take_over(db: &Connection) -> Result<()> {
    let mut old = db.prepare(OLD)?;
    let mut insert = db.prepare(NEW)?;
    let mut rows = old.query([])?;
    while let Some(row) = rows.next()? {
        let columns: Vec<ValueRef<'_>> =
            (0..=COVERED).map(|column| row.get_ref(column)).collect::<Result<_>>()?;
        let bytes = first_form(columns.iter().take(COVERED).copied().map(cell));
        let subject = match Fields::read(&bytes) {
            Ok(fields) => fields.subject,
            // Unreadable in any form: the check says where.
            Err(_) => row.get::<_, i64>(5)?.to_string(),
        };
        let [sequence, at, user, login, kind, _, action, details, hash] = columns.as_slice() else {
            continue;
        };
        let [sequence, at, user, login, kind, action, details, hash] =
            [sequence, at, user, login, kind, action, details, hash]
                .map(|column| rusqlite::types::ToSqlOutput::Borrowed(*column));
        insert.execute(params![
            sequence, at, user, login, kind, subject, action, details, bytes, hash
        ])?;
    }
    drop(rows);
    drop((old, insert));
    db.execute_batch("DROP TABLE event_4")?;
    db.execute_batch(GUARDS)
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
