//! The log is append-only, and whoever changes it all the same is found out, with
//! the place.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{ChainReport, Store};

use crate::support::{all_tokens, commit, creation, deck, revocation, shell};

const EVENTS: u64 = 42;

/// A closed store with 42 events, as bytes.
fn closed_store() -> (TempDir, Vec<u8>) {
    let deck = deck();
    commit(&deck.store, (1..=20).map(creation).collect());
    commit(&deck.store, all_tokens(&deck.store).into_iter().map(revocation).collect());
    assert_eq!(deck.store.verify_events().unwrap().events, EVENTS);
    drop(deck.store);
    (deck.folder, std::fs::read(&deck.path).unwrap())
}

/// What a check of the chain says after somebody did this to the store.
fn report_after(folder: &Path, bytes: &[u8], tamper: impl FnOnce(&Connection)) -> ChainReport {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("copy.db");
    std::fs::write(&path, bytes).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let db = shell(&path);
    db.execute_batch(
        "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; DROP TRIGGER event_in_order;
         PRAGMA ignore_check_constraints = ON;",
    )
    .unwrap();
    tamper(&db);
    db.close().unwrap();
    SqliteStore::open(&path).unwrap().verify_events().unwrap()
}

fn broken_at(report: &ChainReport) -> Option<u64> {
    report.broken.as_ref().map(|(sequence, _)| *sequence)
}

#[test]
fn the_guards_refuse_to_change_or_remove_what_stays() {
    let deck = deck();
    commit(&deck.store, vec![creation(1)]);
    let db = shell(&deck.path);
    for sql in [
        "UPDATE event SET at = at + 1 WHERE sequence = 1",
        "DELETE FROM event WHERE sequence = 3",
        "INSERT INTO event SELECT sequence + 9, at, user, system_login, subject_kind, subject,
           action, details, hash FROM event WHERE sequence = 1",
        "INSERT OR REPLACE INTO event SELECT 2, at, user, system_login, subject_kind, subject,
           action, details, hash FROM event WHERE sequence = 1",
        "DELETE FROM value",
        "UPDATE value SET hash = zeroblob(32)",
        "DELETE FROM token",
    ] {
        let error = db.execute(sql, []).unwrap_err().to_string();
        assert!(error.contains("never") || error.contains("in order"), "{sql}: {error}");
    }
    assert_eq!(deck.store.verify_events().unwrap().broken, None);
}

#[test]
fn a_guard_that_is_missing_or_does_nothing_is_reported() {
    let deck = deck();
    let problems = |store: &SqliteStore| -> Vec<String> {
        store.check().unwrap().into_iter().filter_map(|finding| finding.problem).collect()
    };
    assert_eq!(problems(&deck.store), Vec::<String>::new());
    shell(&deck.path).execute_batch("DROP TRIGGER event_no_delete").unwrap();
    assert_eq!(problems(&deck.store), ["'event_no_delete' is missing"]);
    let idle = "CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT 1; END";
    shell(&deck.path).execute_batch(idle).unwrap();
    assert_eq!(problems(&deck.store), ["'event_no_delete' was changed"]);
}

/// The value with one of its bytes changed, which one as `seed` says.
fn with_another_byte(value: Value, seed: usize) -> Value {
    let change = |bytes: &mut Vec<u8>| {
        let place = seed % bytes.len();
        bytes[place] ^= 1;
    };
    match value {
        Value::Null => Value::Integer(1),
        Value::Integer(number) => Value::Integer(number ^ (1 << (seed % 40))),
        Value::Text(text) => {
            let mut bytes = text.into_bytes();
            change(&mut bytes);
            Value::Text(String::from_utf8(bytes).unwrap())
        }
        Value::Blob(mut bytes) => {
            change(&mut bytes);
            Value::Blob(bytes)
        }
        Value::Real(number) => Value::Real(-number),
    }
}

#[test]
fn one_changed_byte_in_any_column_is_found_with_its_place() {
    let (folder, bytes) = closed_store();
    let columns =
        ["at", "user", "system_login", "subject_kind", "subject", "action", "details", "hash"];
    for (column, name) in columns.into_iter().enumerate() {
        for round in 0..125 {
            let seed = 7 * round + 13 * column + 1;
            let place = 1 + (seed as u64 * 2_654_435_761) % EVENTS;
            let report = report_after(folder.path(), &bytes, |db| {
                let read = format!("SELECT {name} FROM event WHERE sequence = {place}");
                let value: Value = db.query_row(&read, [], |row| row.get(0)).unwrap();
                let write = format!("UPDATE event SET {name} = ?1 WHERE sequence = {place}");
                assert_eq!(db.execute(&write, [with_another_byte(value, seed)]).unwrap(), 1);
            });
            assert_eq!(broken_at(&report), Some(place), "{name} of event {place}");
            assert_eq!(report.events, place - 1, "those before it hold");
        }
    }
}

#[test]
fn removed_added_and_moved_events_are_found_with_their_place() {
    let (folder, bytes) = closed_store();
    let place = |sql: &str| {
        broken_at(&report_after(folder.path(), &bytes, |db| db.execute_batch(sql).unwrap()))
    };
    assert_eq!(place(""), None);
    assert_eq!(place("DELETE FROM event WHERE sequence = 17"), Some(17));
    assert_eq!(place("DELETE FROM event WHERE sequence = 1"), Some(1));
    assert_eq!(place("DELETE FROM event WHERE sequence > 40"), Some(41), "a cut tail");
    assert_eq!(place("DELETE FROM event"), Some(1));
    let copy = "INSERT INTO event SELECT 43, at, user, system_login, subject_kind, subject,
                action, details, hash FROM event WHERE sequence = 42";
    assert_eq!(place(copy), Some(43));
    let swap = "UPDATE event SET sequence = -1 WHERE sequence = 5;
                UPDATE event SET sequence = 5 WHERE sequence = 6;
                UPDATE event SET sequence = 6 WHERE sequence = -1";
    assert_eq!(place(swap), Some(5));
    assert_eq!(place("UPDATE head SET hash = zeroblob(32)"), Some(EVENTS));
    assert_eq!(place("UPDATE head SET at = at - 1"), Some(EVENTS));
    assert_eq!(place("UPDATE head SET sequence = 41"), Some(42));
}

#[test]
fn the_log_of_one_store_is_not_the_log_of_another() {
    let (folder, bytes) = closed_store();
    let report = report_after(folder.path(), &bytes, |db| {
        db.execute_batch("UPDATE meta SET store = zeroblob(16)").unwrap();
    });
    assert_eq!(broken_at(&report), Some(1));
}
