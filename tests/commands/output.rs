//! The four forms of output, and where what is said.

use crate::support::Place;

const LISTS: &[&[&str]] =
    &[&["token", "list"], &["audit", "list"], &["catalog", "list"], &["config", "show"]];

#[test]
fn every_list_has_every_form() {
    let place = Place::example();
    for list in LISTS.iter().copied() {
        let run = |form| place.run(&[list, &["--output", form]].concat()).ends(0).out;
        let whole: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
        let items = whole.as_object().unwrap().values().find_map(|v| v.as_array()).unwrap().len();
        let lines = run("jsonl");
        assert_eq!(lines.lines().count(), items, "{list:?}");
        for line in lines.lines() {
            assert!(serde_json::from_str::<serde_json::Value>(line).unwrap().is_object());
        }
        assert_eq!(run("table").lines().count(), items + 1, "{list:?}");
        let sheet = run("csv");
        let mut reader = csv::Reader::from_reader(sheet.as_bytes());
        let columns = reader.headers().unwrap().len();
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), items, "{list:?}");
        assert!(rows.iter().all(|row| row.len() == columns));
    }
}

#[test]
fn a_piped_table_has_no_colour_and_every_column() {
    let ran = Place::example().run(&["token", "list"]).ends(0);
    assert!(!ran.out.contains('\u{1b}'));
    let head = ran.out.lines().next().unwrap();
    for title in ["NAME", "STATUS", "ID", "MODULES", "EXPIRES", "LAST ACCESS", "ACCOUNT"] {
        assert!(head.contains(title), "{title} is missing in {head}");
    }
}

#[test]
fn standard_output_carries_results_only() {
    let place = Place::example();
    let ran = place.run(&["token", "disable", "robot-1"]).ends(0);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", "API token robot-1 was disabled\n"));
    let ran = place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);
    assert_eq!(ran.err, "API token robot-1 was successfully revoked\n");
    let ran = place.run(&["token", "delete", "robot-1", "--yes", "--output", "json"]).ends(0);
    let after: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(after["status"], "deleted");
    assert!(ran.err.is_empty());
}

#[test]
fn times_are_rfc_3339_in_utc() {
    let shown = Place::example().json(&["token", "show", "robot-1"]);
    assert_eq!(shown["created"]["at"], "2026-01-05T09:14:00Z");
    assert_eq!(shown["last_used_at"], "2026-03-09T20:22:00Z");
}

#[test]
fn completions_know_the_verbs() {
    for shell in ["bash", "zsh", "fish"] {
        let ran = Place::empty().run(&["completions", shell]).ends(0);
        assert!(ran.out.contains("revoke-all"), "{shell}");
    }
}

#[test]
fn help_and_version_end_well() {
    let place = Place::empty();
    assert!(place.run(&["--help"]).ends(0).out.contains("Exit codes"));
    assert!(place.run(&["--version"]).ends(0).out.starts_with("tokendeck "));
}
