//! What a script stands on: an exit code that can be acted on, an error that names the
//! flag and the choices, and columns that a program can read.

use serde_json::Value;

use crate::support::{Place, Ran};

/// The rows of a CSV output, by column.
fn rows(text: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let titles: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        titles.iter().cloned().zip(row.unwrap().iter().map(str::to_owned)).collect()
    };
    reader.records().map(row).collect()
}

fn cell<'r>(row: &'r [(String, String)], title: &str) -> &'r str {
    let found = row.iter().find(|(name, _)| name == title);
    found.map(|(_, text)| text.as_str()).expect(title)
}

fn is_instant(text: &str) -> bool {
    chrono::DateTime::parse_from_rfc3339(text).is_ok()
}

#[test]
fn an_empty_standard_input_is_wrong_usage_and_not_an_unknown_value() {
    let place = Place::example();
    for command in ["verify", "lookup"] {
        let ran = place.piped(&[command, "-"], "").ends(2);
        assert!(ran.err.contains("nothing on standard input"), "{}", ran.err);
        assert!(ran.out.is_empty(), "{}", ran.out);
    }
}

#[test]
fn the_variable_makes_errors_json_too() {
    let place = Place::example();
    let with = |form: &str, arguments: &[&str]| {
        Ran::of(place.command(arguments).env("TOKENDECK_OUTPUT", form), "").ends(2)
    };
    assert_eq!(with("json", &["token", "lisst"]).error()["code"], "usage");
    assert_eq!(with("jsonl", &["token", "list", "--limit", "many"]).error()["code"], "usage");
    assert_eq!(with("json", &["token", "list", "--backend", "x"]).error()["code"], "config");
    let plain = with("json", &["token", "lisst", "-o", "table"]);
    assert!(plain.err.starts_with("error: "), "the flag goes first: {}", plain.err);
}

#[test]
fn errors_name_the_flag_and_what_there_is() {
    let place = Place::example();
    let said = |arguments: &[&str]| place.run(arguments).ends(2).err;
    let text = said(&["token", "regenerate", "robot-1", "--overlap", "10m", "--yes"]);
    assert!(text.contains("m may be minutes or months: write 30min"), "{text}");
    let text = said(&["token", "create", "x", "--account", "Acme"]);
    assert!(text.contains("Choose at least one scope with --scope: North plant"), "{text}");
    assert!(text.contains("at least one module with --module NAME=read or =full: "), "{text}");
    let text = said(&["token", "create", "x", "--account", "Acme", "--scope", "North plant"]);
    assert!(!text.contains("--scope"), "{text}");
    let text = said(&["user", "request", "ada"]);
    assert!(text.contains("Choose a module first, with --module: Catalog"), "{text}");
    let text = said(&["token", "list", "--backend", "nosuch"]);
    assert!(text.contains("--backend: there is no backend 'nosuch'"), "{text}");
}

#[test]
fn a_name_of_several_tokens_is_answered_with_their_ids_and_accounts() {
    let place = Place::example().by("rosa");
    let create = ["token", "create", "robot-1", "--account", "Borealis"];
    let grant = ["--module", "Catalog=read", "--scope", "Harbor"];
    place.run(&[&create[..], &grant].concat()).ends(0);
    let text = place.run(&["token", "show", "robot-1"]).ends(2).err;
    assert!(text.contains("TKN-1000-0001 of Acme, TKN-"), "{text}");
    assert!(text.contains(" of Borealis"), "{text}");
}

#[test]
fn a_credential_file_that_is_there_is_told_as_such() {
    let place = Place::example().by("rosa");
    let file = place.home().join("there");
    std::fs::write(&file, "mine").unwrap();
    let create = ["operator", "create", "kim", "--file", file.to_str().unwrap()];
    let ran = place.run(&create).ends(6);
    assert!(ran.err.contains("exists already, choose another name"), "{}", ran.err);
}

#[test]
fn a_filter_that_leaves_nothing_to_do_is_done() {
    let place = Place::example();
    let all = ["token", "revoke-all", "--account", "Acme"];
    place.run(&[&all[..], &["--confirm", "revoke 19"]].concat()).ends(0);
    let head = place.head();
    let again = place.run(&[&all[..], &["--yes"]].concat()).ends(0);
    assert!(again.err.contains("No tokens to revoke"), "{}", again.err);
    assert!(again.out.is_empty(), "{}", again.out);
    let report = place.json(&[&all[..], &["--yes"]].concat());
    assert_eq!((&report["done"], &report["failed"]), (&Value::from(0), &Value::from(0)));
    assert_eq!(
        report["skipped"].as_u64().unwrap(),
        report["items"].as_array().unwrap().len() as u64
    );
    place.json(&["token", "disable", "--search", "no-such-name"]);
    // What was named is another matter.
    place.run(&["token", "revoke", "robot-1", "robot-2", "--yes"]).ends(1);
    assert_eq!(place.head(), head);
}

#[test]
fn csv_has_a_column_a_field_and_words_as_in_json() {
    let place = Place::example().by("rosa");
    place.run(&["operator", "create", "kim"]).ends(0);
    place.run(&["token", "disable", "robot-1"]).ends(0);
    let csv = |arguments: &[&str]| {
        rows(&place.run(&[arguments, &["--output", "csv"]].concat()).ends(0).out)
    };
    let operators = csv(&["operator", "list"]);
    let kim = operators.first().unwrap();
    assert_eq!((cell(kim, "login"), cell(kim, "state")), ("kim", "active"));
    assert!(is_instant(cell(kim, "expires_at")) && cell(kim, "revoked_at").is_empty());
    let events = csv(&["audit", "list", "--limit", "2"]);
    let (disabled, made) = (events.first().unwrap(), events.get(1).unwrap());
    assert_eq!(cell(disabled, "subject_kind"), "token");
    assert_eq!(cell(disabled, "subject"), "TKN-1000-0001");
    assert_eq!(cell(disabled, "subject_name"), "robot-1");
    assert!(cell(disabled, "by").starts_with("USR-"), "{disabled:?}");
    assert_eq!(cell(disabled, "by_name"), "Rosa Root");
    assert!(is_instant(cell(disabled, "at")));
    assert_eq!(cell(made, "subject_kind"), "user");
    let entries = csv(&["catalog", "list", "user"]);
    let rosa = entries.iter().find(|entry| cell(entry, "login") == "rosa").unwrap();
    assert_eq!((cell(rosa, "name"), cell(rosa, "role")), ("Rosa Root", "superadmin"));
    let chain = csv(&["audit", "verify"]);
    let chain = chain.first().unwrap();
    assert_eq!((cell(chain, "whole"), cell(chain, "broken_at")), ("true", ""));
}
