//! What stays of entries that are removed: kept in the same commit as the removal, read
//! with the catalogue.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result, Row, params};

use super::codec::{millis, number, optional, stamp, unsigned, word};
use crate::domain::{AccountId, EntryId, EntryKind, NewEvent, Removed, Tombstone, UserId};

/// What an entry was called, by its list.
const NAMES: [(EntryKind, &str); 4] = [
    (EntryKind::User, "SELECT 'user', id, name, login, ?2, ?3 FROM user WHERE id = ?1"),
    (EntryKind::Module, "SELECT 'module', id, name, NULL, ?2, ?3 FROM module WHERE id = ?1"),
    (EntryKind::Scope, "SELECT 'scope', id, name, NULL, ?2, ?3 FROM scope WHERE id = ?1"),
    (EntryKind::Group, "SELECT 'group', id, name, NULL, ?2, ?3 FROM grp WHERE id = ?1"),
];

/// The accounts an entry was of.
const ACCOUNTS: [(EntryKind, &str); 4] = [
    (EntryKind::User, "SELECT 'user', user, account FROM user_account WHERE user = ?1"),
    (EntryKind::Module, "SELECT 'module', module, account FROM module_account WHERE module = ?1"),
    (EntryKind::Scope, "SELECT 'scope', id, account FROM scope WHERE id = ?1"),
    (
        EntryKind::Group,
        "SELECT 'group', id, account FROM grp WHERE id = ?1 AND account IS NOT NULL",
    ),
];

/// Keeps what an entry is called before it goes.
pub(super) fn keep(db: &Connection, entry: EntryId, event: &NewEvent) -> Result<()> {
    let id = number(entry.number())?;
    let by = optional(event.by.user.map(UserId::number))?;
    for (_, names) in NAMES.iter().filter(|(kind, _)| *kind == entry.kind()) {
        let sql = format!(
            "INSERT INTO tombstone (kind, id, name, login, removed_at, removed_by) {names}"
        );
        db.prepare_cached(&sql)?.execute(params![id, millis(event.at), by])?;
    }
    for (_, accounts) in ACCOUNTS.iter().filter(|(kind, _)| *kind == entry.kind()) {
        let sql = format!("INSERT INTO tombstone_account (kind, id, account) {accounts}");
        db.prepare_cached(&sql)?.execute([id])?;
    }
    Ok(())
}

/// All of them.
pub(super) fn read(db: &Connection) -> Result<Removed> {
    let mut all = BTreeMap::new();
    let mut names =
        db.prepare_cached("SELECT kind, id, name, login, removed_at, removed_by FROM tombstone")?;
    let mut rows = names.query([])?;
    while let Some(row) = rows.next()? {
        let entry = entry_of(row)?;
        let accounts = BTreeSet::new();
        let (name, login, removed) = (row.get(2)?, row.get(3)?, stamp(row, 4)?);
        all.insert(entry, Tombstone { entry, name, login, accounts, removed });
    }
    let mut accounts = db.prepare_cached("SELECT kind, id, account FROM tombstone_account")?;
    let mut rows = accounts.query([])?;
    while let Some(row) = rows.next()? {
        let account = AccountId::new(unsigned(row, 2)?);
        if let Some(tombstone) = all.get_mut(&entry_of(row)?) {
            tombstone.accounts.insert(account);
        }
    }
    Ok(all.into_values().collect::<Vec<_>>().into())
}

fn entry_of(row: &Row<'_>) -> Result<EntryId> {
    Ok(EntryId::new(word::<EntryKind>(row, 0)?, unsigned(row, 1)?))
}
