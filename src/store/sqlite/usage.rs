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
                    ifnull((SELECT max(subject) FROM event WHERE subject_kind = ?1), 0))"
    );
    db.prepare_cached(&sql)?.query_row([subject], |row| unsigned(row, 0))
}

/// How many tokens use an entry, deleted ones apart.
pub(super) fn tokens_using(db: &Connection, entry: EntryId) -> Result<usize> {
    let (sql, id) = match entry {
        EntryId::Account(id) => {
            ("SELECT count(*) FROM token WHERE account = ?1 AND deleted_at IS NULL", id.number())
        }
        EntryId::User(id) => {
            ("SELECT count(*) FROM token WHERE owner = ?1 AND deleted_at IS NULL", id.number())
        }
        EntryId::Module(id) => (
            "SELECT count(*) FROM token_access JOIN token ON token.id = token_access.token
             WHERE module = ?1 AND deleted_at IS NULL",
            id.number(),
        ),
        EntryId::Scope(id) => (
            "SELECT count(*) FROM token_scope JOIN token ON token.id = token_scope.token
             WHERE scope = ?1 AND deleted_at IS NULL",
            id.number(),
        ),
        EntryId::Group(id) => (
            "SELECT count(*) FROM token_group JOIN token ON token.id = token_group.token
             WHERE grp = ?1 AND deleted_at IS NULL",
            id.number(),
        ),
    };
    let count = db.prepare_cached(sql)?.query_row([number(id)?], |row| unsigned(row, 0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
