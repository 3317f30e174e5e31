//! `verify -`: the verdict on standard output, and the exit code.

use crate::support::{Place, value_of};

#[test]
fn r134_only_an_active_token_passes() {
    let place = Place::example();
    let verdicts = [
        ("robot-1", 0, "accepted"),
        ("nightly-export", 1, "disabled"),
        ("old-report", 1, "expired"),
        ("leaked-key", 1, "revoked"),
        ("summer-batch", 1, "scheduled"),
        ("gone", 1, "deleted"),
        ("carl-erecording", 0, "accepted"),
    ];
    for (name, code, word) in verdicts {
        let ran = place.piped(&["verify", "-"], value_of(name)).ends(code);
        assert_eq!(ran.out, format!("{word}\n"), "{name}");
        assert!(ran.err.is_empty());
    }
}

#[test]
fn r029_a_module_that_was_not_granted_is_refused() {
    let place = Place::example();
    let asked = |module, method| {
        let arguments = ["verify", "-", "--module", module, "--method", method];
        place.piped(&arguments, value_of("robot-1"))
    };
    asked("MOD-0001", "GET").ends(0);
    assert_eq!(asked("MOD-0003", "GET").ends(1).out, "no access\n");
    asked("catalog", "DELETE").ends(0);
    asked("Nothing", "GET").ends(4);
    asked("MOD-0001", "NOT A METHOD").ends(2);
}

#[test]
fn the_answer_as_json_has_the_exit_code_too() {
    let place = Place::example();
    let no = place.piped(&["verify", "-", "-o", "json"], value_of("leaked-key")).ends(1);
    let answer: serde_json::Value = serde_json::from_str(&no.out).unwrap();
    assert_eq!(answer["accepted"], false);
    assert_eq!(answer["reason"], "revoked");
    assert_eq!(answer["token"], "TKN-1000-0005");
    let yes = place.piped(&["verify", "-", "-o", "json"], value_of("robot-1")).ends(0);
    let answer: serde_json::Value = serde_json::from_str(&yes.out).unwrap();
    assert_eq!((&answer["accepted"], &answer["reason"]), (&true.into(), &serde_json::Value::Null));
}

#[test]
fn a_bearer_need_not_be_a_user_of_the_store() {
    let place = Place::example().by("gateway");
    place.piped(&["verify", "-"], value_of("robot-1")).ends(0);
    place.piped(&["verify", "-", "--module", "MOD-0001"], value_of("robot-1")).ends(0);
    let ran = place.piped(&["verify", "-", "--module", "MOD-0003"], value_of("robot-1")).ends(1);
    assert_eq!(ran.out, "no access\n");
    // Names are for those who may see the catalogue, and all else is refused.
    place.piped(&["verify", "-", "--module", "Catalog"], value_of("robot-1")).ends(3);
    place.piped(&["lookup", "-"], value_of("robot-1")).ends(3);
    place.run(&["token", "list"]).ends(3);
}

#[test]
fn a_value_may_be_pasted_with_white_space_around_it() {
    let pasted = format!("  {}\r\n", value_of("robot-1"));
    Place::example().piped(&["verify", "-"], &pasted).ends(0);
}

#[test]
fn what_is_no_value_of_this_store_is_unknown() {
    let place = Place::example();
    for text in ["not a value", "tdk_x", "password"] {
        assert_eq!(place.piped(&["verify", "-"], text).ends(1).out, "unknown\n");
    }
    place.piped(&["verify", "-"], "").ends(2);
    place.piped(&["verify", "-"], "  \n").ends(2);
}

#[test]
fn r135_a_use_is_written_before_the_command_ends() {
    let place = Place::example();
    place.piped(&["verify", "-"], value_of("robot-2")).ends(0);
    let shown = place.json(&["token", "show", "robot-2"]);
    assert_eq!(shown["last_used_at"], "2026-03-10T12:00:00Z");
    // Nor is one that is only tried, or refused.
    place.piped(&["verify", "-", "--dry-run"], value_of("bulk-01")).ends(0);
    let shown = place.json(&["token", "show", "bulk-01"]);
    assert_eq!(shown["last_used_at"], serde_json::Value::Null);
    place.piped(&["verify", "-"], value_of("summer-batch")).ends(1);
    let shown = place.json(&["token", "show", "summer-batch"]);
    assert_eq!(shown["last_used_at"], serde_json::Value::Null);
}

#[test]
fn d04_the_verdict_waits_for_no_record_of_the_use() {
    let place = Place::example();
    let value = value_of("robot-2");
    let other = place.database();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ran = place.piped(&["verify", "-"], value).ends(0);
    assert_eq!(ran.out, "accepted\n");
    assert!(ran.err.contains("the use could not be recorded"), "{}", ran.err);
    let ran = place.piped(&["verify", "-", "-o", "json"], value).ends(0);
    let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(answer["accepted"], true);
    assert_eq!(ran.error()["code"], "use_not_recorded");
    // What is refused is no use, and there is nothing to record.
    let ran = place.piped(&["verify", "-"], value_of("leaked-key")).ends(1);
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("revoked\n", ""));
    other.execute_batch("ROLLBACK").unwrap();
    let ran = place.piped(&["verify", "-"], value).ends(0);
    assert!(ran.err.is_empty(), "{}", ran.err);
    let shown = place.json(&["token", "show", "robot-2"]);
    assert_eq!(shown["last_used_at"], "2026-03-10T12:00:00Z");
}

/// The value of a token that was exported for carl and waits for its first use.
fn exported(place: &Place) -> String {
    let folder = place.home().join("out");
    std::fs::create_dir(&folder).unwrap();
    let arguments = [
        "user",
        "generate-export",
        "carl",
        "--module",
        "eRecording",
        "--export-dir",
        folder.to_str().unwrap(),
        "--confirm",
        "generate 1",
        "--as",
        "kim",
    ];
    place.run(&arguments).ends(0);
    let file = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let row = csv::Reader::from_path(file).unwrap().records().next().unwrap().unwrap();
    row[6].to_owned()
}

#[test]
fn d04_the_first_use_that_cannot_be_written_lets_nobody_pass_and_says_why() {
    let place = Place::example();
    let value = exported(&place);
    let other = place.database();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ran = place.piped(&["verify", "-", "-o", "json"], &value).ends(6);
    assert_eq!(ran.error()["code"], "store_busy");
    let message = ran.error()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("first use of an exported token"), "{message}");
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(place.piped(&["verify", "-"], &value).ends(0).out, "accepted\n");
}

#[test]
fn d11_a_dry_run_says_of_an_exported_value_what_a_real_one_would() {
    let place = Place::example();
    let value = exported(&place);
    let head = place.head();
    assert_eq!(place.piped(&["verify", "-", "--dry-run"], &value).ends(0).out, "accepted\n");
    // Nothing was accepted by that; nor can it be where nothing may be written.
    assert_eq!(place.head(), head);
    assert_eq!(place.piped(&["verify", "-", "--read-only"], &value).ends(1).out, "pending\n");
    let both = ["verify", "-", "--dry-run", "--read-only"];
    assert_eq!(place.piped(&both, &value).ends(1).out, "pending\n");
    assert_eq!(place.piped(&["verify", "-"], &value).ends(0).out, "accepted\n");
    assert_ne!(place.head(), head);
}
