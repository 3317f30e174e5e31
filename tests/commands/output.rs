//! The four forms of output, and where what is said.

use std::process::Stdio;

use crate::support::{Place, Ran};

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
        assert!(ran.out.contains("TOKENDECK_COMPLETE"), "{shell}: {}", ran.out);
        let words = crate::completions::after(&Place::empty(), shell, &["token", "rev"]);
        assert!(words.iter().any(|word| word.starts_with("revoke-all")), "{shell}: {words:?}");
    }
}

#[test]
fn help_and_version_end_well() {
    let place = Place::empty();
    assert!(place.run(&["--help"]).ends(0).out.contains("Exit codes"));
    assert!(place.run(&["--version"]).ends(0).out.starts_with("tokendeck "));
}

/// The command with its standard output to a reader who is gone.
fn unread(place: &Place, arguments: &[&str]) -> Ran {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let ran = place.process(arguments).stdout(writer).stdin(Stdio::null()).output().unwrap();
    Ran {
        code: ran.status.code().unwrap(),
        out: String::new(),
        err: String::from_utf8(ran.stderr).unwrap(),
    }
}

#[test]
fn a_list_whose_reader_has_enough_ends_well_in_every_form() {
    let place = Place::example();
    for form in ["table", "json", "jsonl", "csv"] {
        let ran = unread(&place, &["token", "list", "--output", form]).ends(0);
        assert_eq!(ran.err, "", "{form}");
    }
}

#[test]
fn a10_whoever_may_give_no_new_value_is_told_whom_to_ask() {
    let place = Place::example();
    let ran = unread(&place, &["user", "accept", "dora", "--module", "eRecording", "--as", "dora"])
        .ends(5);
    assert!(ran.err.contains("was accepted, but its value was not delivered"), "{}", ran.err);
    assert!(ran.err.contains("ask an Admin of Cedar County for another"), "{}", ran.err);
    assert!(!ran.err.contains("token regenerate"), "{}", ran.err);
    let shown = place.run(&["token", "show", "dora-erecording", "--as", "kim"]).ends(0);
    assert!(shown.out.contains("accepted, never used"), "{}", shown.out);
}

#[test]
fn a_value_that_nobody_got_is_said_with_what_to_do() {
    let place = Place::example();
    let regenerate = ["token", "regenerate", "robot-1", "--yes"];
    let ran = unread(&place, &regenerate).ends(5);
    for part in ["robot-1 (TKN-1000-0001)", "was regenerated", "not delivered", "token value"] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let ran = unread(&place, &[&regenerate[..], &["-o", "json"]].concat()).ends(5);
    assert_eq!(ran.error()["code"], "undelivered");
    let ran = unread(&place, &["operator", "create", "kim", "--as", "rosa"]).ends(5);
    assert!(ran.err.contains("operator revoke kim --credential "), "{}", ran.err);
    // Nothing was made, so nothing is lost.
    unread(&place, &[&regenerate[..], &["--dry-run"]].concat()).ends(0);
}
