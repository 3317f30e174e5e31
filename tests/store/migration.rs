//! A newer schema: a verified backup first, then the step, whole or not at all.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::PathBuf;

use tokendeck::domain::{Detail, EventAction, Subject, Window};
use tokendeck::store::sqlite::{Options, STEPS, SqliteStore, Step};
use tokendeck::store::{EventFilter, Order, Store, StoreError};

use crate::support::{Deck, all_tokens, ask, commit, creation, deck, shell, try_commit};

const NEXT: Step = Step { to: 5, sql: "ALTER TABLE account ADD COLUMN note TEXT;" };
const WRONG: Step =
    Step { to: 5, sql: "ALTER TABLE account ADD COLUMN note TEXT; SELECT 1 FROM no;" };
static NEWER: &[Step] = &[STEPS[0], STEPS[1], STEPS[2], STEPS[3], NEXT];
static BAD: &[Step] = &[STEPS[0], STEPS[1], STEPS[2], STEPS[3], WRONG];

fn open(deck: &Deck, steps: &'static [Step]) -> Result<SqliteStore, StoreError> {
    SqliteStore::open_with(&deck.path, Options { steps, ..Options::default() })
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
        Ok(state.events(&EventFilter::default(), Order::Descending, window)?.remove(0))
    });
    assert_eq!((newest.action, newest.subject), (EventAction::Migrated, Subject::Store));
    assert_eq!(newest.details, [Detail::Schema { version: 5 }]);

    let backups = backups(&deck);
    assert_eq!(backups.len(), 1);
    let name = backups[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("tokens.db.v4-20"), "{name}");
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
    assert!(matches!(error, StoreError::TooNew { found: 5, known: 4, .. }), "{error}");
    // Not even through what it had open before.
    let error = try_commit(&deck.store, vec![creation(99)]).unwrap_err();
    assert!(error.to_string().contains("has schema 5"), "{error}");
}

/// The same store as a program of schema 1 would have left it.
fn as_of_schema_1(deck: &Deck) -> PathBuf {
    let path = deck.folder.path().join("old.db");
    std::fs::write(&path, "").unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let old = shell(&path);
    old.execute_batch(STEPS[0].sql).unwrap();
    old.execute("ATTACH ?1 AS new", [deck.path.to_str().unwrap()]).unwrap();
    let tables = "SELECT name FROM main.sqlite_schema WHERE type = 'table' ORDER BY name";
    let mut tables = old.prepare(tables).unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().flatten().collect();
    for table in tables {
        let columns = if table == "head" { "id, sequence, at, hash, uses" } else { "*" };
        let copy = format!("INSERT INTO main.{table} SELECT {columns} FROM new.{table} ORDER BY 1");
        old.execute(&copy, []).unwrap();
    }
    old.execute_batch("DETACH new; PRAGMA application_id = 0x544B444B; PRAGMA user_version = 1")
        .unwrap();
    path
}

#[test]
fn a_store_of_schema_1_gets_jobs_and_operator_credentials_and_keeps_all_it_had() {
    let deck = filled();
    let path = as_of_schema_1(&deck);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(all_tokens(&store), all_tokens(&deck.store));
    let problems = store.check().unwrap().into_iter().filter_map(|finding| finding.problem);
    assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new());
    let (head, jobs) = ask(&store, |state| Ok((state.head()?, state.jobs(None, 9)?)));
    assert_eq!((head.sequence, head.jobs, jobs.len()), (35, 0, 0));
    assert!(ask(&store, |state| state.operator_credentials()).is_empty());
    assert_eq!(backups(&deck).len(), 3);
}
