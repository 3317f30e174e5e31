//! Times and lengths of time on every flag that takes one: the same words, the same
//! meaning, and the flag is named where they are wrong.

use assert_cmd::Command;
use serde_json::Value;

use crate::support::{Place, Ran, names, value_of};

fn edited(place: &Place, flags: &[&str]) -> Value {
    place.run(&[&["token", "edit", "robot-1"], flags].concat()).ends(0);
    place.json(&["token", "show", "robot-1"])
}

#[test]
fn a22_a_plus_before_a_length_of_time_changes_nothing() {
    let place = Place::example();
    for (plain, plus, end) in [
        ("90d", "+90d", "2026-06-08T12:00:00Z"),
        ("3m", "+3m", "2026-06-10T12:00:00Z"),
        ("12w", "+12w", "2026-06-02T12:00:00Z"),
        ("1y", "+1y", "2027-03-10T12:00:00Z"),
        ("24h", "+24h", "2026-03-11T12:00:00Z"),
    ] {
        for text in [plain, plus] {
            assert_eq!(edited(&place, &["--expires", text])["valid_to"], end, "{text}");
            let from = edited(&place, &["--expires", "never", "--valid-from", text]);
            assert_eq!(from["valid_from"], end, "{text}");
            edited(&place, &["--valid-from", "now"]);
            let dry =
                place.json(&["token", "regenerate", "robot-1", "--expires", text, "--dry-run"]);
            assert_eq!(dry["token"]["valid_to"], end, "{text}");
        }
        let list =
            |flag: &str, text: &str| place.json(&["token", "list", flag, text])["tokens"].clone();
        for flag in ["--expires-within", "--unused-for"] {
            assert_eq!(list(flag, plain), list(flag, plus), "{flag} {plain}");
        }
        let events = |text: &str| place.json(&["audit", "list", "--since", text])["total"].clone();
        assert_eq!(events(plain), events(plus), "{plain}");
    }
    let until = |text: &str| {
        let made = ["operator", "create", "ada", "--expires", text, "--dry-run"];
        place.json(&made)["credential"]["expires_at"].clone()
    };
    assert_eq!(until("90d"), until("+90d"));
}

#[test]
fn a22_nonsense_is_refused_and_the_flag_is_named() {
    let place = Place::example();
    let head = place.head();
    let flags: [(&[&str], &str); 7] = [
        (&["token", "edit", "robot-1"], "--expires"),
        (&["token", "edit", "robot-1"], "--valid-from"),
        (&["token", "regenerate", "robot-1", "--yes"], "--expires"),
        (&["token", "list"], "--expires-within"),
        (&["token", "disable", "--yes"], "--unused-for"),
        (&["audit", "list"], "--since"),
        (&["operator", "create", "ada"], "--expires"),
    ];
    for (verb, flag) in flags {
        for text in ["++5d", "+-5d", "5", "soon", "2026-12-31T23:59:60Z", "+2027-01-31", "27-01-31"]
        {
            let line = [verb, &[flag, text]].concat();
            let ran = place.run(&line).ends(2);
            assert!(ran.err.contains(flag), "{line:?}: {}", ran.err);
        }
    }
    let past = place.run(&["token", "edit", "robot-1", "--expires", "2026-03-01"]).ends(2);
    assert!(past.err.contains("--expires: Date is in the past"), "{}", past.err);
    let order = ["--valid-from", "2026-05-01", "--expires", "2026-04-01"];
    let order = place.run(&[&["token", "edit", "robot-1"], &order[..]].concat()).ends(2);
    assert!(order.err.contains("--expires: Must be after Valid from"), "{}", order.err);
    let far = place.run(&["token", "list", "--expires-within", "99999y"]).ends(2);
    assert!(far.err.contains("--expires-within"), "{}", far.err);
    place.run(&["token", "list", "--now", "2026-03-10T23:59:60Z"]).ends(2);
    assert_eq!(place.head(), head);
}

