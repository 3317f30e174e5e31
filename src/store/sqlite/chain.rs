//! Walks the log and checks it: the bytes of each event against its hash and the hash
//! before, and what was copied out of them against the bytes.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result, Row};

use crate::domain::event::{Break, Fields, Hash, LogFault, Point, Walk};
use crate::store::ChainReport;

const WALK: &str = "SELECT sequence, at, user, system_login, subject_kind, subject, action,
     details, bytes, hash FROM event ORDER BY sequence";
const BYTES: usize = 8;
const HASH: usize = 9;

/// Walks the log from the first event to the head, and looks whether it goes through
/// `expected`.
pub(super) fn verify(
    db: &Connection,
    store: &[u8; 16],
    expected: Option<Point>,
) -> Result<ChainReport> {
    let mut walk = Walk::new(store).expecting(expected);
    let broken = walked(db, &mut walk)?.err();
    // Behind a place where the chain does not hold nothing can be said.
    let unmet = walk.unmet().filter(|unmet| broken.is_none_or(|broken| unmet.at < broken.at));
    Ok(ChainReport {
        events: walk.last.sequence,
        head: walk.last,
        unmet,
        broken: broken.map(|Break { at, fault }| (at, fault.to_string())),
    })
}

fn walked(db: &Connection, walk: &mut Walk) -> Result<std::result::Result<(), Break>> {
    let mut statement = db.prepare_cached(WALK)?;
    let mut rows = statement.query([])?;
    let mut newest = None;
    while let Some(row) = rows.next()? {
        // No event has the number 0, so one that has none of ours is none of ours.
        let sequence = u64::try_from(row.get::<_, i64>(0)?).unwrap_or_default();
        let (bytes, hash) = (row.get_ref(BYTES)?, row.get_ref(HASH)?);
        let place = walk.last.sequence + 1;
        let mut next = *walk;
        match next.step(sequence, plain(bytes), plain(hash)) {
            Err(found) => return Ok(Err(found)),
            Ok(fields) => {
                if let Some(name) = other_beside(row, &fields)? {
                    return Ok(Err(Break { at: place, fault: LogFault::Beside(name) }));
                }
                newest = Some(fields.at);
            }
        }
        *walk = next;
    }
    let end = db.query_row("SELECT sequence, hash, at FROM head", [], |row| {
        Ok(End { sequence: row.get(0)?, hash: plain(row.get_ref(1)?).to_vec(), at: row.get(2)? })
    })?;
    Ok(end.check(walk.last, newest))
}

/// Bytes of whatever type somebody made of them.
fn plain(column: ValueRef<'_>) -> &[u8] {
    match column {
        ValueRef::Blob(bytes) => bytes,
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) => &[],
    }
}

/// The first column that says something else than the bytes.
fn other_beside(row: &Row<'_>, fields: &Fields) -> Result<Option<&'static str>> {
    let number = |user: crate::domain::UserId| i64::try_from(user.number()).ok();
    let user = fields.user.and_then(number).map_or(ValueRef::Null, ValueRef::Integer);
    let login = fields.system_login.as_deref();
    let login = login.map_or(ValueRef::Null, |login| ValueRef::Text(login.as_bytes()));
    let details = fields.details();
    let expected = [
        ("time", ValueRef::Integer(fields.at)),
        ("user", user),
        ("login", login),
        ("kind of subject", ValueRef::Text(fields.kind.as_bytes())),
        ("subject", ValueRef::Text(fields.subject.as_bytes())),
        ("action", ValueRef::Text(fields.action.as_bytes())),
        ("details", ValueRef::Text(details.as_bytes())),
    ];
    for (column, (name, value)) in expected.into_iter().enumerate() {
        if row.get_ref(column + 1)? != value {
            return Ok(Some(name));
        }
    }
    Ok(None)
}

/// Where the store remembers that the log ends.
struct End {
    sequence: i64,
    hash: Vec<u8>,
    at: Option<i64>,
}

impl End {
    fn check(&self, last: Point, newest: Option<i64>) -> std::result::Result<(), Break> {
        let found = i64::try_from(last.sequence).unwrap_or(i64::MAX);
        let broken = |at: i64, fault| Err(Break { at: at.unsigned_abs(), fault });
        let hash: &Hash = &last.hash;
        if self.sequence > found {
            broken(found + 1, LogFault::Cut)
        } else if self.sequence < found {
            broken(self.sequence + 1, LogFault::Added)
        } else if self.hash != hash || self.at != newest {
            broken(found, LogFault::OtherEnd)
        } else {
            Ok(())
        }
    }
}
