//! Last uses of tokens, in batches with a counter of their own.

use rusqlite::{Connection, Result, params};

use super::codec::{millis, number, time, unsigned};
use crate::domain::{Time, TokenId};

pub(super) const AFTER: &str =
    "SELECT token, at FROM last_use WHERE batch > ?1 ORDER BY batch, token";

/// Keeps those that are later than what is stored. The batch counts only if it
/// brought something new.
pub(super) fn record(db: &Connection, uses: &[(TokenId, Time)]) -> Result<()> {
    let last = db.query_row("SELECT uses FROM head", [], |row| unsigned(row, 0))?;
    let batch = number(last + 1)?;
    let sql = "INSERT INTO last_use (token, at, batch) VALUES (?1, ?2, ?3)
               ON CONFLICT (token) DO UPDATE SET at = ?2, batch = ?3 WHERE ?2 > at";
    let mut insert = db.prepare_cached(sql)?;
    let mut kept = 0;
    for (token, at) in uses {
        kept += insert.execute(params![number(token.number())?, millis(*at), batch])?;
    }
    if kept > 0 {
        db.prepare_cached("UPDATE head SET uses = ?1")?.execute([batch])?;
    }
    Ok(())
}

/// Those of later batches.
pub(super) fn after(db: &Connection, batch: u64) -> Result<Vec<(TokenId, Time)>> {
    db.prepare_cached(AFTER)?
        .query_map([number(batch)?], |row| Ok((TokenId::new(unsigned(row, 0)?), time(row, 1)?)))?
        .collect()
}
