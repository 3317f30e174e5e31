//! Stores that are there and out of reach: existence and access are two questions,
//! and what can't be reached is never taken for nothing.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::{Place, Ran, text};

/// The user that has nothing.
const NOBODY: u32 = 65534;
/// What is said of a place where nothing is, or where a store is to be used.
const WRONG: [&str; 3] = ["none at", "exists already", "store init"];
const VERBS: [&[&str]; 6] = [
    &["doctor"],
    &["store", "init"],
    &["store", "init", "--dry-run"],
    &["store", "status"],
    &["token", "list"],
    &["store", "fill", "--tokens", "5"],
];

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Runs the program as somebody who is held back by modes: root is not.
struct Somebody {
    home: TempDir,
    program: PathBuf,
}

impl Somebody {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        fs::set_permissions(home.path(), Permissions::from_mode(0o777)).unwrap();
        let built = Path::new(env!("CARGO_BIN_EXE_tokendeck"));
        // Where it was built others may not look.
        let program = home.path().join("tokendeck");
        fs::copy(built, &program).unwrap();
        Self { home, program }
    }

    fn run(&self, store: &Path, arguments: &[&str]) -> Ran {
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            let id = NOBODY.to_string();
            command.args(["--reuid", &id, "--regid", &id, "--clear-groups"]).arg(&self.program);
            command
        } else {
            Command::new(&self.program)
        };
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).env("HOME", self.home.path());
        command.current_dir(self.home.path()).env("TOKENDECK_STORE", store).args(arguments);
        Ran::of(&mut command, "")
    }
}

/// Every verb must say this, and nothing that is wrong, and succeed nowhere.
fn says(run: impl Fn(&[&str]) -> Ran, words: &[&str]) {
    for verb in VERBS {
        let ran = run(verb);
        let said = format!("{}{}", ran.out, ran.err);
        let of_store: String = match verb {
            ["doctor"] => said.lines().filter(|line| line.contains("store")).collect(),
            _ => said.clone(),
        };
        assert_eq!(ran.code, if verb == ["doctor"] { 1 } else { 6 }, "{verb:?}: {said}");
        for word in words {
            assert!(of_store.contains(word), "{verb:?} does not say '{word}': {said}");
        }
        for wrong in WRONG {
            assert!(!of_store.contains(wrong), "{verb:?} says '{wrong}': {said}");
        }
    }
}

#[test]
fn a15_a_store_in_a_folder_one_may_not_look_into_is_not_taken_for_none() {
    let place = Place::example();
    let folder = place.store().parent().unwrap().to_owned();
    let somebody = Somebody::new();
    if !is_root() {
        fs::set_permissions(&folder, Permissions::from_mode(0o000)).unwrap();
    }
    says(
        |verb| somebody.run(&place.store(), verb),
        &["may not look into", "which belongs to '", "run this as '"],
    );
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    place.run(&["store", "check"]).ends(0);
}

#[test]
fn a15_a_store_of_somebody_else_is_named_with_its_owner() {
    let place = Place::example();
    let (store, owner) = if is_root() {
        std::os::unix::fs::chown(place.store(), Some(NOBODY), None).unwrap();
        (place.store(), "nobody")
    } else {
        (PathBuf::from("/etc/passwd"), "root")
    };
    let run = |verb: &[&str]| {
        let mut command = place.command(verb);
        Ran::of(command.env_remove("TOKENDECK_AS").env("TOKENDECK_STORE", &store), "")
    };
    // The time of the example goes with no other store.
    says(run, &[&format!("it belongs to '{owner}' and you are '"), "run this as '"]);
}

#[test]
fn a15_a_store_behind_a_dead_link_is_not_made_anew() {
    let place = Place::empty();
    let folder = place.store().parent().unwrap().to_owned();
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    let words = ["is a symbolic link to '/nowhere/tokens", "which is not there"];
    symlink("/nowhere/tokens.db", place.store()).unwrap();
    says(|verb| place.run(verb), &words);
    fs::remove_file(place.store()).unwrap();
    // A folder on the way to it is as good.
    let beyond = folder.join("beyond");
    symlink("/nowhere/tokens", &beyond).unwrap();
    let store = beyond.join("deck/store.db");
    let run = |verb: &[&str]| {
        let mut command = place.command(verb);
        Ran::of(command.env("TOKENDECK_STORE", &store), "")
    };
    says(run, &words);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing was made");
}

#[test]
fn a15_a_disk_that_is_not_there_is_told_and_nothing_is_made_in_its_place() {
    let place = Place::empty();
    let store = Path::new("/mnt/tokendeck-test-no-such-disk/deck/store.db");
    let run = |verb: &[&str]| {
        let mut command = place.command(verb);
        Ran::of(command.env("TOKENDECK_STORE", store), "")
    };
    says(run, &["'/mnt/tokendeck-test-no-such-disk' is not there: mount the disk"]);
    assert!(!store.parent().unwrap().parent().unwrap().exists());
}

#[test]
fn a21_a_store_in_a_folder_that_may_not_be_written_to_is_read_and_backed_up() {
    let place = Place::example();
    let folder = place.store().parent().unwrap().to_owned();
    let somebody = Somebody::new();
    let give = |path: &Path| {
        if is_root() {
            std::os::unix::fs::chown(path, Some(NOBODY), Some(NOBODY)).unwrap();
        }
    };
    for found in fs::read_dir(&folder).unwrap() {
        give(&found.unwrap().path());
    }
    give(&folder);
    fs::set_permissions(place.home(), Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o500)).unwrap();
    let run = |arguments: &[&str]| somebody.run(&place.store(), arguments);
    let as_ada = ["--as", "ada", "--now", crate::support::NOW];
    let listed = run(&[&["token", "list", "--read-only"][..], &as_ada].concat()).ends(0);
    assert!(listed.out.contains("robot-1"), "{}", listed.out);
    run(&["store", "status"]).ends(0);
    let backup = text(somebody.home.path().join("a.bak"));
    run(&["store", "backup", &backup]).ends(0);
    let refused = run(&[&["token", "revoke", "robot-1", "--yes"][..], &as_ada].concat()).ends(6);
    assert!(refused.err.contains("Permission denied"), "{}", refused.err);
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    let mut left: Vec<_> =
        fs::read_dir(&folder).unwrap().map(|found| found.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["store.db", "store.db.reserve", "store.key"]);
}
