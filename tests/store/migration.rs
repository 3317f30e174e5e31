//! A newer schema: a verified backup first, then the step, whole or not at all.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use tokendeck::domain::{Detail, EventAction, Subject, UserId, Window};
use tokendeck::store::sqlite::{STEPS, SchemaStep, SqliteOptions, SqliteStore};
use tokendeck::store::{EventFilter, LogOrder, Store, StoreError};

use crate::support::{Deck, all_tokens, ask, at, commit, creation, deck, shell, try_commit};

const NEXT: SchemaStep = SchemaStep::by_sql(6, "ALTER TABLE account ADD COLUMN note TEXT;");
const WRONG: SchemaStep =
    SchemaStep::by_sql(6, "ALTER TABLE account ADD COLUMN note TEXT; SELECT 1 FROM no;");
static NEWER: &[SchemaStep] = &[STEPS[0], STEPS[1], STEPS[2], STEPS[3], STEPS[4], NEXT];
static BAD: &[SchemaStep] = &[STEPS[0], STEPS[1], STEPS[2], STEPS[3], STEPS[4], WRONG];

fn open(deck: &Deck, steps: &'static [SchemaStep]) -> Result<SqliteStore, StoreError> {
    SqliteStore::open_with(&deck.path, SqliteOptions { steps, ..SqliteOptions::default() })
}

fn filled() -> Deck {
    let deck = deck();
    commit(&deck.store, (1..=30).map(creation).collect());
    deck
}

fn backups(deck: &Deck) -> Vec<PathBuf> {
    let files = std::fs::read_dir(deck.folder.path()).unwrap();
    let mut names: Vec<_> = files
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "bak"))
        .collect();
    names.sort();
    names
}

#[test]
fn a_step_is_taken_behind_a_backup_that_opens_as_the_store_was() {
    let deck = filled();
    let before = all_tokens(&deck.store);
    let migrated = open(&deck, NEWER).unwrap();
    assert_eq!(all_tokens(&migrated), before);
    assert_eq!(migrated.verify_events().unwrap().broken, None);
    let problems = migrated.check().unwrap().into_iter().filter_map(|finding| finding.problem);
    assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new());
    let newest = ask(&migrated, |state| {
        let window = Window { offset: 0, limit: 1 };
        Ok(state.events(&EventFilter::default(), LogOrder::Descending, window)?.remove(0))
    });
    assert_eq!((newest.action, newest.subject), (EventAction::Migrated, Subject::Store));
    assert_eq!(newest.details, [Detail::Schema { version: 6 }]);

    let backups = backups(&deck);
    assert_eq!(backups.len(), 1);
    let name = backups[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("tokens.db.v5-20"), "{name}");
    assert_eq!(std::fs::metadata(&backups[0]).unwrap().mode() & 0o777, 0o600);
    let old = SqliteStore::open(&backups[0]).unwrap();
    assert_eq!(all_tokens(&old), before);
    assert_eq!(old.verify_events().unwrap().events, 32);
}

#[test]
fn a_store_at_the_last_step_is_not_migrated_again() {
    let deck = filled();
    drop(open(&deck, NEWER).unwrap());
    let head = ask(&open(&deck, NEWER).unwrap(), |state| state.head());
    assert_eq!(head.sequence, 33);
    assert_eq!(backups(&deck).len(), 1);
}

#[test]
fn of_two_that_migrate_at_once_one_takes_the_step() {
    let deck = filled();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| open(&deck, NEWER).unwrap());
        }
    });
    assert_eq!(backups(&deck).len(), 1);
    assert_eq!(ask(&open(&deck, NEWER).unwrap(), |state| state.head()).sequence, 33);
}

#[test]
fn a_step_that_fails_leaves_the_store_as_it_was() {
    let deck = filled();
    let before = (ask(&deck.store, |state| state.head()), all_tokens(&deck.store));
    assert!(open(&deck, BAD).is_err());
    let store = SqliteStore::open(&deck.path).unwrap();
    assert_eq!((ask(&store, |state| state.head()), all_tokens(&store)), before);
    let notes = shell(&deck.path).prepare("SELECT note FROM account").map(|_| ());
    assert!(notes.is_err(), "no half of the step is left");
}

