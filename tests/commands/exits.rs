//! Every exit code, and the one form of errors.

use std::process::ExitCode;

use tokendeck::cli::{ending, exit};

use crate::support::{Place, Ran, text};

#[test]
fn r008_the_permission_is_asked_for_before_the_row() {
    let carl = Place::example().by("carl");
    for verb in ["disable", "delete", "regenerate"] {
        let ran = carl.run(&["token", verb, "carl-erecording", "--yes"]).ends(3);
        assert!(ran.err.contains("Needs the manage_tokens permission"), "{}", ran.err);
    }
    let ran = carl.run(&["token", "create", "x"]).ends(3);
    assert!(ran.err.contains("Needs the manage_tokens permission"), "{}", ran.err);
    let vic = Place::example().by("vic");
    assert_eq!(vic.json(&["token", "list"])["total"], 21);
    vic.run(&["token", "value", "robot-1"]).ends(3);
}

#[test]
fn an_unknown_user_is_refused() {
    let ran = Place::example().run(&["token", "list", "--as", "nobody-here", "-o", "json"]).ends(3);
    assert_eq!(ran.error()["code"], "unknown_user");
}

#[test]
fn read_only_changes_nothing() {
    let place = Place::example();
    let head = place.head();
    let verbs: [&[&str]; 5] = [
        &["token", "revoke", "robot-1", "--yes"],
        &["token", "disable", "robot-1"],
        &["token", "edit", "robot-1", "--name", "x"],
        &["token", "value", "robot-1"],
        &["token", "revoke-all", "--account", "Acme", "--confirm", "revoke 19"],
    ];
    for verb in verbs {
        let ran = place.run(&[verb, &["--read-only", "-o", "json"]].concat()).ends(3);
        assert_eq!(ran.error()["code"], "read_only", "{verb:?}");
    }
    assert_eq!(place.head(), head);
}

#[test]
fn what_is_not_there_ends_with_4() {
    let place = Place::example();
    let ran = place.run(&["token", "show", "nothing", "--output", "json"]).ends(4);
    assert_eq!(ran.error()["code"], "not_found");
    assert!(ran.out.is_empty());
    // What is there and may not be seen is told of in the same words.
    let cases = [
        ("--module", "Nothing", "no module 'Nothing' here"),
        ("--account", "Borealis", "no account 'Borealis' here"),
        ("--account", "Atlantis", "no account 'Atlantis' here"),
        ("--scope", "Harbor", "no scope 'Harbor' here"),
    ];
    for (flag, name, words) in cases {
        let ran = place.run(&["token", "list", flag, name]).ends(4);
        assert!(ran.err.contains(words), "{}", ran.err);
    }
}

#[test]
fn a_missing_store_ends_with_6_and_says_what_to_do() {
    let ran = Place::empty().run(&["token", "list"]).ends(6);
    assert!(ran.err.contains("tokendeck store init"), "{}", ran.err);
}

#[test]
fn a_name_of_several_tokens_is_wrong_usage() {
    let place = Place::example().by("rosa");
    let create = |account| {
        let grant = ["--module", "Catalog=read", "--scope", "Harbor"];
        place.run(&[&["token", "create", "robot-1", "--account", account][..], &grant].concat())
    };
    create("Borealis").ends(0);
    let ran = place.run(&["token", "revoke", "robot-1", "--yes", "-o", "json"]).ends(2);
    assert_eq!(ran.error()["code"], "ambiguous");
}

