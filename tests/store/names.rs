//! What is kept of names: the keys by which they clash, also of a store that is older
//! than the rules of today, and what they look like.

use std::path::{Path, PathBuf};

use rusqlite::params;
use tempfile::TempDir;
use tokendeck::domain::{CredentialChange, EventAction, Token, name};
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{CommitError, NameAsked, Store};

use crate::support::{
    ACME, BOREALIS, all_tokens, ask, change, commit, creation, deck, id, shell, token, try_commit,
};

/// Gives a token of an old store a name and the key that names had then.
fn call(path: &Path, number: i64, called: &str) {
    let key = called.trim().to_lowercase();
    let row = "UPDATE token SET name = ?2, name_key = ?3 WHERE id = ?1";
    assert_eq!(shell(path).execute(row, params![number, called, key]).unwrap(), 1);
}

/// The store of schema 4 that is kept for tests, in a folder of its own.
fn before() -> (TempDir, PathBuf) {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tokens.db");
    std::fs::copy("tests/store/before/schema_4.db", &path).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    (folder, path)
}

fn looks(store: &SqliteStore, token: &Token) -> Vec<u64> {
    let Token { id, account, name, .. } = token;
    let asked = NameAsked { id: Some(*id), account: *account, name };
    ask(store, |state| state.look_alikes(&[asked])).iter().map(|(_, id)| id.number()).collect()
}

fn told(store: &SqliteStore) -> String {
    let findings = store.check().unwrap();
    assert!(findings.iter().all(|finding| finding.problem.is_none()), "{findings:?}");
    findings.into_iter().find(|finding| finding.what.starts_with("names")).unwrap().what
}

fn renamed(mut token: Token, called: &str) -> tokendeck::domain::Change {
    token.version += 1;
    called.clone_into(&mut token.name);
    change(token, CredentialChange::Keep, EventAction::Edited)
}

#[test]
fn a18_names_of_before_that_collide_keep_their_keys_are_listed_and_clash_when_changed() {
    let (_folder, path) = before();
    let ids: Vec<i64> = {
        let shell = shell(&path);
        let mut rows = shell
            .prepare(
                "SELECT id FROM token WHERE deleted_at IS NULL AND account = 10002 ORDER BY id",
            )
            .unwrap();
        rows.query_map([], |row| row.get(0)).unwrap().flatten().collect()
    };
    let [one, two, three] = ids[..3] else { panic!("{ids:?}") };
    call(&path, one, "Night  shift");
    call(&path, two, "night shift");
    call(&path, three, "night\u{a0}shift");
    let store = SqliteStore::open(&path).unwrap();
    let key = |number: i64| -> String {
        let sql = "SELECT name_key FROM token WHERE id = ?1";
        shell(&path).query_row(sql, [number], |row| row.get(0)).unwrap()
    };
    // The key of today is whose it was already; the others keep theirs.
    assert_eq!(key(two), "night shift");
    assert_eq!((key(one).as_str(), key(three).as_str()), ("night  shift", "night\u{a0}shift"));
    let listed = told(&store);
    for number in [one, two, three] {
        let id = id(u64::try_from(number).unwrap() - 1000_0000).to_string();
        assert!(listed.contains(&id), "{id} is missing in {listed}");
    }
    let tokens = all_tokens(&store);
    let of = |number: i64| {
        let wanted = |token: &&Token| token.id.number() == u64::try_from(number).unwrap();
        tokens.iter().find(wanted).unwrap().clone()
    };
    assert_eq!(looks(&store, &of(one)).len(), 2);
    // All of them can be changed but in their names, and keep their keys then.
    let mut described = of(three);
    described.version += 1;
    described.description = "changed".to_owned();
    commit(&store, vec![change(described, CredentialChange::Keep, EventAction::Edited)]);
    assert_eq!(key(three), "night\u{a0}shift");
    // Another spelling of the same name clashes.
    let error = try_commit(&store, vec![renamed(of(one), "NIGHT shift")]).unwrap_err();
    assert!(matches!(error, CommitError::Refused(_)), "{error}");
    commit(&store, vec![renamed(of(one), "day shift")]);
    assert_eq!(key(one), "day shift");
}

#[test]
fn a18_a_migration_computes_what_every_name_looks_like_and_how_it_is_searched() {
    let (_folder, path) = before();
    let store = SqliteStore::open(&path).unwrap();
    let mut rows = 0;
    let shell = shell(&path);
    let sql = "SELECT name, description, name_key, skeleton, folded FROM token";
    let mut found = shell.prepare(sql).unwrap();
    let mut found = found.query([]).unwrap();
    while let Some(row) = found.next().unwrap() {
        let text = |column: usize| row.get::<_, String>(column).unwrap();
        if text(0) != "robot\u{a0}a" {
            assert_eq!(text(2), name::key(&text(0)));
        }
        assert_eq!(text(3), name::skeleton(&text(0)));
        assert_eq!(text(4), name::folded(&text(0), &text(1)));
        rows += 1;
    }
    assert!(rows > 3);
    let logins = "SELECT count(*) FROM user WHERE skeleton = ''";
    assert_eq!(shell.query_row(logins, [], |row| row.get::<_, i64>(0)).unwrap(), 0);
    // The store has two that collide.
    assert!(told(&store).contains("'robot a' (TKN-1000-0001), 'robot\u{a0}a' (TKN-1000-0002)"));
    assert_eq!(told(&deck().store), "names");
}

#[test]
fn a18_look_alikes_are_found_among_tokens_that_are_not_deleted() {
    let deck = deck();
    let store = &deck.store;
    let called = |number: u64, name: &str, account| {
        let token = Token { name: name.to_owned(), account: Some(account), ..token(number) };
        let tokendeck::domain::Change::Token(made) = creation(number) else { panic!("no token") };
        change(token, made.credential.clone(), EventAction::Created)
    };
    commit(
        store,
        vec![
            called(1, "robot", ACME),
            called(2, "r\u{43e}bot", ACME),
            called(3, "Robot", BOREALIS),
            called(4, "rob0t", BOREALIS),
            called(5, "other", ACME),
        ],
    );
    let tokens = all_tokens(store);
    let numbers = |place: usize| -> Vec<u64> {
        looks(store, &tokens[place]).iter().map(|number| number - 1000_0000).collect()
    };
    // One name in two accounts is no look-alike.
    assert_eq!(numbers(0), [2, 4]);
    assert_eq!(numbers(1), [1, 3, 4]);
    assert_eq!(numbers(4), Vec::<u64>::new());
    // A name that nobody bears yet is asked for like any other.
    let asked = NameAsked { id: None, account: Some(ACME), name: "rob\u{3bf}t" };
    let found = ask(store, |state| state.look_alikes(&[asked]));
    assert_eq!(found.len(), 4);
    commit(store, vec![crate::support::deletion(tokens[1].clone())]);
    assert_eq!(numbers(0), [4]);
}
