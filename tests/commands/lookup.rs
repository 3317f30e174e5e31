//! `lookup -`: whatever people paste, every value of ours in it is found, and none is echoed.

use serde_json::Value;

use crate::support::{Place, Ran, value_of};

/// Fails where a stretch of a value's secret is in what was printed.
#[track_caller]
fn keeps_secret(ran: &Ran, values: &[&str]) {
    for value in values {
        let secret = value.rsplit_once('_').unwrap().1.as_bytes();
        for part in secret.windows(8) {
            let part = std::str::from_utf8(part).unwrap();
            assert!(!ran.out.contains(part) && !ran.err.contains(part), "{}{}", ran.out, ran.err);
        }
    }
}

fn found(answer: &Value) -> Vec<(&str, &str)> {
    let all = answer["found"].as_array().unwrap().iter();
    all.map(|found| (found["token"]["name"].as_str().unwrap(), found["matched"].as_str().unwrap()))
        .collect()
}

#[test]
fn a02_a_value_is_found_however_it_was_pasted() {
    let place = Place::example();
    let value = value_of("robot-1");
    let broken = |width: usize, glue: &str| {
        let bytes: Vec<_> = value.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
        bytes.join(glue)
    };
    for text in [
        format!("\"{value}\""),
        format!("'{value}'"),
        format!("Authorization: Bearer {value}"),
        format!("TOKEN={value}"),
        format!("{value},"),
        format!("\u{feff}{value}\r\n"),
        format!("2026-03-10T11:59:00Z WARN 10.0.0.7 GET /orders key={value} 401"),
        broken(40, "\n"),
        broken(33, "\r\n  "),
        broken(50, "\\\n"),
        format!("> {}", broken(40, "\n> ")),
    ] {
        let ran = place.piped(&["lookup", "-", "-o", "json"], &text).ends(0);
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(found(&answer), [("robot-1", "current value")], "{text}");
        // What scripts read of one that was found.
        assert_eq!(answer["token"]["name"], "robot-1");
        assert_eq!(answer["matched"], "current value");
        assert_eq!(answer["elsewhere"], 0);
        keeps_secret(&ran, &[value]);
        let plain = place.piped(&["lookup", "-"], &text).ends(0);
        assert!(plain.out.contains("robot-1") && plain.err.is_empty(), "{}", plain.err);
        keeps_secret(&plain, &[value]);
    }
    for end in [26, 27, 30, 60, value.len() - 1] {
        let text = format!("seen: {}...", value.get(..end).unwrap());
        let ran = place.piped(&["lookup", "-"], &text).ends(0);
        assert!(ran.out.contains("GUID of its current value"), "{}", ran.out);
    }
    let wide: Vec<u8> =
        format!("\u{feff}token={value}\r\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let ran = place.command(&["lookup", "-"]).write_stdin(wide).output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "as a shell of Windows writes it");
}

#[test]
fn a02_all_values_in_a_text_are_told_each_with_its_token() {
    let place = Place::example();
    let values = ["robot-1", "leaked-key", "robot-2"].map(value_of);
    let elsewhere = value_of("sync-agent");
    let cut = values[2].get(..40).unwrap();
    let text = format!("a: {}\nb: {}\n{elsewhere}\n{cut}\n{}", values[0], values[1], values[0]);
    let ran = place.piped(&["lookup", "-", "-o", "json"], &text).ends(0);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let cut = "GUID of its current value";
    let expected =
        [("robot-1", "current value"), ("leaked-key", "current value"), ("robot-2", cut)];
    assert_eq!(found(&answer), expected);
    assert_eq!(answer["elsewhere"], 1);
    keeps_secret(&ran, &values);
    for (form, lines) in [("table", 4), ("csv", 4), ("jsonl", 3)] {
        let ran = place.piped(&["lookup", "-", "-o", form], &text).ends(0);
        assert_eq!(ran.out.lines().count(), lines, "{form}: {}", ran.out);
        for name in ["robot-1", "leaked-key", "robot-2"] {
            assert!(ran.out.contains(name), "{form}: {}", ran.out);
        }
        keeps_secret(&ran, &values);
    }
    let ran = place.piped(&["lookup", "-"], &text).ends(0);
    assert!(ran.err.contains("1 value in it is of no token that you may see"), "{}", ran.err);
    // Only where nothing of ours is in it.
    for text in [elsewhere, "a line of a log\nand another", &"x".repeat(100_000)] {
        let ran = place.piped(&["lookup", "-", "-o", "json"], text).ends(4);
        assert_eq!(ran.error()["code"], "not_found");
        keeps_secret(&ran, &[elsewhere]);
    }
}

#[test]
fn a02_all_that_were_given_away_are_revoked_after_one_word() {
    let place = Place::example();
    let old = value_of("robot-2");
    place.run(&["token", "regenerate", "robot-2", "--yes"]).ends(0);
    let text = format!("{}\n{}\n{old}\n{0}", value_of("robot-1"), value_of("bulk-01"));
    let revoke = |more: &[&str]| place.piped(&[&["lookup", "-", "--revoke"], more].concat(), &text);
    let head = place.head();
    for flags in [&[][..], &["--yes"], &["--confirm", "revoke 3"]] {
        let ran = revoke(flags).ends(2);
        assert!(ran.err.contains("--confirm \"revoke 2\""), "{}", ran.err);
        keeps_secret(&ran, &[value_of("robot-1"), value_of("bulk-01"), old]);
    }
    revoke(&["--dry-run"]).ends(0);
    revoke(&["--read-only", "--confirm", "revoke 2"]).ends(3);
    assert_eq!(place.head(), head);
    let ran = revoke(&["--confirm", "revoke 2"]).ends(0);
    assert!(ran.err.contains("2 revoked"), "{}", ran.err);
    assert!(ran.err.contains("left alone, as it does not pass any more"), "{}", ran.err);
    for (name, status) in [("robot-1", "revoked"), ("bulk-01", "revoked"), ("robot-2", "active")] {
        assert_eq!(place.status_of(name), status);
    }
    // In an incident things are said twice.
    revoke(&["--confirm", "revoke 2"]).ends(0);
    let report = revoke(&["-o", "json"]).ends(0);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!((&report["done"], &report["skipped"]), (&0.into(), &2.into()));
    let none = place.piped(&["lookup", "-", "--revoke"], old).ends(0);
    assert!(none.err.contains("left alone"), "{}", none.err);
    place.piped(&["lookup", "-", "--revoke"], "nothing of ours").ends(4);
}

#[test]
fn a02_verify_refuses_a_value_in_other_text_and_says_what_to_do() {
    let place = Place::example();
    let value = value_of("robot-1");
    for text in [format!("Bearer {value}"), format!("\u{feff}{value}"), format!("\"{value}\"")] {
        let ran = place.piped(&["verify", "-"], &text).ends(1);
        assert_eq!(ran.out, "unknown\n");
        assert!(ran.err.contains("pipe the value alone"), "{}", ran.err);
        keeps_secret(&ran, &[value]);
        let ran = place.piped(&["verify", "-", "-o", "json"], &text).ends(1);
        assert_eq!(ran.error()["code"], "value_in_text");
    }
    assert!(place.piped(&["verify", "-"], "no value at all").ends(1).err.is_empty());
}

#[test]
fn a02_an_operator_credential_is_said_to_be_one_and_goes_nowhere() {
    let place = Place::example().by("rosa");
    let secret = place.run(&["operator", "create", "kim"]).ends(0).out;
    let secret = secret.trim();
    let ran = place.piped(&["lookup", "-"], secret).ends(4);
    assert!(ran.err.contains("operator credential"), "{}", ran.err);
    keeps_secret(&ran, &[secret]);
    let ran = place.piped(&["lookup", "-"], &format!("{secret}\n{}", value_of("robot-1"))).ends(0);
    assert!(ran.err.contains("operator credential") && ran.out.contains("robot-1"), "{}", ran.err);
}