#[test]
fn an_older_program_neither_opens_nor_writes_to_a_newer_store() {
    let deck = filled();
    drop(open(&deck, NEWER).unwrap());
    let error = SqliteStore::open(&deck.path).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::TooNew { found: 6, known: 5, .. }), "{error}");
    // Not even through what it had open before.
    let error = try_commit(&deck.store, vec![creation(99)]).unwrap_err();
    assert!(error.to_string().contains("has schema 6"), "{error}");
}

/// The same store as a program of schema 1 would have left it.
fn as_of_schema_1(later: &Path) -> PathBuf {
    let path = later.with_file_name("old.db");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let old = shell(&path);
    old.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    old.execute_batch(STEPS[0].sql).unwrap();
    old.execute("ATTACH ?1 AS new", [later.to_str().unwrap()]).unwrap();
    let tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = old.prepare(tables).unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().flatten().collect();
    for table in tables {
        let columns: String = old
            .query_row(
                "SELECT group_concat(name, ', ') FROM pragma_table_info(?1, 'main')",
                [&table],
                |row| row.get(0),
            )
            .unwrap();
        let copy = format!("INSERT INTO main.{table} SELECT {columns} FROM new.{table} ORDER BY 1");
        old.execute(&copy, []).unwrap();
    }
    old.execute_batch("DETACH new; PRAGMA application_id = 0x544B444B; PRAGMA user_version = 1")
        .unwrap();
    path
}

#[test]
fn a_store_of_schema_1_gets_jobs_and_operator_credentials_and_keeps_all_it_had() {
    let (folder, later) = of_schema_4();
    let path = as_of_schema_1(&later);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(all_tokens(&store), all_tokens(&SqliteStore::open(&later).unwrap()));
    assert_eq!(store.verify_events().unwrap().broken, None);
    let problems = store.check().unwrap().into_iter().filter_map(|finding| finding.problem);
    assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new());
    let (head, jobs) = ask(&store, |state| Ok((state.head()?, state.jobs(None, 9)?)));
    assert_eq!((head.sequence, head.jobs, jobs.len()), (28, 0, 0));
    assert!(ask(&store, |state| state.operator_credentials()).is_empty());
    let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name());
    let backups = files.filter(|name| name.to_string_lossy().starts_with("old.db.v1-"));
    assert_eq!(backups.count(), 1);
}

/// A store as the program of schema 4 left it: four tokens, two of which have names that
/// are the same now, a rotation that overlaps, jobs, an operator credential, and users
/// that were removed.
const BEFORE: &[u8] = include_bytes!("before/schema_4.db");
/// The end of its log.
pub(crate) const ITS_HEAD: &str =
    "4e4351ebf53e5367b7e6bc50438896ae339f6e6d97cd1dd5a7679d3510b8eb93";

pub(crate) fn of_schema_4() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("tokens.db");
    std::fs::write(&path, BEFORE).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    (folder, path)
}

#[test]
fn a_store_of_schema_4_opens_and_keeps_its_tokens_jobs_credentials_and_log() {
    let (_folder, path) = of_schema_4();
    let store = SqliteStore::open(&path).unwrap();
    let problems = store.check().unwrap().into_iter().filter_map(|finding| finding.problem);
    assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new());
    assert_eq!(store.verify_events().unwrap().events, 28);
    let (jobs, credentials, head, user) = ask(&store, |state| {
        let user = state.catalogue()?.users.remove(&UserId::new(1_0002)).unwrap();
        Ok((state.jobs(None, 9)?, state.operator_credentials()?, state.head()?, user))
    });
    assert_eq!(jobs.iter().map(|job| job.total).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(jobs.iter().map(|job| job.tally.skipped).collect::<Vec<_>>(), [0, 1]);
    let kim = UserId::new(1_0002);
    assert_eq!(
        credentials.iter().map(|c| (c.user, c.name.clone())).collect::<Vec<_>>(),
        [(kim, None)]
    );
    assert_eq!((user.login.as_str(), user.disabled_at), ("kim", None));
    assert_eq!(head.clock_mark, head.at);
    let tokens = all_tokens(&store);
    let names: Vec<_> = tokens.iter().map(|token| token.name.as_str()).collect();
    assert_eq!(names, ["robot a", "robot\u{a0}a", "pager", "old one"]);
    // When the values were issued, the events of before say.
    let issued: Vec<_> = tokens.iter().map(|token| token.value.unwrap().issued_at).collect();
    assert_eq!(issued, [at(25), at(20), at(21), at(22)].map(Some));
    assert_eq!(tokens[0].last_used_at, Some(at(61)));
    assert!(tokens[0].previous.is_some());
}