#[test]
fn a22_a_typed_end_day_ends_at_the_next_midnight_and_is_shown_as_typed() {
    let place = Place::example();
    let shown = edited(&place, &["--expires", "2027-01-31"]);
    assert_eq!(shown["valid_to"], "2027-02-01T00:00:00Z");
    let row = |line: &[&str]| {
        let out = place.run(line).ends(0).out;
        out.lines().find(|line| line.contains("robot-1")).unwrap().to_owned()
    };
    let listed = row(&["token", "list", "--search", "robot-1"]);
    assert!(listed.contains("2027-01-31") && !listed.contains("2027-02-01"), "{listed}");
    let csv = row(&["token", "list", "--search", "robot-1", "-o", "csv"]);
    assert!(csv.contains("2027-02-01T00:00:00Z"), "{csv}");
    // Details have seconds, so they show the instant.
    let details = place.run(&["token", "show", "robot-1"]).ends(0).out;
    assert!(details.contains("2027-02-01 00:00:00 UTC"), "{details}");
    // The shown day is what is compared: not before itself, before the next one.
    let before = |day: &str| {
        let list = place.json(&["token", "list", "--search", "robot-1", "--expires-within", day]);
        names(&list).len()
    };
    assert_eq!((before("2027-01-31"), before("2027-02-01")), (0, 1));
    assert_eq!(edited(&place, &["--expires", "eom"])["valid_to"], "2026-04-01T00:00:00Z");
    assert_eq!(edited(&place, &["--expires", "eoy"])["valid_to"], "2027-01-01T00:00:00Z");
    // The last day that there is ends with the calendar.
    assert_eq!(edited(&place, &["--expires", "9999-12-31"])["valid_to"], "9999-12-31T23:59:59Z");
    // What was stored as the last second of a day reads as that day too.
    let old = place.run(&["token", "list", "--search", "robot-2"]).ends(0).out;
    assert!(old.contains("2026-09-01"), "{old}");
}

#[test]
fn a22_the_last_second_of_a_typed_day_still_passes() {
    let place = Place::example();
    edited(&place, &["--expires", "2026-03-10"]);
    let value = value_of("robot-1");
    let verify = |now: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokendeck"));
        command.env_clear().env("HOME", place.home()).env("TOKENDECK_STORE", place.store());
        command.args(["verify", "-", "--dry-run", "--now", now]);
        Ran::of(&mut command, value).out
    };
    assert_eq!(verify("2026-03-10T23:59:59.999Z"), "accepted\n");
    assert_eq!(verify("2026-03-11T00:00:00Z"), "expired\n");
}

#[test]
fn a33_only_what_could_be_used_is_listed_as_unused() {
    let place = Place::example().by("rosa");
    let unused =
        |more: &[&str]| place.json(&[&["token", "list", "--unused-for", "5d"], more].concat());
    let list = unused(&[]);
    let statuses: Vec<_> =
        list["tokens"].as_array().unwrap().iter().map(|t| t["status"].as_str().unwrap()).collect();
    assert!(statuses.contains(&"active"), "{statuses:?}");
    // A request has no value that could be used.
    assert!(statuses.iter().all(|status| *status == "active"), "{statuses:?}");
    let named = unused(&["--status", "revoked,expired"]);
    assert!(names(&named).contains(&"leaked-key"), "{:?}", names(&named));
    // A disabled account's tokens can't be used either.
    let before = names(&unused(&["--account", "Acme"])).len();
    assert!(before > 0);
    place.run(&["catalog", "edit", "account", "Acme", "--disabled"]).ends(0);
    assert_eq!(names(&unused(&["--account", "Acme"])).len(), 0);
    // They are found where that is asked for: as Disabled, which they are now.
    assert!(names(&unused(&["--account", "Acme", "--status", "disabled"])).len() >= before);
}

#[test]
fn a37_a_dry_run_of_regenerate_names_the_overlap() {
    let place = Place::example();
    let dry = |overlap: &str| {
        let line = ["token", "regenerate", "robot-2", "--overlap", overlap, "--dry-run"];
        place.run(&line).ends(0).err
    };
    let day = dry("24h");
    assert!(day.contains("pass until 2026-03-11 12:00:00 UTC (overlap 24h)"), "{day}");
    let none = dry("none");
    assert!(none.contains("stop working at once (overlap none)"), "{none}");
    let ended = ["token", "regenerate", "old-report", "--overlap", "7d", "--dry-run"];
    let ended = place.run(&ended).ends(0).err;
    assert!(ended.contains("has expired and stays refused (overlap 7d)"), "{ended}");
    let json = ["token", "regenerate", "robot-2", "--overlap", "1h", "--dry-run"];
    let json = place.json(&json);
    assert_eq!(json["token"]["previous"]["until"], "2026-03-10T13:00:00Z");
}
