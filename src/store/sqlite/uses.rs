//! Last uses of tokens and of their values, in batches with a counter of their own; last uses
//! of operator credentials and how far time had come, which nobody follows. The last use of
//! a token outlives its values: what came before values were told apart is its alone.

use rusqlite::{Connection, Result, params};

use super::codec::{guid_or_none, millis, number, time, time_or_none, unsigned};
use crate::domain::{Time, TokenId};
use crate::store::{KeptTime, LastUse};

pub(super) const AFTER: &str = "SELECT token, NULL, at, batch FROM last_use WHERE batch > ?1
     UNION ALL SELECT v.token, u.guid, u.at, u.batch
     FROM value_use u JOIN value v ON v.guid = u.guid WHERE u.batch > ?1
     ORDER BY 4, 1, 2";

const OF_TOKEN: &str = "INSERT INTO last_use (token, at, batch) VALUES (?1, ?2, ?3)
     ON CONFLICT (token) DO UPDATE SET at = ?2, batch = ?3 WHERE ?2 > at";
const OF_VALUE: &str = "INSERT INTO value_use (guid, at, batch) VALUES (?1, ?2, ?3)
     ON CONFLICT (guid) DO UPDATE SET at = ?2, batch = ?3 WHERE ?2 > at";

/// Keeps those that are later than what is stored. The batch counts only if it
/// brought something new.
pub(super) fn record(db: &Connection, uses: &[LastUse]) -> Result<()> {
    let last = db.query_row("SELECT uses FROM head", [], |row| unsigned(row, 0))?;
    let batch = number(last + 1)?;
    let (mut of_token, mut of_value) = (db.prepare_cached(OF_TOKEN)?, db.prepare_cached(OF_VALUE)?);
    let mut kept = 0;
    for LastUse { token, guid, at } in uses {
        kept += of_token.execute(params![number(token.number())?, millis(*at), batch])?;
        if let Some(guid) = guid {
            kept += of_value.execute(params![guid.as_bytes(), millis(*at), batch])?;
        }
    }
    if kept > 0 {
        db.prepare_cached("UPDATE head SET uses = ?1")?.execute([batch])?;
    }
    Ok(())
}

/// Those of later batches.
pub(super) fn after(db: &Connection, batch: u64) -> Result<Vec<LastUse>> {
    db.prepare_cached(AFTER)?
        .query_map([number(batch)?], |row| {
            let token = TokenId::new(unsigned(row, 0)?);
            Ok(LastUse { token, guid: guid_or_none(row, 1)?, at: time(row, 2)? })
        })?
        .collect()
}

/// Moves the mark of time on and keeps last uses of credentials, unless the time of both
/// was given up meanwhile.
pub(super) fn keep(db: &Connection, kept: &KeptTime) -> Result<()> {
    let mark = db.query_row("SELECT clock_mark FROM head", [], |row| time_or_none(row, 0))?;
    if mark < kept.base {
        return Ok(());
    }
    if mark < Some(kept.mark) {
        let sql = "UPDATE head SET clock_mark = ?1";
        db.prepare_cached(sql)?.execute([millis(kept.mark)])?;
    }
    let sql = "INSERT INTO credential_use (guid, at) VALUES (?1, ?2)
               ON CONFLICT (guid) DO UPDATE SET at = ?2 WHERE ?2 > at";
    for (guid, at) in &kept.signed_in {
        db.prepare_cached(sql)?.execute(params![guid.as_bytes(), millis(*at)])?;
    }
    Ok(())
}

/// Last uses that are later than the time there is now were of a time that was given up:
/// they become that time, or no use would replace them for years. Returns the batch.
pub(super) fn correct(db: &Connection, now: Time) -> Result<u64> {
    let batch = 1 + db.query_row("SELECT uses FROM head", [], |row| unsigned(row, 0))?;
    let now = millis(now);
    db.execute(
        "UPDATE last_use SET at = ?1, batch = ?2 WHERE at > ?1",
        params![now, number(batch)?],
    )?;
    db.execute(
        "UPDATE value_use SET at = ?1, batch = ?2 WHERE at > ?1",
        params![now, number(batch)?],
    )?;
    db.execute("UPDATE credential_use SET at = ?1 WHERE at > ?1", [now])?;
    db.execute("UPDATE head SET uses = ?1", [number(batch)?])?;
    Ok(batch)
}
