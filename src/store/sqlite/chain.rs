//! The chain of hashes over the event log. Each hash covers the raw columns of its
//! row and the hash before it, so that whoever changes, removes or adds a row
//! breaks the chain at that place.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};
use sha2::{Digest, Sha256};

use crate::store::ChainReport;

const START: &[u8] = b"tokendeck event log v1\0";
const LINK: &[u8] = b"tokendeck event v1\0";

/// A SHA-256 of the chain.
pub(super) type Hash = [u8; 32];

/// What the first event stands on: the store's own id, so that the log of one
/// store is not the log of another.
pub(super) fn start(store: &[u8; 16]) -> Hash {
    Sha256::new().chain_update(START).chain_update(store).finalize().into()
}

/// The hash of a row after `previous`. Each column is written with its type and
/// length, so that no two rows read the same.
pub(super) fn link<'c>(previous: &Hash, columns: impl IntoIterator<Item = ValueRef<'c>>) -> Hash {
    let mut hash = Sha256::new().chain_update(LINK).chain_update(previous);
    for column in columns {
        match column {
            ValueRef::Null => hash.update([0]),
            ValueRef::Integer(number) => {
                hash.update([1]);
                hash.update(number.to_be_bytes());
            }
            ValueRef::Real(number) => {
                hash.update([2]);
                hash.update(number.to_be_bytes());
            }
            ValueRef::Text(bytes) => sized(&mut hash, 3, bytes),
            ValueRef::Blob(bytes) => sized(&mut hash, 4, bytes),
        }
    }
    hash.finalize().into()
}

fn sized(hash: &mut Sha256, kind: u8, bytes: &[u8]) {
    hash.update([kind]);
    hash.update((bytes.len() as u64).to_be_bytes());
    hash.update(bytes);
}

/// Columns that the hash covers, in their order; the hash itself comes after.
const COVERED: usize = 8;
const WALK: &str = "SELECT sequence, at, user, system_login, subject_kind, subject, action,
     details, hash FROM event ORDER BY sequence";

/// Walks the log from the first event to the head.
pub(super) fn verify(db: &Connection, store: &[u8; 16]) -> Result<ChainReport> {
    let (head, head_hash, head_at) =
        db.query_row("SELECT sequence, hash, at FROM head", [], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get_ref(1)?.as_blob()?.to_vec(),
                row.get::<_, Option<i64>>(2)?,
            ))
        })?;
    let mut last = Last { sequence: 0, hash: start(store), at: None };
    let mut statement = db.prepare_cached(WALK)?;
    let mut rows = statement.query([])?;
    let mut events = 0;
    while let Some(row) = rows.next()? {
        let sequence: i64 = row.get(0)?;
        let expected = last.sequence + 1;
        if sequence != expected {
            return Ok(broken(events, expected, "it is missing"));
        }
        let columns: Vec<ValueRef<'_>> =
            (0..COVERED).map(|column| row.get_ref(column)).collect::<Result<_>>()?;
        let hash = link(&last.hash, columns);
        if row.get_ref(COVERED)? != ValueRef::Blob(&hash) {
            return Ok(broken(events, sequence, "it was changed after it was written"));
        }
        last = Last { sequence, hash, at: row.get(1)? };
        events += 1;
    }
    Ok(if head > last.sequence {
        broken(events, last.sequence + 1, "the log ends before it, though the store has counted on")
    } else if head < last.sequence {
        broken(events, head + 1, "it was added past the end that the store knows")
    } else if head_hash != last.hash || head_at != last.at {
        broken(events, last.sequence, "the store remembers another end of the log")
    } else {
        ChainReport { events, broken: None }
    })
}

struct Last {
    sequence: i64,
    hash: Hash,
    at: Option<i64>,
}

fn broken(events: u64, sequence: i64, why: &str) -> ChainReport {
    ChainReport { events, broken: Some((sequence.unsigned_abs(), why.to_owned())) }
}
