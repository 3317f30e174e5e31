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
