//! Writes a token as a change says it is to be. Every statement is prepared once
//! and finds its row by key, so that thousands of changes fit in one commit.

use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::catalogue::level_word;
use super::codec::{millis, number, optional, stamp_columns, unsigned};
use super::failure::{Stop, taken};
use crate::domain::{
    AccountId, Credential, CredentialChange, Guid, Time, Token, TokenChange, TokenId, UserId, name,
};

pub(super) const ERASE: &str =
    "UPDATE value SET sealed = NULL WHERE token = ?1 AND sealed IS NOT NULL";

pub(super) const ERASE_OTHERS: &str =
    "UPDATE value SET sealed = NULL WHERE token = ?1 AND guid <> ?2 AND sealed IS NOT NULL";
pub(super) const ERASE_ONE: &str =
    "UPDATE value SET sealed = NULL WHERE guid = ?1 AND sealed IS NOT NULL";

/// Makes the change true. Says whether something sealed was erased.
pub(super) fn apply(db: &Connection, change: &TokenChange) -> Result<bool, Stop> {
    let token = &change.token;
    let id = number(token.id.number())?;
    let rest = digest_of_rest(token)?;
    match stored(db, id)? {
        None if token.version != 1 => {
            return Err(Stop::Fault(format!("{} is new, but not at version 1", token.id)));
        }
        None => {
            insert(db, id, token)?;
            write_sides(db, id, token)?;
        }
        Some((version, _)) if version.checked_add(1) != Some(token.version) => {
            let text =
                format!("{} is at version {version}, not before {}", token.id, token.version);
            return Err(Stop::Fault(text));
        }
        Some((_, before)) if before == rest => {}
        Some(_) => {
            update(db, id, token)?;
            clear_sides(db, id)?;
            write_sides(db, id, token)?;
        }
    }
    write_state(db, id, token, &rest)?;
    let issued_at = token.value.and_then(|value| value.issued_at);
    write_value(db, id, &change.credential, issued_at)
}

/// Gives out the ids up to this one.
pub(super) fn reserve(db: &Connection, last: TokenId) -> rusqlite::Result<()> {
    let sql = "UPDATE head SET tokens = max(tokens, ?1)";
    db.prepare_cached(sql)?.execute([number(last.number())?]).map(|_| ())
}

fn stored(db: &Connection, id: i64) -> rusqlite::Result<Option<(u64, [u8; 32])>> {
    db.prepare_cached("SELECT version, rest FROM token_state WHERE token = ?1")?
        .query_row([id], |row| Ok((unsigned(row, 0)?, row.get(1)?)))
        .optional()
}

/// The digest of all that `token_state` does not hold.
fn digest_of_rest(token: &Token) -> Result<[u8; 32], Stop> {
    let rest = (
        (&token.name, &token.description, token.account, token.owner),
        (&token.access, &token.groups, &token.scopes, &token.labels),
        (token.created, token.deleted),
    );
    let text = serde_json::to_vec(&rest).map_err(|error| Stop::Fault(error.to_string()))?;
    Ok(Sha256::digest(&text).into())
}

fn insert(db: &Connection, id: i64, token: &Token) -> Result<(), Stop> {
    let sql = "INSERT INTO token (id, name, name_key, description, account, owner,
                 created_at, created_by, deleted_at, deleted_by, folded, skeleton)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    write_record(db, sql, id, token)
}

fn update(db: &Connection, id: i64, token: &Token) -> Result<(), Stop> {
    // A name that stays keeps its key, which may be one of before: it clashes when it is
    // changed, and not where something else is.
    let sql = "UPDATE token SET name_key = CASE WHEN name = ?2 THEN name_key ELSE ?3 END,
                 name = ?2, description = ?4, account = ?5, owner = ?6, created_at = ?7,
                 created_by = ?8, deleted_at = ?9, deleted_by = ?10, folded = ?11, skeleton = ?12
               WHERE id = ?1";
    write_record(db, sql, id, token)
}

fn write_record(db: &Connection, sql: &str, id: i64, token: &Token) -> Result<(), Stop> {
    let (created_at, created_by) = stamp_columns(Some(token.created))?;
    let (deleted_at, deleted_by) = stamp_columns(token.deleted)?;
    let values = params![
        id,
        token.name,
        name::key(&token.name),
        token.description,
        optional(token.account.map(AccountId::number))?,
        optional(token.owner.map(UserId::number))?,
        created_at,
        created_by,
        deleted_at,
        deleted_by,
        name::folded(&token.name, &token.description),
        name::skeleton(&token.name),
    ];
    db.prepare_cached(sql)?
        .execute(values)
        .map(|_| ())
        .map_err(|error| taken(error, "name", "Name already in use"))
}

fn clear_sides(db: &Connection, id: i64) -> rusqlite::Result<()> {
    for sql in [
        "DELETE FROM token_access WHERE token = ?1",
        "DELETE FROM token_group WHERE token = ?1",
        "DELETE FROM token_scope WHERE token = ?1",
        "DELETE FROM token_label WHERE token = ?1",
    ] {
        db.prepare_cached(sql)?.execute([id])?;
    }
    Ok(())
}

