//! `--dry-run` says what would be and leaves the store as it is.

use crate::support::Place;

const VERBS: &[&[&str]] = &[
    &["token", "create", "x", "--module", "Catalog=read", "--scope", "North plant"],
    &["token", "edit", "robot-1", "--description", "New"],
    &["token", "enable", "nightly-export"],
    &["token", "disable", "robot-1"],
    &["token", "regenerate", "robot-1"],
    &["token", "revoke", "robot-1"],
    &["token", "revoke", "robot-1", "robot-2", "leaked-key"],
    &["token", "revoke", "--search", "bulk"],
    &["token", "revoke-all", "--account", "Acme"],
    &["token", "delete", "robot-1"],
    &["token", "value", "robot-1"],
    &["catalog", "add", "scope", "East plant"],
    &["catalog", "edit", "user", "ned", "--no-manage-tokens"],
    &["catalog", "export", "catalogue.toml"],
];

#[test]
fn no_verb_changes_anything() {
    let place = Place::example();
    let head = place.head();
    for verb in VERBS.iter().copied() {
        for form in ["table", "json", "jsonl", "csv"] {
            let ran = place.run(&[verb, &["--dry-run", "--output", form]].concat());
            assert_eq!(ran.code, 0, "{verb:?} as {form}: {}", ran.err);
            assert!(!(ran.out + &ran.err).contains("tdk_"), "{verb:?} as {form}");
        }
    }
    assert_eq!(place.head(), head);
    assert_eq!(place.status_of("robot-1"), "active");
}

#[test]
fn it_says_what_would_be_done_and_skipped() {
    let plan = Place::example().json(&[
        "token",
        "revoke",
        "robot-1",
        "robot-2",
        "leaked-key",
        "--dry-run",
    ]);
    assert_eq!(plan["dry_run"], true);
    assert_eq!(plan["count"], 2);
    assert_eq!(plan["confirm"], "revoke 2");
    assert_eq!(plan["items"].as_array().unwrap().len(), 3);
}

#[test]
fn it_says_what_would_be_refused() {
    let place = Place::example();
    place.run(&["token", "revoke", "leaked-key", "--dry-run"]).ends(1);
    place.run(&["token", "create", "robot-1", "--dry-run"]).ends(2);
    place.run(&["token", "edit", "leaked-key", "--name", "x", "--dry-run"]).ends(1);
    let vic = Place::example().by("vic");
    vic.run(&["token", "disable", "robot-1", "--dry-run"]).ends(3);
}

#[test]
fn a_store_is_not_made() {
    let place = Place::empty();
    place.run(&["store", "init", "--example", "--dry-run"]).ends(0);
    assert!(!place.store().exists());
    place.run(&["store", "init"]).ends(0);
    place.run(&["store", "init", "--dry-run"]).ends(6);
}
