//! The schema's versions: which there were, and the way from each to the next. A
//! verified backup is made before each step, and a step happens whole or not at all.

use std::path::Path;

use chrono::Utc;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{backup, events, failure};
use crate::domain::{Actor, Detail, EventAction, NewEvent, Subject, calendar};
use crate::store::{CommitError, StoreError};

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// The version it leads to, from the one before.
    pub to: u32,
    /// What it does.
    pub sql: &'static str,
}

/// Every step from an empty file to the schema of this program.
pub const STEPS: &[Step] = &[
    Step { to: 1, sql: include_str!("schema_1.sql") },
    Step { to: 2, sql: include_str!("schema_2.sql") },
    Step { to: 3, sql: include_str!("schema_3.sql") },
    Step { to: 4, sql: include_str!("schema_4.sql") },
];

/// Refuses a schema that is newer than the last step.
pub(super) fn known(db: &Connection, path: &Path, steps: &[Step]) -> Result<(), StoreError> {
    let found = version(db).map_err(|error| failure::of(path, &error))?;
    let known = last(steps);
    if found > known {
        return Err(StoreError::TooNew { path: path.to_owned(), found, known });
    }
    Ok(())
}

/// Whether steps are to be taken.
pub(super) fn is_due(db: &Connection, path: &Path, steps: &[Step]) -> Result<bool, StoreError> {
    Ok(version(db).map_err(|error| failure::of(path, &error))? < last(steps))
}

fn last(steps: &[Step]) -> u32 {
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
    steps: &[Step],
) -> Result<(), StoreError> {
    let failed = |error| failure::of(path, &error);
    if !is_due(reader, path, steps)? {
        return Ok(());
    }
    for step in steps {
        // The lock is taken first and the version read under it: another process
        // may have taken the step meanwhile, and none may write behind the backup.
        let transaction =
            writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let found = version(&transaction).map_err(failed)?;
        if found >= step.to {
            continue;
        }
        backup::make(path, reader, &backup_ending(found))?;
        take(&transaction, *step).map_err(|stop| match stop.at(path) {
            CommitError::Store(error) => error,
            CommitError::Refused(refusal) => StoreError::Fault(refusal.to_string()),
        })?;
        transaction.commit().map_err(failed)?;
    }
    Ok(())
}

fn take(transaction: &Transaction<'_>, step: Step) -> Result<(), failure::Stop> {
    transaction.execute_batch(step.sql)?;
    transaction.pragma_update(None, "user_version", step.to)?;
    let mut end = events::end(transaction)?;
    let now = calendar::to_millisecond(Utc::now());
    let event = NewEvent {
        // Time never runs backwards in a store, whatever this machine's clock says.
        at: end.head.at.map_or(now, |newest| newest.max(now)),
        by: Actor::default(),
        subject: Subject::Store,
        action: EventAction::Migrated,
        details: vec![Detail::Schema { version: step.to }],
    };
    end.append(transaction, &event)?;
    end.store(transaction)?;
    Ok(())
}

fn backup_ending(version: u32) -> String {
    format!(".v{version}-{}.bak", Utc::now().format("%Y%m%dT%H%M%S%3fZ"))
}
