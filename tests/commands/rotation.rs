//! New values: on what terms, for many tokens at once, and what is told of the use of
//! old and new.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crate::support::{Place, text, value_of};

/// By title, the rows of a file of values.
fn rows(file: &PathBuf) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn passes(place: &Place, value: &str) -> bool {
    place.piped(&["verify", "-"], value).code == 0
}

fn file(place: &Place) -> PathBuf {
    place.home().join("new.csv")
}

const BULK: [&str; 5] = ["token", "regenerate", "--search", "bulk-0", "--out"];

#[test]
fn a13_many_tokens_get_their_new_values_in_a_private_file() {
    let place = Place::example();
    let out = text(file(&place));
    let line = [&BULK[..], &[&out, "--overlap", "10d"]].concat();
    let asked = place.run(&[&line[..], &["--yes"]].concat()).ends(2);
    assert!(asked.err.contains("--confirm \"regenerate 9\""), "{}", asked.err);
    assert!(!file(&place).exists(), "nothing is made before it is confirmed");
    let report = place.json(&[&line[..], &["--confirm", "regenerate 9"]].concat());
    assert_eq!((&report["done"], &report["failed"]), (&9.into(), &0.into()));
    assert!(report["file"].as_str().unwrap().ends_with(&out), "{report}");
    assert_eq!(file(&place).metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let rows = rows(&file(&place));
    assert_eq!(rows.len(), 9);
    for row in &rows {
        assert!(passes(&place, &row["token"]), "{}", row["name"]);
        assert!(passes(&place, value_of(&row["name"])), "the old one, for ten days");
        let shown = place.json(&["token", "show", &row["token_id"]]);
        assert_eq!(shown["guid"], row["guid"].as_str());
        assert_eq!(shown["name"], row["name"].as_str());
        assert_eq!(shown["previous"]["until"], "2026-03-20T12:00:00Z");
        assert_eq!((&shown["valid_to"], row["expires_at"].as_str()), (&().into(), ""));
        assert_eq!(
            (row["account"].as_str(), row["account_name"].as_str()),
            ("ACC-0001-0001", "Acme")
        );
        // What the store keeps sealed can be shown as before.
        let again = place.run(&["token", "value", &row["token_id"]]).ends(0);
        assert_eq!(again.out.trim(), row["token"]);
    }
    place.run(&["store", "check"]).ends(0);
    place.run(&["audit", "verify"]).ends(0);
}

#[test]
fn a13_a_file_that_is_there_is_never_written_over_and_none_is_needed_to_look() {
    let place = Place::example();
    let head = place.head();
    let out = text(file(&place));
    std::fs::write(file(&place), "mine").unwrap();
    let taken = [&BULK[..], &[&out, "--confirm", "regenerate 9"]].concat();
    assert!(place.run(&taken).ends(6).err.contains("it exists already"));
    assert_eq!(std::fs::read_to_string(file(&place)).unwrap(), "mine");
    let nowhere = ["token", "regenerate", "--search", "bulk-0", "--confirm", "regenerate 9"];
    assert!(place.run(&nowhere).ends(2).err.contains("--out FILE"));
    let away = text(place.home().join("no-folder/new.csv"));
    let lost = [&BULK[..], &[&away, "--confirm", "regenerate 9"]].concat();
    assert!(place.run(&lost).ends(6).err.contains("no token was changed"));
    let dry = place.json(&["token", "regenerate", "--search", "bulk-0", "--dry-run"]);
    assert_eq!((&dry["count"], &dry["confirm"]), (&9.into(), &"regenerate 9".into()));
    let past = [&BULK[..], &["x.csv", "--expires", "2026-01-01", "--yes"]].concat();
    assert!(place.run(&past).ends(2).err.contains("--expires: Date is in the past"));
    assert!(passes(&place, value_of("bulk-01")));
    assert_eq!(place.head(), head, "nothing was staged");
}

#[test]
fn a13_tokens_of_users_are_left_to_generate_and_export() {
    let place = Place::example().by("kim");
    let named = ["token", "regenerate", "carl-erecording", "--out", &text(file(&place)), "--yes"];
    let alone = place.run(&named).ends(1);
    assert!(alone.err.contains("1 skipped: Has an owner: use generate & export"), "{}", alone.err);
    let place = Place::example().by("rosa");
    let out = text(file(&place));
    let line = ["token", "regenerate", "carl-erecording", "robot-1", "robot-2", "--out", &out];
    let report = place.run(&[&line[..], &["--confirm", "regenerate 2"]].concat()).ends(5);
    assert!(report.err.contains("2 regenerated, 1 skipped"), "{}", report.err);
    assert!(passes(&place, value_of("carl-erecording")));
    assert!(!passes(&place, value_of("robot-1")), "without an overlap it is dead");
    assert_eq!(rows(&file(&place)).len(), 2);
    // By a filter what is left out is no failure.
    let other = text(place.home().join("cedar.csv"));
    let cedar = ["token", "regenerate", "--account", "Cedar County", "--out", &other, "--yes"];
    place.run(&cedar).ends(0);
    assert!(!place.home().join("cedar.csv").exists());
}

#[test]
fn a13_left_out_the_end_stays_as_far_away_as_it_was() {
    let place = Place::example();
    let again = |token: &str| {
        let dry = place.json(&["token", "regenerate", token, "--dry-run"]);
        dry["token"]["valid_to"].clone()
    };
    assert_eq!(again("robot-1"), serde_json::Value::Null, "Never stays Never");
    // From 2025-11-28 10:00 to 2026-02-28 23:59:59.
    assert_eq!(again("old-report"), "2026-06-11T01:59:59Z");
    place.run(&["token", "regenerate", "robot-2", "--expires", "3m", "--yes"]).ends(0);
    assert_eq!(place.json(&["token", "show", "robot-2"])["valid_to"], "2026-06-10T12:00:00Z");
    assert_eq!(again("robot-2"), "2026-06-10T12:00:00Z", "three months from now");
}

#[test]
fn a13_each_value_has_its_own_last_use() {
    let place = Place::example();
    let made = place.run(&["token", "regenerate", "robot-1", "--overlap", "30min", "--yes"]);
    let new = made.ends(0).out;
    let told = |place: &Place| place.run(&["token", "show", "robot-1"]).ends(0).out;
    let shown = told(&place);
    assert!(shown.contains("old value last used 2026-03-09, new one never"), "{shown}");
    let json = place.json(&["token", "show", "robot-1"]);
    assert_eq!(json["previous"]["last_used_at"], "2026-03-09T20:22:00Z");
    assert_eq!(json["previous"]["until"], "2026-03-10T12:30:00Z");
    assert_eq!(json["value"]["last_used_at"], serde_json::Value::Null);
    assert_eq!(json["value"]["issued_at"], "2026-03-10T12:00:00Z");
    let drop = place.run(&["token", "drop-old", "robot-1"]).ends(2);
    assert!(drop.err.contains("not confirmed"), "{}", drop.err);
    assert!(passes(&place, new.trim()));
    let json = place.json(&["token", "show", "robot-1"]);
    assert_eq!(json["value"]["last_used_at"], "2026-03-10T12:00:00Z");
    assert_eq!(json["previous"]["last_used_at"], "2026-03-09T20:22:00Z", "as before");
    let shown = told(&place);
    assert!(shown.contains("old value last used 2026-03-09, new one 2026-03-10"), "{shown}");
    // The old one once more: the token's own last use is the later of both.
    assert!(passes(&place, value_of("robot-1")));
    let json = place.json(&["token", "show", "robot-1"]);
    assert_eq!(json["previous"]["last_used_at"], "2026-03-10T12:00:00Z");
    assert_eq!(json["last_used_at"], "2026-03-10T12:00:00Z");
}

#[test]
fn a35_the_tokens_of_standard_input_get_new_values() {
    let place = Place::example();
    let ids = place.run(&["token", "list", "-q", "--search", "bulk-0"]).ends(0).out;
    let out = text(file(&place));
    let line = ["token", "regenerate", "-", "--out", &out, "--confirm", "regenerate 9"];
    place.piped(&line, &ids).ends(0);
    assert_eq!(rows(&file(&place)).len(), 9);
    let none = place.piped(&["token", "regenerate", "-", "--yes"], "").ends(0);
    assert!(none.err.contains("nothing on standard input"), "{}", none.err);
}
