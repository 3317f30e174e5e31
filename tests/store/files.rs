//! Files: for one user alone, and untouched where they are no store.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use tempfile::TempDir;
use tokendeck::seal::KeyFile;
use tokendeck::store::beside::beside;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{Store, StoreError};

use crate::support::{commit, creation, deck, empty_deck, new_store};

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn write_private(path: &Path, bytes: &[u8]) {
    fs::write(path, bytes).unwrap();
    set_mode(path, 0o600);
}

fn refusal(path: &Path) -> StoreError {
    match SqliteStore::open(path) {
        Ok(_) => panic!("'{}' was opened", path.display()),
        Err(error) => error,
    }
}

const PLACE: &str = "TOKENDECK_TEST_FOLDER";

#[test]
#[ignore = "a part of the test below, which runs it under a umask of its own"]
fn makes_a_store_and_looks_at_its_modes() {
    let folder = std::env::var_os(PLACE).unwrap();
    let path = Path::new(&folder).join("deck").join("tokens.db");
    let store = SqliteStore::create(&path, &new_store(&path)).unwrap();
    store.commit(&mut |_| Ok(vec![crate::support::account(crate::support::ACME, "Acme")])).unwrap();
    assert_eq!(mode(path.parent().unwrap()), 0o700);
    for file in [path.clone(), KeyFile::path_for(&path)] {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    for ending in ["-wal", "-shm"] {
        assert_eq!(mode(&beside(&path, ending)), 0o600, "{ending}");
    }
    let problems = store.check().unwrap().into_iter().filter_map(|finding| finding.problem);
    assert_eq!(problems.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn r137_files_are_private_from_the_start_under_any_umask() {
    for umask in ["000", "022", "077"] {
        let folder = TempDir::new().unwrap();
        let ran = Command::new("sh")
            .arg("-c")
            .arg(format!("umask {umask} && exec \"$0\" \"$@\""))
            .arg(std::env::current_exe().unwrap())
            .args(["--exact", "files::makes_a_store_and_looks_at_its_modes", "--ignored"])
            .env(PLACE, folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stdout);
        assert!(ran.status.success() && said.contains("1 passed"), "umask {umask}: {said}");
    }
}

#[test]
fn loose_modes_are_refused_with_the_command_that_mends_them() {
    let deck = deck();
    commit(&deck.store, vec![creation(1)]);
    drop(deck.store);
    for loose in [0o604, 0o620, 0o640, 0o644, 0o660, 0o666] {
        set_mode(&deck.path, loose);
        let error = refusal(&deck.path);
        assert_eq!(error.code(), "store_denied");
        assert!(error.to_string().contains("run chmod 600 '"), "{error}");
    }
    set_mode(&deck.path, 0o600);
    set_mode(deck.folder.path(), 0o777);
    let error = refusal(&deck.path).to_string();
    assert!(error.contains("run chmod go-w '"), "{error}");
    set_mode(deck.folder.path(), 0o700);
    assert!(SqliteStore::open(&deck.path).is_ok());
}

#[test]
fn a_key_file_that_others_can_read_is_refused() {
    let deck = empty_deck();
    let key_file = KeyFile::path_for(&deck.path);
    for loose in [0o604, 0o640, 0o644] {
        set_mode(&key_file, loose);
        let error = KeyFile::open(&key_file).unwrap_err();
        assert!(error.to_string().contains("run chmod 600 '"), "{error}");
    }
    set_mode(&key_file, 0o600);
    let link = deck.folder.path().join("link.key");
    symlink(&key_file, &link).unwrap();
    let error = KeyFile::open(&link).unwrap_err().to_string();
    assert!(error.contains("it is a symbolic link: name its target"), "{error}");
}

#[test]
fn a_folder_its_group_may_change_is_let_pass_but_reported() {
    let deck = deck();
    set_mode(deck.folder.path(), 0o770);
    assert!(SqliteStore::open(&deck.path).is_ok());
    let problems: Vec<_> =
        deck.store.check().unwrap().into_iter().filter_map(|finding| finding.problem).collect();
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("run chmod g-w '"), "{problems:?}");
    set_mode(deck.folder.path(), 0o700);
}

#[test]
fn a_linked_store_is_refused_by_its_link_and_opened_by_its_name() {
    let deck = empty_deck();
    let link = deck.folder.path().join("link.db");
    symlink(&deck.path, &link).unwrap();
    let error = refusal(&link).to_string();
    assert!(error.contains(&format!("name its target '{}'", deck.path.display())), "{error}");
    // A link on the way to it changes nothing about what lies beside it.
    let away = TempDir::new().unwrap();
    let folder = away.path().join("folder");
    symlink(deck.folder.path(), &folder).unwrap();
    assert!(SqliteStore::open(&folder.join("tokens.db")).is_ok());
}

#[test]
fn a_path_that_is_taken_is_left_as_it_is() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tokens.db");
    fs::write(&path, "mine").unwrap();
    let new = new_store(&folder.path().join("other.db"));
    assert!(matches!(SqliteStore::create(&path, &new), Err(StoreError::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    let missing = folder.path().join("nothing.db");
    assert!(matches!(refusal(&missing), StoreError::Missing(_)));
    assert!(!missing.exists());
}

#[test]
fn odd_names_of_stores_are_names_like_any_other() {
    let folder = TempDir::new().unwrap();
    for name in ["with space.db", "q?u=e&ry#.db", "100%.db", "ünï.db", "only.key", "-dash"] {
        let path = folder.path().join(name);
        drop(SqliteStore::create(&path, &new_store(&path)).unwrap());
        assert!(SqliteStore::open(&path).is_ok(), "{name}");
        assert_ne!(KeyFile::path_for(&path), path);
    }
}

/// Opening must fail with this code and leave every byte and the folder alone.
fn assert_untouched(path: &Path, code: &[&str]) {
    let before = fs::read(path).unwrap();
    let error = refusal(path);
    assert!(code.contains(&error.code()), "{} {error}", error.code());
    assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    assert_eq!(fs::read(path).unwrap(), before, "{error}");
}

#[test]
fn what_is_no_store_is_told_apart_and_left_untouched() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("file.db");
    write_private(&path, b"");
    assert_untouched(&path, &["store_foreign"]);
    write_private(&path, b"SQLite format 3\0");
    assert_untouched(&path, &["store_foreign"]);
    write_private(&path, "just some text, longer than a header\n".repeat(200).as_bytes());
    assert_untouched(&path, &["store_foreign"]);
    fs::remove_file(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE t (a); PRAGMA application_id = 1").unwrap();
    other.close().unwrap();
    set_mode(&path, 0o600);
    assert_untouched(&path, &["store_foreign"]);
    let error = refusal(folder.path());
    assert_eq!(error.code(), "store_foreign");
    assert!(error.to_string().contains("it is a folder"), "{error}");
}

#[test]
fn a_store_cut_short_is_damaged_at_every_length() {
    let deck = deck();
    commit(&deck.store, (1..=50).map(creation).collect());
    drop(deck.store);
    assert!(!beside(&deck.path, "-wal").exists(), "a closed store is one file");
    let whole = fs::read(&deck.path).unwrap();
    for part in 1..40 {
        write_private(&deck.path, &whole[..whole.len() * part / 40]);
        assert_untouched(&deck.path, &["store_corrupt", "store_foreign"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_never_a_store_and_stay_as_they_are(
        bytes in proptest::collection::vec(any::<u8>(), 0..20_000),
        with_header in any::<bool>(),
    ) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("file.db");
        let mut content = if with_header { header() } else { vec![] };
        content.extend(bytes);
        write_private(&path, &content);
        assert_untouched(&path, &["store_corrupt", "store_foreign"]);
    }
}

/// The first hundred bytes of a real store.
fn header() -> Vec<u8> {
    let deck = empty_deck();
    drop(deck.store);
    fs::read(&deck.path).unwrap()[..100].to_vec()
}

#[test]
fn a_store_whose_file_is_gone_or_another_takes_and_gives_nothing() {
    type Fate = fn(&Path);
    let fates: [Fate; 3] = [
        |path| fs::remove_file(path).unwrap(),
        |path| fs::rename(path, path.with_extension("moved")).unwrap(),
        |path| {
            let copy = path.with_extension("copy");
            fs::copy(path, &copy).unwrap();
            fs::rename(&copy, path).unwrap();
        },
    ];
    for fate in fates {
        let deck = deck();
        deck.store.read(&mut |state| state.head().map(drop)).unwrap();
        fate(&deck.path);
        let read = deck.store.read(&mut |state| state.head().map(drop)).unwrap_err();
        assert_eq!(read.code(), "store_gone", "{read}");
        let change = || vec![crate::support::account(crate::support::ACME, "Acme")];
        let written = deck.store.commit(&mut |_| Ok(change())).unwrap_err();
        assert!(written.to_string().contains("nothing was changed"), "{written}");
        deck.store.record_uses(&[]).unwrap_err();
    }
}