fn write_sides(db: &Connection, id: i64, token: &Token) -> rusqlite::Result<()> {
    for (module, level) in &token.access {
        db.prepare_cached("INSERT INTO token_access (token, module, level) VALUES (?1, ?2, ?3)")?
            .execute(params![id, number(module.number())?, level_word(*level)])?;
    }
    for group in &token.groups {
        db.prepare_cached("INSERT INTO token_group (token, grp) VALUES (?1, ?2)")?
            .execute([id, number(group.number())?])?;
    }
    for scope in &token.scopes {
        db.prepare_cached("INSERT INTO token_scope (token, scope) VALUES (?1, ?2)")?
            .execute([id, number(scope.number())?])?;
    }
    for (label, value) in &token.labels {
        db.prepare_cached("INSERT INTO token_label (token, label, value) VALUES (?1, ?2, ?3)")?
            .execute(params![id, label, value])?;
    }
    Ok(())
}

fn write_state(db: &Connection, id: i64, token: &Token, rest: &[u8; 32]) -> rusqlite::Result<()> {
    let sql = "INSERT INTO token_state (token, version, rest, enabled, valid_from, valid_to,
                 guid, retained, previous_guid, previous_until, updated_at, updated_by,
                 accepted_at, accepted_by, revoked_at, revoked_by, planned_end)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)
               ON CONFLICT (token) DO UPDATE SET version = ?2, rest = ?3, enabled = ?4,
                 valid_from = ?5, valid_to = ?6, guid = ?7, retained = ?8, previous_guid = ?9,
                 previous_until = ?10, updated_at = ?11, updated_by = ?12, accepted_at = ?13,
                 accepted_by = ?14, revoked_at = ?15, revoked_by = ?16, planned_end = ?17";
    let (updated_at, updated_by) = stamp_columns(Some(token.updated))?;
    let (accepted_at, accepted_by) = stamp_columns(token.accepted)?;
    let (revoked_at, revoked_by) = stamp_columns(token.revoked)?;
    db.prepare_cached(sql)?.execute(params![
        id,
        number(token.version)?,
        rest,
        token.enabled,
        token.valid_from.map(millis),
        token.valid_to.map(millis),
        token.value.map(|value| *value.guid.as_bytes()),
        token.value.is_some_and(|value| value.retained),
        token.previous.map(|previous| *previous.guid.as_bytes()),
        token.previous.map(|previous| millis(previous.until)),
        updated_at,
        updated_by,
        accepted_at,
        accepted_by,
        revoked_at,
        revoked_by,
        token.planned_end.map(millis),
    ])?;
    Ok(())
}

fn write_value(
    db: &Connection,
    id: i64,
    change: &CredentialChange,
    issued_at: Option<Time>,
) -> Result<bool, Stop> {
    match change {
        CredentialChange::Keep => Ok(false),
        CredentialChange::Erase => Ok(erase(db, id)?),
        CredentialChange::Issue(credential) => {
            let erased = erase(db, id)?;
            issue(db, id, credential, issued_at)
                .map_err(|error| taken(error, "guid", "GUID already in use"))?;
            Ok(erased)
        }
        CredentialChange::Adopt(guid) => adopt(db, id, *guid, issued_at),
    }
}

/// Makes a drawn value the only one of its token of which anything may be sealed.
fn adopt(db: &Connection, id: i64, guid: Guid, issued_at: Option<Time>) -> Result<bool, Stop> {
    let sql = "UPDATE value SET issued_at = ?3 WHERE token = ?1 AND guid = ?2";
    let values = params![id, guid.as_bytes(), issued_at.map(millis)];
    if db.prepare_cached(sql)?.execute(values)? == 0 {
        return Err(Stop::Fault(format!("{guid} was never drawn for its token")));
    }
    let erased = db.prepare_cached(ERASE_OTHERS)?.execute(params![id, guid.as_bytes()])?;
    Ok(erased > 0)
}

/// Keeps a value that is not in force; others of the token stay as they are.
pub(super) fn draw(db: &Connection, token: TokenId, credential: &Credential) -> Result<(), Stop> {
    issue(db, number(token.number())?, credential, None)
        .map_err(|error| taken(error, "guid", "GUID already in use"))
}

/// Erases what was sealed of one value. Says whether there was anything.
pub(super) fn forget(db: &Connection, guid: Guid) -> rusqlite::Result<bool> {
    Ok(db.prepare_cached(ERASE_ONE)?.execute([guid.as_bytes()])? > 0)
}

fn issue(
    db: &Connection,
    id: i64,
    credential: &Credential,
    issued_at: Option<Time>,
) -> rusqlite::Result<()> {
    let guid = credential.guid.as_bytes();
    let hash = credential.hash.as_bytes();
    let sql =
        "INSERT INTO value (guid, token, hash, sealed, issued_at) VALUES (?1, ?2, ?3, ?4, ?5)";
    let sealed = credential.sealed.as_ref().map(|sealed| &sealed.0);
    let issued_at = issued_at.map(millis);
    db.prepare_cached(sql)?.execute(params![guid, id, hash, sealed, issued_at]).map(|_| ())
}

fn erase(db: &Connection, id: i64) -> rusqlite::Result<bool> {
    Ok(db.prepare_cached(ERASE)?.execute([id])? > 0)
}
