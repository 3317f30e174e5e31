//! Backups and restores: whole or not at all, whoever else is there and whenever
//! the process is killed.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokendeck::store::sqlite::{STEPS, SqliteStore, restore};
use tokendeck::store::{Store, StoreError};

use crate::support::{all_tokens, ask, commit, creation, deck, empty_deck, shell};

const PLACE: &str = "TOKENDECK_TEST_RESTORE";

#[test]
fn a_restore_is_refused_while_the_store_is_in_use() {
    let deck = deck();
    let backup = deck.folder.path().join("one.bak");
    deck.store.back_up(&backup).unwrap();
    commit(&deck.store, vec![creation(1)]);
    let error = restore(&backup, &deck.path).unwrap_err();
    assert!(error.to_string().contains("another process is using the store"), "{error}");
    assert_eq!(all_tokens(&deck.store).len(), 1);
    commit(&deck.store, vec![creation(2)]);
    assert_eq!(deck.store.verify_events().unwrap().broken, None);
}

#[test]
fn who_opened_the_replaced_file_cannot_write_where_nobody_looks() {
    let deck = deck();
    let (path, backup) = (deck.path.clone(), deck.folder.path().join("one.bak"));
    deck.store.back_up(&backup).unwrap();
    let crate::support::Deck { store, folder: _folder, .. } = deck;
    drop(store);
    // A second name keeps the replaced file for this test to look at.
    let orphan = path.with_file_name("orphan.db");
    std::fs::hard_link(&path, &orphan).unwrap();
    restore(&backup, &path).unwrap();
    let error = SqliteStore::open(&orphan).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::TooNew { .. }), "{error}");
    SqliteStore::open(&path).unwrap();
}

#[test]
fn a_damaged_store_is_moved_aside_and_a_missing_one_is_just_made() {
    let deck = deck();
    let (path, backup) = (deck.path.clone(), deck.folder.path().join("one.bak"));
    commit(&deck.store, vec![creation(1)]);
    deck.store.back_up(&backup).unwrap();
    let crate::support::Deck { store, folder: _folder, .. } = deck;
    drop(store);
    std::fs::write(&path, "what a bad disk left of it").unwrap();
    let done = restore(&backup, &path).unwrap();
    let kept = std::fs::read_to_string(done.kept.unwrap()).unwrap();
    assert_eq!((kept.as_str(), done.sequence_before), ("what a bad disk left of it", None));
    assert_eq!(all_tokens(&SqliteStore::open(&path).unwrap()).len(), 1);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(restore(&backup, &path).unwrap().kept, None);
    assert_eq!(all_tokens(&SqliteStore::open(&path).unwrap()).len(), 1);
}

#[test]
fn a_newer_or_tampered_backup_is_refused() {
    let deck = deck();
    let newer = deck.folder.path().join("newer.bak");
    deck.store.back_up(&newer).unwrap();
    let next = STEPS.last().unwrap().to + 1;
    shell(&newer).pragma_update(None, "user_version", next).unwrap();
    let error = restore(&newer, &deck.path).unwrap_err();
    assert!(matches!(error, StoreError::TooNew { .. }), "{error}");
    let tampered = deck.folder.path().join("tampered.bak");
    deck.store.back_up(&tampered).unwrap();
    let edit = "DROP TRIGGER event_no_update; UPDATE event SET at = at + 1 WHERE sequence = 1";
    shell(&tampered).execute_batch(edit).unwrap();
    let error = restore(&tampered, &deck.path).unwrap_err();
    assert!(error.to_string().contains("chain of events is broken at 1"), "{error}");
}

fn child(folder: &Path, task: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", task, "--ignored"])
        .env(PLACE, folder)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "a part of the test below, which runs it in a process of its own"]
fn saves_and_restores_until_killed() {
    let folder = PathBuf::from(std::env::var_os(PLACE).unwrap());
    let path = folder.join("tokens.db");
    for round in 0.. {
        for which in ["one.bak", "two.bak"] {
            restore(&folder.join(which), &path).unwrap();
        }
        let saved = folder.join(format!("saved-{}-{round}", std::process::id()));
        SqliteStore::open(&path).unwrap().back_up(&saved).unwrap();
    }
}

#[test]
fn killed_at_any_moment_a_whole_store_is_in_place_and_every_backup_is_whole() {
    let deck = empty_deck();
    let folder = deck.folder.path().to_owned();
    deck.store.back_up(&folder.join("one.bak")).unwrap();
    let acme = crate::support::account(crate::support::ACME, "Acme");
    commit(&deck.store, std::iter::once(acme).chain((1..=40).map(creation)).collect());
    deck.store.back_up(&folder.join("two.bak")).unwrap();
    let path = deck.path.clone();
    let crate::support::Deck { store, folder: _kept, .. } = deck;
    drop(store);
    for round in 0..12_u64 {
        let mut child = child(&folder, "restore::saves_and_restores_until_killed");
        std::thread::sleep(Duration::from_millis(60 + 37 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = SqliteStore::open(&path).unwrap();
        assert_eq!(store.verify_events().unwrap().broken, None);
        let tokens = all_tokens(&store).len();
        assert!(tokens == 0 || tokens == 40, "{tokens}");
        assert_eq!(ask(&store, |state| state.head()).sequence, if tokens == 0 { 0 } else { 41 });
    }
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let finished = |name: &str| !name.contains(".new-") && ending(name).as_deref() != Some("db");
    let mut saved = 0;
    for file in std::fs::read_dir(&folder).unwrap() {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        if finished(&name)
            && (name.starts_with("saved-") || ending(&name).as_deref() == Some("bak"))
        {
            let backup = SqliteStore::open(&file.path()).unwrap();
            assert_eq!(backup.verify_events().unwrap().broken, None, "{name}");
            saved += 1;
        }
    }
    assert!(saved > 2, "some backups were made");
}
