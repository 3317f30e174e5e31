//! What a killed init, backup or restore leaves: nothing that could be taken for a
//! store, and no copy that stays.

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use crate::support::{Place, text};

const NUMBER: &str = ".new-0123456789abcdef";

/// What a killed process left in a folder.
fn leave(folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, "sealed values").unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    path
}

fn drafts(folder: &Path) -> Vec<PathBuf> {
    let found = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    found.filter(|path| text(path.clone()).contains(".new-")).collect()
}

#[test]
fn d05_copies_of_killed_processes_are_gone_after_the_next_start() {
    let place = Place::example();
    let folder = place.store().parent().unwrap().to_owned();
    for name in ["store.db", "store.db.v3-20260310T120000000Z.bak", "store.key", "other.bak"] {
        leave(&folder, &format!("{name}{NUMBER}"));
        leave(&folder, &format!("{name}{NUMBER}-journal"));
    }
    // As a kill between the two names of a finished file leaves it.
    fs::hard_link(place.store(), folder.join(format!("store.db.new-{:016x}", 7))).unwrap();
    let mine = leave(&folder, "notes.new-1");
    place.run(&["token", "list"]).ends(0);
    assert_eq!(drafts(&folder), [mine]);
    place.run(&["store", "check"]).ends(0);
}

#[test]
fn d05_a_copy_under_way_stays_and_check_names_what_may_be_one() {
    let place = Place::example();
    let folder = place.store().parent().unwrap().to_owned();
    let draft = leave(&folder, &format!("store.db{NUMBER}"));
    let making = File::open(&draft).unwrap();
    making.lock().unwrap();
    let checked = place.run(&["store", "check"]).ends(1);
    assert!(checked.out.contains(&text(draft.clone())), "{}", checked.out);
    assert!(checked.out.contains("may hold sealed values"), "{}", checked.out);
    drop(making);
    place.run(&["store", "check"]).ends(0);
    assert!(!draft.exists());
}

#[test]
fn d05_a_backup_clears_what_an_earlier_one_left_where_it_goes() {
    let place = Place::example();
    let folder = place.home();
    leave(&folder, &format!("yesterday.bak{NUMBER}"));
    leave(&folder, &format!("yesterday.bak{NUMBER}-journal"));
    place.run(&["store", "backup", &text(folder.join("today.bak"))]).ends(0);
    assert_eq!(drafts(&folder), Vec::<PathBuf>::new());
}

#[test]
fn d05_an_init_killed_anywhere_leaves_a_whole_store_or_none() {
    let init = ["store", "init", "--example"];
    let mut made = 0;
    for wait in 0..24 {
        let place = Place::empty();
        let mut child = place.process(&init);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // Wherever it is then: no place is asserted, only what is found.
        thread::sleep(Duration::from_millis(wait * 5));
        let _ = child.kill();
        let _ = child.wait();
        if place.store().exists() {
            made += 1;
        } else {
            place.run(&init).ends(0);
        }
        let status = place.json(&["store", "status"]);
        assert_eq!(status["counts"]["users"], 10, "killed after {} ms", wait * 5);
        assert!(status["counts"]["tokens"].as_u64().unwrap() > 20);
        place.run(&["store", "check"]).ends(0);
        assert_eq!(drafts(place.store().parent().unwrap()), Vec::<PathBuf>::new());
    }
    assert!(made < 24, "none was killed before its end");
}
