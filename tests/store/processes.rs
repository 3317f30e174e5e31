//! Several processes on one store: nothing lost, nothing stuck, nothing half done.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tokendeck::domain::TokenId;
use tokendeck::seal;
use tokendeck::store::sqlite::{SqliteOptions, SqliteStore};
use tokendeck::store::{NewPlace, Store, StoreError};

use crate::support::{
    all_tokens, ask, commit, creation, deck, guid, new_store_at, revocation, shell, token,
    try_commit,
};

/// Makes a token under the next free id and returns the id.
fn make_one(store: &dyn Store) -> TokenId {
    let mut made = None;
    store
        .commit(&mut |state| {
            let next = state.next_token_id()?;
            made = Some(next);
            Ok(vec![creation(next.number() - 1000_0000)])
        })
        .unwrap();
    made.unwrap()
}

#[test]
fn instances_that_write_at_once_lose_nothing() {
    let deck = deck();
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let path = deck.path.clone();
            thread::spawn(move || {
                let store = SqliteStore::open(&path).unwrap();
                (0..25).map(|_| make_one(&store)).collect::<Vec<_>>()
            })
        })
        .collect();
    let mut made: Vec<_> = writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect();
    made.sort();
    let found: Vec<_> = all_tokens(&deck.store).iter().map(|token| token.id).collect();
    assert_eq!(found.len(), 100);
    assert_eq!(found, made);
    assert_eq!(deck.store.verify_events().unwrap().broken, None);
}

const PLACE: &str = "TOKENDECK_TEST_STORE";

/// A process that makes tokens until it is stopped, and names each one that was
/// committed.
fn child(path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "processes::makes_tokens_until_stopped", "--ignored", "--nocapture"])
        .env(PLACE, path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
#[ignore = "a part of the tests below, which run it in a process of its own"]
fn makes_tokens_until_stopped() {
    use std::io::Write;
    let path = PathBuf::from(std::env::var_os(PLACE).unwrap());
    let store = SqliteStore::open(&path).unwrap();
    let mut out = std::io::stdout();
    loop {
        writeln!(out, "\nmade {}", make_one(&store)).unwrap();
    }
}

/// Reads ids that the process has named: so many, and then all until its end.
fn acknowledged(child: &mut Child, enough: usize) -> Vec<TokenId> {
    let mut ids = vec![];
    let mut killed = false;
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        ids.extend(line.unwrap().strip_prefix("made ").and_then(|id| id.parse::<TokenId>().ok()));
        if ids.len() >= enough && !killed {
            child.kill().unwrap();
            killed = true;
        }
    }
    child.wait().unwrap();
    ids
}

#[test]
fn what_a_killed_process_had_committed_is_there_and_nothing_is_half_done() {
    let deck = deck();
    for round in 1..=6 {
        let mut first = child(&deck.path);
        let mut second = child(&deck.path);
        let mut ids = acknowledged(&mut first, 3 * round);
        ids.extend(acknowledged(&mut second, 2));
        let tokens = all_tokens(&deck.store);
        for id in ids {
            assert!(tokens.iter().any(|token| token.id == id), "{id} was committed");
        }
        let report = deck.store.verify_events().unwrap();
        assert_eq!(report.broken, None);
        // Two accounts, and one event for each token: neither without the other.
        assert_eq!(report.events, 2 + tokens.len() as u64);
        for token in tokens {
            let value = token.value.unwrap().guid;
            assert!(ask(&deck.store, |state| state.credential(value)).is_some());
        }
    }
}

#[test]
fn a_lock_held_elsewhere_lets_readers_pass_and_stops_a_writer_in_time() {
    let deck = deck();
    commit(&deck.store, vec![creation(1)]);
    let other = shell(&deck.path);
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let options = SqliteOptions { busy: Duration::from_millis(300), ..SqliteOptions::default() };
    let store = SqliteStore::open_with(&deck.path, options).unwrap();
    assert_eq!(all_tokens(&store), [token(1)]);

    let start = Instant::now();
    let answer = try_commit(&store, vec![revocation(token(1))]).unwrap_err();
    assert!(start.elapsed() >= Duration::from_millis(250), "it waits: {:?}", start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(4), "not for ever: {:?}", start.elapsed());
    assert!(answer.to_string().contains("is busy"), "{answer}");
    assert_eq!(all_tokens(&store), [token(1)]);

    other.execute_batch("ROLLBACK").unwrap();
    commit(&store, vec![revocation(token(1))]);
}

#[test]
fn of_many_that_make_one_store_exactly_one_does_and_all_can_use_it() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("deck").join("tokens.db");
    let makers: Vec<_> = (0..8)
        .map(|_| {
            let (path, place) = (path.clone(), NewPlace::of(&path).unwrap());
            thread::spawn(move || match SqliteStore::create(&path, &new_store_at(&place)) {
                Ok(store) => (store, true),
                Err(StoreError::Exists(_)) => (SqliteStore::open(&path).unwrap(), false),
                Err(error) => panic!("{error}"),
            })
        })
        .collect();
    let made: Vec<_> = makers.into_iter().map(|maker| maker.join().unwrap()).collect();
    assert_eq!(made.iter().filter(|(_, made)| *made).count(), 1);
    for (store, _) in &made {
        let slots = ask(store, |state| state.key_slots());
        seal::unlock(store.place(), &store.info().id, &slots).unwrap();
    }
    let names: Vec<_> = std::fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".new-"))
        .collect();
    assert_eq!(names, Vec::<String>::new(), "no draft is left");
}

#[test]
fn a_panic_while_deciding_leaves_the_store_usable() {
    let deck = deck();
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        deck.store.commit(&mut |_| panic!("a fault of the caller"))
    }));
    assert!(panicked.is_err());
    commit(&deck.store, vec![creation(1)]);
    assert!(ask(&deck.store, |state| state.credential(guid(1))).is_some());
}