#[test]
fn a_migrated_log_goes_through_the_head_it_had() {
    let (_folder, path) = of_schema_4();
    drop(SqliteStore::open(&path).unwrap());
    let found: String = shell(&path)
        .query_row("SELECT lower(hex(hash)) FROM event WHERE sequence = 27", [], |row| row.get(0))
        .unwrap();
    assert_eq!(found, ITS_HEAD);
    let kept = Some(format!("27:{ITS_HEAD}").parse().unwrap());
    let report = SqliteStore::open(&path).unwrap().verify_events_through(kept).unwrap();
    assert!(report.is_well(), "{report:?}");
}

#[test]
fn a06_events_of_before_say_after_the_step_what_they_said() {
    let (_folder, path) = of_schema_4();
    let old = shell(&path);
    let read = "SELECT sequence, at, user, system_login, subject_kind, action, details, hash
                FROM event WHERE sequence <= 27 ORDER BY sequence";
    let rows = |db: &rusqlite::Connection| -> Vec<String> {
        let mut rows = db.prepare(read).unwrap();
        let row = |row: &rusqlite::Row<'_>| {
            let cell = |n| row.get_ref(n).map(|cell| format!("{cell:?}"));
            (0..8).map(cell).collect::<Result<Vec<_>, _>>().map(|cells| cells.join("|"))
        };
        rows.query_map([], row).unwrap().map(Result::unwrap).collect()
    };
    let before = rows(&old);
    drop(old);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(rows(&shell(&path)), before);
    let events = ask(&store, |state| {
        state.events(&EventFilter::default(), LogOrder::Ascending, Window::ALL)
    });
    assert_eq!((before.len(), events.len()), (27, 28));
    assert!(events.iter().all(|event| !matches!(event.subject, Subject::Other { .. })));
    assert!(!events.iter().any(|event| matches!(event.action, EventAction::Other(_))));
}

#[test]
fn a06_a_log_that_was_touched_before_the_step_is_found_at_its_place_after_it() {
    for (tamper, place) in [
        ("UPDATE event SET action = 'editee' WHERE sequence = 9", 9),
        ("UPDATE event SET details = '[' WHERE sequence = 9", 9),
        ("UPDATE event SET subject_kind = 'tokem' WHERE sequence = 3", 3),
        ("UPDATE event SET user = -4 WHERE sequence = 4", 4),
        ("UPDATE event SET hash = zeroblob(32) WHERE sequence = 5", 5),
        ("DELETE FROM event WHERE sequence = 6", 6),
        ("DELETE FROM event WHERE sequence > 20", 21),
    ] {
        let (_folder, path) = of_schema_4();
        let old = shell(&path);
        old.execute_batch(
            "DROP TRIGGER event_no_update; DROP TRIGGER event_no_delete; DROP TRIGGER event_in_order;
             PRAGMA ignore_check_constraints = ON;",
        )
        .unwrap();
        old.execute_batch(tamper).unwrap();
        drop(old);
        let opened = SqliteStore::open(&path);
        // Where the end is gone, the store can't go on behind it.
        let Ok(store) = opened else { continue };
        let report = store.verify_events().unwrap();
        assert_eq!(report.broken.map(|(at, _)| at), Some(place), "{tamper}");
    }
}

#[test]
fn a_store_of_schema_4_is_backed_up_as_it_was_first() {
    let (folder, path) = of_schema_4();
    drop(SqliteStore::open(&path).unwrap());
    let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    let backups: Vec<_> = files.filter(|p| p.extension().is_some_and(|e| e == "bak")).collect();
    assert_eq!(backups.len(), 1);
    let backup = shell(&backups[0]);
    let version: u32 = backup.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    let head: String =
        backup.query_row("SELECT lower(hex(hash)) FROM head", [], |row| row.get(0)).unwrap();
    assert_eq!((version, head.as_str()), (4, ITS_HEAD));
}
