//! Who could see a record, as its columns say it: kept with each event about it.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension as _, Result};

use super::codec::{number, unsigned, unsigned_or_none};
use crate::domain::event::RecordSight;
use crate::domain::{AccountId, ScopeId, Subject, UserId};

/// What decides who sees the record now; none where there is none, or nobody's.
pub(super) fn of(db: &Connection, subject: Subject) -> Result<Option<RecordSight>> {
    match subject {
        Subject::Token(id) => token(db, number(id.number())?),
        Subject::User(id) => {
            let sql = "SELECT 1 FROM user WHERE id = ?1";
            let sight = RecordSight {
                accounts: accounts(
                    db,
                    "SELECT account FROM user_account WHERE user = ?1",
                    id.number(),
                )?,
                owner: Some(id),
                ..RecordSight::default()
            };
            Ok(is_there(db, sql, id.number())?.then_some(sight))
        }
        Subject::Account(id) => {
            Ok(Some(RecordSight { accounts: [id].into(), ..RecordSight::default() }))
        }
        Subject::Module(id) => {
            let sql = "SELECT 1 FROM module WHERE id = ?1";
            let all = "SELECT account FROM module_account WHERE module = ?1";
            let sight =
                RecordSight { accounts: accounts(db, all, id.number())?, ..RecordSight::default() };
            Ok(is_there(db, sql, id.number())?.then_some(sight))
        }
        Subject::Scope(id) => belonging(db, "SELECT account FROM scope WHERE id = ?1", id.number()),
        Subject::Group(id) => belonging(db, "SELECT account FROM grp WHERE id = ?1", id.number()),
        Subject::Store | Subject::Other { .. } => Ok(None),
    }
}

fn token(db: &Connection, id: i64) -> Result<Option<RecordSight>> {
    let sql = "SELECT account, owner FROM token WHERE id = ?1";
    let found = db.prepare_cached(sql)?.query_row([id], |row| {
        let account = unsigned_or_none(row, 0)?.map(AccountId::new);
        Ok((account, unsigned_or_none(row, 1)?.map(UserId::new)))
    });
    let Some((account, owner)) = found.optional()? else { return Ok(None) };
    let scopes = db
        .prepare_cached("SELECT scope FROM token_scope WHERE token = ?1")?
        .query_map([id], |row| unsigned(row, 0).map(ScopeId::new))?
        .collect::<Result<_>>()?;
    Ok(Some(RecordSight {
        accounts: account.into_iter().collect(),
        everywhere: false,
        owner,
        scopes,
    }))
}

fn is_there(db: &Connection, sql: &str, id: u64) -> Result<bool> {
    db.prepare_cached(sql)?.exists([number(id)?])
}

fn accounts(db: &Connection, sql: &str, id: u64) -> Result<BTreeSet<AccountId>> {
    let mut found = db.prepare_cached(sql)?;
    found.query_map([number(id)?], |row| unsigned(row, 0).map(AccountId::new))?.collect()
}

/// Of a record that belongs to one account, or to all of them.
fn belonging(db: &Connection, sql: &str, id: u64) -> Result<Option<RecordSight>> {
    let found = db
        .prepare_cached(sql)?
        .query_row([number(id)?], |row| unsigned_or_none(row, 0).map(|id| id.map(AccountId::new)))
        .optional()?;
    Ok(found.map(|account| RecordSight {
        everywhere: account.is_none(),
        accounts: account.into_iter().collect(),
        ..RecordSight::default()
    }))
}
