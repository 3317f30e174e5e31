//! Operator credentials: made once, revoked once, never changed otherwise.

use rusqlite::{Connection, Result, Row, params};

use super::codec::{
    millis, number, stamp, stamp_columns, stamp_or_none, time, time_or_none, unsigned,
};
use crate::domain::{Guid, OperatorCredential, UserId, ValueHash};

const COLUMNS: &str = "SELECT c.guid, c.user, c.hash, c.created_at, c.created_by, c.expires_at,
                              c.revoked_at, c.revoked_by, c.name, u.at
                       FROM operator_credential c LEFT JOIN credential_use u ON u.guid = c.guid";

/// Makes the credential this.
pub(super) fn put(db: &Connection, credential: &OperatorCredential) -> Result<()> {
    let (created_at, created_by) = stamp_columns(Some(credential.created))?;
    let (revoked_at, revoked_by) = stamp_columns(credential.revoked)?;
    let sql = "INSERT INTO operator_credential (guid, user, hash, created_at, created_by,
                   expires_at, revoked_at, revoked_by, name)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
               ON CONFLICT (guid) DO UPDATE SET revoked_at = ?7, revoked_by = ?8";
    db.prepare_cached(sql)?
        .execute(params![
            credential.guid.as_bytes(),
            number(credential.user.number())?,
            credential.hash.as_bytes(),
            created_at,
            created_by,
            millis(credential.expires_at),
            revoked_at,
            revoked_by,
            credential.name,
        ])
        .map(|_| ())
}

/// The credential with this public half.
pub(super) fn by_guid(db: &Connection, guid: Guid) -> Result<Option<OperatorCredential>> {
    let mut found = db.prepare_cached(&format!("{COLUMNS} WHERE c.guid = ?1"))?;
    found.query_map([guid.as_bytes()], credential)?.next().transpose()
}

/// Every credential there ever was, the oldest first.
pub(super) fn all(db: &Connection) -> Result<Vec<OperatorCredential>> {
    let mut all = db.prepare_cached(&format!("{COLUMNS} ORDER BY c.created_at, c.guid"))?;
    all.query_map([], credential)?.collect()
}

fn credential(row: &Row<'_>) -> Result<OperatorCredential> {
    Ok(OperatorCredential {
        guid: Guid::from_bytes(row.get(0)?),
        user: UserId::new(unsigned(row, 1)?),
        hash: ValueHash::from_bytes(row.get(2)?),
        created: stamp(row, 3)?,
        expires_at: time(row, 5)?,
        revoked: stamp_or_none(row, 6)?,
        name: row.get(8)?,
        last_used_at: time_or_none(row, 9)?,
    })
}
