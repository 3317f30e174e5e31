//! `store fill`, `backup` and `restore`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Place, text};

#[test]
fn only_a_trial_store_is_filled() {
    let place = Place::example();
    let head = place.head();
    let refused = place.run(&["store", "fill", "--tokens", "5", "-o", "json"]).ends(2);
    let message = refused.error()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("only a trial store"), "{message}");
    assert_eq!(place.head(), head);
    let place = Place::empty();
    place.run(&["store", "init"]).ends(0);
    place.run(&["store", "fill", "--tokens", "5"]).ends(2);
    place.run(&["store", "fill", "--tokens", "5", "--dry-run"]).ends(2);
    assert_eq!(place.json(&["token", "list"])["total"], 0);
}

#[test]
fn the_same_seed_makes_the_same_tokens() {
    let names = |seed: &str| {
        let place = Place::empty();
        let now = ["--now", "2026-03-10T12:00:00Z"];
        let fill = ["store", "fill", "--tokens", "300", "--seed", seed];
        place.run(&[&fill[..], &now].concat()).ends(0);
        let list = place.json(&[&["token", "list"][..], &now].concat());
        let tokens = list["tokens"].as_array().unwrap();
        tokens
            .iter()
            .map(|token| format!("{}{}{}", token["name"], token["guid"], token["status"]))
            .collect::<Vec<_>>()
    };
    assert_eq!(names("7"), names("7"));
    assert_ne!(names("7"), names("8"));
}

#[test]
fn made_up_tokens_have_every_status_and_can_be_added_to() {
    let place = Place::empty();
    place.run(&["store", "init", "--trial"]).ends(0);
    place.run(&["store", "fill", "--tokens", "1500"]).ends(0);
    for status in ["active", "scheduled", "pending", "disabled", "expired", "revoked", "deleted"] {
        let list = place.json(&["token", "list", "--status", status, "--limit", "1"]);
        assert!(list["total"].as_u64().unwrap() > 0, "{status}");
    }
    place.run(&["store", "fill", "--tokens", "500"]).ends(0);
    assert_eq!(place.json(&["store", "status"])["counts"]["tokens"], 2000);
    place.run(&["store", "check"]).ends(0);
}

#[test]
fn a_trial_store_can_be_filled_with_active_tokens_alone() {
    let place = Place::empty();
    place.run(&["store", "fill", "--tokens", "700", "--accounts", "1", "--active"]).ends(0);
    assert_eq!(place.json(&["token", "list"])["total"], 700);
    assert_eq!(place.json(&["token", "list", "--status", "active"])["total"], 700);
}

#[test]
fn what_was_backed_up_comes_back_and_the_store_is_kept() {
    let place = Place::example();
    let file = text(place.home().join("deck.bak"));
    let saved = place.json(&["store", "backup", &file]);
    assert!(saved["key_file"].as_str().unwrap().ends_with("store.key"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let refused = place.run(&["store", "backup", &file, "-o", "json"]).ends(6);
    assert_eq!(refused.error()["code"], "store_exists");
    let head = place.head();
    place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);

    place.run(&["store", "restore", &file]).ends(2);
    place.run(&["store", "restore", &file, "--dry-run"]).ends(0);
    assert_eq!(place.status_of("robot-1"), "revoked");
    let back = place.run(&["store", "restore", &file, "--yes"]).ends(0);
    assert!(back.err.contains("1 events were undone"), "{}", back.err);
    assert_eq!((place.head(), place.status_of("robot-1").as_str()), (head, "active"));
    place.run(&["token", "value", "robot-1", "--yes"]).ends(0);
    place.run(&["store", "check"]).ends(0);
    let kept: Vec<_> = fs::read_dir(place.store().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().contains("store.db.before-"))
        .collect();
    assert_eq!(kept.len(), 1);
    // The store as it was can be put back in its turn.
    place.run(&["store", "restore", &text(kept[0].clone()), "--yes"]).ends(0);
    assert_eq!(place.status_of("robot-1"), "revoked");
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let place = Place::example();
    let head = place.head();
    let bad = place.home().join("bad");
    fs::write(&bad, "not a database").unwrap();
    fs::set_permissions(&bad, fs::Permissions::from_mode(0o600)).unwrap();
    for file in [text(bad), text(place.store()), text(place.home().join("nothing"))] {
        place.run(&["store", "restore", &file, "--yes"]).ends(6);
        assert_eq!(place.head(), head, "{file}");
    }
}
