//! The schema's versions: which there were, and the way from each to the next. A
//! verified backup is made first, and all steps that are due happen together or not at all.

use std::path::Path;

use chrono::Utc;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{backup, events, failure, log_5, names};
use crate::domain::clock::{Reading, moment};
use crate::domain::event::SeenBy;
use crate::domain::{Actor, Detail, EventAction, NewEvent, Subject, calendar};
use crate::store::{CommitError, StoreError};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct SchemaStep {
    /// The version it leads to, from the one before.
    pub to: u32,
    /// What it does.
    pub sql: &'static str,
    /// What no SQL can do, on the tables as they are afterwards.
    pub then: fn(&Connection) -> rusqlite::Result<()>,
}

impl SchemaStep {
    /// A step that SQL can do.
    pub const fn by_sql(to: u32, sql: &'static str) -> Self {
        Self { to, sql, then: |_| Ok(()) }
    }

    pub(super) fn make(&self, db: &Connection) -> rusqlite::Result<()> {
        db.execute_batch(self.sql)?;
        (self.then)(db)?;
        db.pragma_update(None, "user_version", self.to)
    }
}

/// Every step from an empty file to the schema of this program.
pub const STEPS: &[SchemaStep] = &[
    SchemaStep::by_sql(1, include_str!("schema_1.sql")),
    SchemaStep::by_sql(2, include_str!("schema_2.sql")),
    SchemaStep::by_sql(3, include_str!("schema_3.sql")),
    SchemaStep::by_sql(4, include_str!("schema_4.sql")),
    SchemaStep { to: 5, sql: include_str!("schema_5.sql"), then: fill_5 },
];

/// What of schema 5 is computed: names in the forms in which they are compared, and the
/// bytes of the events of before.
fn fill_5(db: &Connection) -> rusqlite::Result<()> {
    names::compute(db)?;
    log_5::take_over(db)
}

/// Refuses a schema that is newer than the last step.
pub(super) fn known(db: &Connection, path: &Path, steps: &[SchemaStep]) -> Result<(), StoreError> {
    let found = version(db).map_err(|error| failure::of(path, &error))?;
    let known = last(steps);
    if found > known {
        return Err(StoreError::TooNew { path: path.to_owned(), found, known });
    }
    Ok(())
}

/// Whether steps are to be taken.
pub(super) fn is_due(
    db: &Connection,
    path: &Path,
    steps: &[SchemaStep],
) -> Result<bool, StoreError> {
    Ok(version(db).map_err(|error| failure::of(path, &error))? < last(steps))
}

fn last(steps: &[SchemaStep]) -> u32 {
    steps.last().map_or(0, |step| step.to)
}

fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the store to the last step, and does not lock one that is there already.
/// `reader` is for the backups.
pub(super) fn run(
    path: &Path,
    writer: &mut Connection,
    reader: &Connection,
    steps: &[SchemaStep],
) -> Result<(), StoreError> {
    if !is_due(reader, path, steps)? {
        return Ok(());
    }
    // Rests while tables are made anew; it can't be changed within a transaction.
    let keys = |on: bool, db: &Connection| {
        db.pragma_update(None, "foreign_keys", on).map_err(|error| failure::of(path, &error))
    };
    keys(false, writer)?;
    let taken = take(path, writer, reader, steps);
    keys(true, writer)?;
    taken
}

/// Takes every step that is due at once, so that a store is either what it was or what
/// this program makes.
fn take(
    path: &Path,
    writer: &mut Connection,
    reader: &Connection,
    steps: &[SchemaStep],
) -> Result<(), StoreError> {
    let failed = |error| failure::of(path, &error);
    // The lock is taken first and the version read under it: another process may have
    // taken the steps meanwhile, and none may write behind the backup.
    let transaction =
        writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    let found = version(&transaction).map_err(failed)?;
    let due: Vec<_> = steps.iter().filter(|step| step.to > found).collect();
    if due.is_empty() {
        return Ok(());
    }
    backup::make(path, reader, &backup_ending(found))?;
    for step in due {
        step.make(&transaction).map_err(failed)?;
    }
    record(&transaction, last(steps)).map_err(|stop| match stop.at(path) {
        CommitError::Store(error) => error,
        CommitError::Refused(refusal) => StoreError::Fault(refusal.to_string()),
    })?;
    transaction.commit().map_err(failed)
}

/// The event that tells of the steps, which only the last schema has room for.
fn record(transaction: &Transaction<'_>, version: u32) -> Result<(), failure::Stop> {
    let mut end = events::end(transaction)?;
    let now = calendar::to_millisecond(Utc::now());
    let event = NewEvent {
        // A step must not wait until somebody says whether the clock is right.
        at: moment(end.head.clock_mark, Reading::once(now), None).at,
        by: Actor::default(),
        subject: Subject::Store,
        action: EventAction::Migrated,
        details: vec![Detail::Schema { version }],
    };
    end.append(transaction, &event, &SeenBy::default())?;
    end.store(transaction)?;
    Ok(())
}

fn backup_ending(version: u32) -> String {
    format!(".v{version}-{}.bak", Utc::now().format("%Y%m%dT%H%M%S%3fZ"))
}
