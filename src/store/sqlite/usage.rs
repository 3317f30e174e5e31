//! What uses an entry of the catalogue, and which ids it ever gave away.

use rusqlite::{Connection, Result};

use super::codec::{number, unsigned};
use crate::domain::{EntryId, EntryKind};

/// The highest number of a kind. The log knows those that were removed.
pub(super) fn last_number(db: &Connection, kind: EntryKind) -> Result<u64> {
    let (table, subject) = match kind {
        EntryKind::Account => ("account", "account"),
        EntryKind::Module => ("module", "module"),
        EntryKind::Scope => ("scope", "scope"),
        EntryKind::Group => ("grp", "group"),
        EntryKind::User => ("user", "user"),
    };
    let sql = format!(
        "SELECT max(ifnull((SELECT max(id) FROM {table}), 0),
                    ifnull((SELECT max(CAST(replace(substr(subject, 5), '-', '') AS INTEGER))
                            FROM event WHERE subject_kind = ?1), 0))"
    );
    db.prepare_cached(&sql)?.query_row([subject], |row| unsigned(row, 0))
}

/// How many tokens use an entry. Revoked and deleted ones never come back, so they hold
/// nothing back.
pub(super) fn tokens_using(db: &Connection, entry: EntryId) -> Result<usize> {
    let (by, id) = match entry {
        EntryId::Account(id) => ("token WHERE account", id.number()),
        EntryId::User(id) => ("token WHERE owner", id.number()),
        EntryId::Module(id) => {
            ("token JOIN token_access a ON a.token = token.id WHERE a.module", id.number())
        }
        EntryId::Scope(id) => {
            ("token JOIN token_scope a ON a.token = token.id WHERE a.scope", id.number())
        }
        EntryId::Group(id) => {
            ("token JOIN token_group a ON a.token = token.id WHERE a.grp", id.number())
        }
    };
    let sql = format!(
        "SELECT count(*) FROM {by} = ?1 AND token.deleted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM token_state s
                           WHERE s.token = token.id AND s.revoked_at IS NOT NULL)"
    );
    let count = db.prepare_cached(&sql)?.query_row([number(id)?], |row| unsigned(row, 0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
