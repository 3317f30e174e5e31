//! The log is append-only, and whoever changes it all the same is found out, with
//! the place.

use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value;
use tempfile::TempDir;
use tokendeck::domain::event::{LogFault, Point};
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
    report_through(folder, bytes, None, tamper)
}

/// The same where a head was kept.
fn report_through(
    folder: &Path,
    bytes: &[u8],
    kept: Option<Point>,
    tamper: impl FnOnce(&Connection),
) -> ChainReport {
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
    SqliteStore::open(&path).unwrap().verify_events_through(kept).unwrap()
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
           action, details, bytes, hash FROM event WHERE sequence = 1",
        "INSERT OR REPLACE INTO event SELECT 2, at, user, system_login, subject_kind, subject,
           action, details, bytes, hash FROM event WHERE sequence = 1",
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
    let columns = [
        "at",
        "user",
        "system_login",
        "subject_kind",
        "subject",
        "action",
        "details",
        "bytes",
        "hash",
    ];
    for (column, name) in columns.into_iter().enumerate() {
        for round in 0..60 {
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
                action, details, bytes, hash FROM event WHERE sequence = 42";
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

/// What somebody with the file and SQL does to the log.
#[derive(Debug, Clone)]
enum Tampering {
    /// A byte of one of the columns.
    Byte { column: usize, seed: usize },
    /// All of a column, as another event has it.
    Copied { column: usize, from: u64 },
    /// The event is gone.
    Removed,
    /// The event and all behind it are gone, and the head says so.
    Cut,
    /// The event changes places with the next.
    Swapped,
    /// One like it stands in between, and all behind move on.
    Added,
    /// The end is remembered elsewhere.
    Head { seed: u64 },
}

const COLUMNS: [&str; 9] =
    ["at", "user", "system_login", "subject_kind", "subject", "action", "details", "bytes", "hash"];

fn tampering() -> impl Strategy<Value = Tampering> {
    let column = 0..COLUMNS.len();
    prop_oneof![
        4 => (column.clone(), any::<usize>())
            .prop_map(|(column, seed)| Tampering::Byte { column, seed: seed % 100_000 }),
        2 => (column, 1..=EVENTS).prop_map(|(column, from)| Tampering::Copied { column, from }),
        1 => Just(Tampering::Removed),
        1 => Just(Tampering::Cut),
        1 => Just(Tampering::Swapped),
        1 => Just(Tampering::Added),
        1 => any::<u64>().prop_map(|seed| Tampering::Head { seed }),
    ]
}

/// Does it to the event at `place`, and says where it must be found: nowhere where only a
/// head that was kept elsewhere tells.
fn tamper(db: &Connection, place: u64, how: &Tampering) -> Option<u64> {
    let run = |sql: String| db.execute_batch(&sql).unwrap();
    match *how {
        Tampering::Byte { column, seed } => {
            let name = COLUMNS[column];
            let read = format!("SELECT {name} FROM event WHERE sequence = {place}");
            let value: Value = db.query_row(&read, [], |row| row.get(0)).unwrap();
            let write = format!("UPDATE event SET {name} = ?1 WHERE sequence = {place}");
            db.execute(&write, [with_another_byte(value, seed)]).unwrap();
            Some(place)
        }
        Tampering::Copied { column, from } => {
            let name = COLUMNS[column];
            let read = format!("SELECT {name} FROM event WHERE sequence = ");
            let value = |at: u64| -> Value {
                db.query_row(&format!("{read}{at}"), [], |row| row.get(0)).unwrap()
            };
            if value(place) == value(from) {
                let seed = usize::try_from(from).unwrap();
                return tamper(db, place, &Tampering::Byte { column, seed });
            }
            run(format!("UPDATE event SET {name} = ({read}{from}) WHERE sequence = {place}"));
            Some(place)
        }
        Tampering::Removed => {
            run(format!("DELETE FROM event WHERE sequence = {place}"));
            Some(place)
        }
        Tampering::Cut => {
            let last = place - 1;
            run(format!(
                "DELETE FROM event WHERE sequence >= {place};
                 UPDATE head SET sequence = {last},
                   hash = ifnull((SELECT hash FROM event WHERE sequence = {last}), hash),
                   at = (SELECT at FROM event WHERE sequence = {last})"
            ));
            // With nothing left the end can't be that of the beginning.
            (last == 0).then_some(0)
        }
        Tampering::Swapped if place == EVENTS => tamper(db, place, &Tampering::Removed),
        Tampering::Swapped => {
            let next = place + 1;
            run(format!(
                "UPDATE event SET sequence = -1 WHERE sequence = {place};
                 UPDATE event SET sequence = {place} WHERE sequence = {next};
                 UPDATE event SET sequence = {next} WHERE sequence = -1"
            ));
            Some(place)
        }
        Tampering::Added => {
            run(format!(
                "UPDATE event SET sequence = -sequence - 1 WHERE sequence > {place};
                 UPDATE event SET sequence = -sequence WHERE sequence < 0;
                 INSERT INTO event SELECT {place} + 1, at, user, system_login, subject_kind,
                   subject, action, details, bytes, hash FROM event WHERE sequence = {place};
                 UPDATE head SET sequence = sequence + 1"
            ));
            Some(place + 1)
        }
        Tampering::Head { seed } => {
            run(format!("UPDATE head SET hash = x'{seed:064x}'"));
            Some(EVENTS)
        }
    }
}

#[test]
fn a06_a_thousand_random_tamperings_are_found_with_their_place() {
    let (folder, bytes) = closed_store();
    let head = {
        let path = folder.path().join("tokens.db");
        SqliteStore::open(&path).unwrap().verify_events().unwrap().head
    };
    let config =
        ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() };
    let place_and_how = (1..=EVENTS, tampering());
    let mut runner = proptest::test_runner::TestRunner::new(config);
    runner
        .run(&place_and_how, |(place, how)| {
            let mut expected = None;
            let report = report_through(folder.path(), &bytes, Some(head), |db| {
                expected = tamper(db, place, &how);
            });
            match (&how, expected) {
                (Tampering::Cut, None) => {
                    // The chain that is left is whole: a head kept elsewhere tells.
                    prop_assert_eq!(&report.broken, &None);
                    let unmet = report.unmet.map(|unmet| (unmet.at, unmet.fault));
                    prop_assert_eq!(unmet, Some((EVENTS, LogFault::Short)));
                }
                (_, Some(at)) => prop_assert_eq!(broken_at(&report), Some(at)),
                (_, None) => prop_assert!(false, "each is a tampering"),
            }
            prop_assert!(!report.is_well());
            Ok(())
        })
        .unwrap();
}

#[test]
fn a06_a_head_that_was_kept_tells_of_a_log_that_was_cut_or_made_anew() {
    let (folder, bytes) = closed_store();
    let through = |expected: Point, tamper: &dyn Fn(&Connection)| {
        let report = report_through(folder.path(), &bytes, Some(expected), tamper);
        assert_eq!(report.broken, None, "by itself it is whole");
        report.unmet.map(|unmet| (unmet.at, unmet.fault))
    };
    let kept = report_after(folder.path(), &bytes, |_| {}).head;
    assert_eq!(kept.sequence, EVENTS);
    assert_eq!(through(kept, &|_| {}), None);
    let cut = |db: &Connection| {
        db.execute_batch(
            "DELETE FROM event WHERE sequence > 30;
             UPDATE head SET sequence = 30,
               hash = (SELECT hash FROM event WHERE sequence = 30),
               at = (SELECT at FROM event WHERE sequence = 30)",
        )
        .unwrap();
    };
    assert_eq!(through(kept, &cut), Some((EVENTS, LogFault::Short)));
    let before = report_after(folder.path(), &bytes, cut).head;
    assert_eq!(through(before, &|_| {}), None, "an older head is still on the way");
    let other = Point { hash: [7; 32], ..before };
    assert_eq!(through(other, &|_| {}), Some((30, LogFault::Rebuilt)));
    let beginning = Point { sequence: 0, hash: [7; 32] };
    assert_eq!(through(beginning, &|_| {}), Some((0, LogFault::Rebuilt)), "of another store");
}