#[test]
fn a_frozen_clock_is_refused_where_tokens_are_real() {
    let place = Place::empty();
    place.run(&["store", "init"]).ends(0);
    let frozen = place.run(&["token", "list", "--now", "2026-03-10T12:00:00Z"]).ends(2);
    assert!(
        frozen.err.contains("only an example or trial store takes another time"),
        "{}",
        frozen.err
    );
    let nonsense = place.run(&["token", "list", "--now", "yesterday"]).ends(2);
    assert!(nonsense.err.contains("write an instant such as"), "{}", nonsense.err);
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_wrong_with_what() {
    let place = Place::example();
    let cases: [(&[&str], &str); 6] = [
        (&["token", "lisst"], "unrecognized subcommand 'lisst'"),
        (&["token", "list", "--status", "blue"], "'blue' is not a status"),
        (&["token", "list", "--output", "xml"], "invalid value 'xml' for '--output"),
        (
            &["token", "list", "--expires-within", "soon"],
            "invalid value 'soon' for '--expires-within",
        ),
        (&["token", "list", "--backend", "team"], "--backend: there is no backend 'team'"),
        (
            &["token", "create", "x", "--module", "Catalog"],
            "--module: 'Catalog' is not MODULE=read",
        ),
    ];
    for (arguments, words) in cases {
        let ran = place.run(arguments).ends(2);
        assert!(ran.err.contains(words), "{arguments:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{}", ran.out);
    }
}

/// One command for each exit code of the README's table that no other test here is about,
/// so that a table of codes which all became one would be seen.
#[test]
fn each_way_to_end_has_a_code_of_its_own() {
    let place = Place::example();
    place.run(&["token", "list"]).ends(0);
    let refused = place.run(&["token", "revoke", "leaked-key", "--yes", "-o", "json"]).ends(1);
    assert_eq!(refused.error()["code"], "already_revoked");
    let unconfirmed = place.run(&["token", "revoke", "robot-1", "-o", "json"]).ends(2);
    assert_eq!(unconfirmed.error()["code"], "not_confirmed");
    let partly = ["token", "revoke", "robot-1", "leaked-key", "--confirm", "revoke 1"];
    let partly = place.run(&partly).ends(5);
    assert!(partly.out.contains("Already revoked"), "{}{}", partly.out, partly.err);
    std::fs::write(place.store(), "no store at all, but a text of some length").unwrap();
    let broken = place.run(&["token", "list", "-o", "json"]).ends(6);
    assert_eq!(broken.error()["code"], "store_foreign");
}

#[test]
fn wrong_usage_is_json_where_json_was_asked_for() {
    let place = Place::example();
    let commands: [&[&str]; 4] = [
        &["token", "lisst", "--output", "json"],
        &["token", "list", "--output=json", "--nothing"],
        &["token", "list", "--limit", "many", "-o", "jsonl"],
        &["token", "revoke", "-ojson"],
    ];
    for command in commands {
        let ran = place.run(command).ends(2);
        assert_eq!(ran.error()["code"], "usage", "{command:?}");
        assert!(!ran.error()["message"].as_str().unwrap().starts_with("error"));
    }
    let missing = place.run(&["token", "create", "-o", "json"]).ends(2).error();
    assert!(missing["message"].as_str().unwrap().contains("<NAME>"), "{missing}");
    let ran = place.run(&["token", "li\u{1b}[2Jst"]).ends(2);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
}

#[test]
fn the_terminal_program_wants_a_terminal() {
    let place = Place::example();
    for arguments in [&[][..], &["demo"]] {
        let ran = place.run(arguments).ends(2);
        assert!(ran.err.contains("needs a terminal"), "{}", ran.err);
    }
    let empty = Place::empty();
    empty.run(&[]).ends(2);
    assert!(!empty.store().exists(), "nothing is made where nothing can be shown");
}

#[test]
fn a_fault_ends_with_70_and_shows_no_data() {
    // The reports are a process's own, so the panic is made in another one.
    let child = ["--exact", "exits::a_child_that_panics", "--ignored", "--nocapture"];
    let mut command = assert_cmd::Command::new(std::env::current_exe().unwrap());
    let ran = Ran::of(command.args(child), "").ends(0);
    assert!(ran.err.contains("a fault of ours at exits.rs"), "{}", ran.err);
    assert!(!(ran.out + &ran.err).contains("planted"));
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn a_child_that_panics() {
    ending::install_reports().unwrap();
    // No data can make the program panic, so it is made to.
    let code = exit::guard(|| std::panic::panic_any("a planted secret"));
    assert_eq!(format!("{code:?}"), format!("{:?}", ExitCode::from(70)));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::example();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tokendeck"));
    command.env_clear().env("HOME", place.home()).env("TOKENDECK_STORE", text(place.store()));
    command.args(["token", "list", "--as", "ada", "--now", crate::support::NOW]);
    let output = command.stdout(writer).stderr(std::process::Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_full_disk_for_the_output_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    // Only Linux has that device.
    let Ok(full) = full else { return };
    let place = Place::example();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tokendeck"));
    command.env_clear().env("HOME", place.home()).env("TOKENDECK_STORE", text(place.store()));
    command.args(["token", "list", "--as", "ada", "--now", crate::support::NOW]);
    let output = command.stdout(full).stderr(std::process::Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(6));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard input or output failed"));
}
