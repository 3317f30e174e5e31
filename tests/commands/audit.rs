//! The audit trail and the chain that shows whether it was touched.

use rusqlite::params;

use crate::support::Place;

#[test]
fn r136_every_action_leaves_its_event() {
    let place = Place::example();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    place.run(&["token", "enable", "robot-1"]).ends(0);
    place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);
    let page = place.json(&["audit", "list", "--token", "robot-1"]);
    let actions: Vec<_> =
        page["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(actions[..3], ["revoked", "enabled", "disabled"], "newest first");
    assert_eq!(page["events"][0]["by_name"], "Ada Admin");
}

#[test]
fn events_are_found_by_user_and_time() {
    let place = Place::example();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    let by_ada = place.json(&["audit", "list", "--by", "ada", "--since", "2026-03-10"]);
    assert_eq!(by_ada["total"], 1);
    let lately = place.json(&["audit", "list", "--since", "1h"]);
    assert_eq!(lately["total"], 1);
    assert_eq!(place.json(&["audit", "list", "--by", "vic"])["total"], 0);
}

#[test]
fn a_member_reads_no_events_of_others() {
    let place = Place::example().by("carl");
    let page = place.json(&["audit", "list"]);
    for event in page["events"].as_array().unwrap() {
        let subject = event["subject"]["id"].as_str().unwrap();
        assert!(["TKN-1000-0010", "USR-0002-0001"].contains(&subject), "{event}");
    }
    assert!(page["total"].as_u64().unwrap() > 0);
}

#[test]
fn an_untouched_chain_is_whole() {
    let place = Place::example();
    let chain = place.json(&["audit", "verify"]);
    assert_eq!(chain["whole"], true);
    assert_eq!(chain["events"].as_u64().unwrap(), place.head());
}

#[test]
fn a_changed_byte_of_an_event_is_found_with_its_place() {
    let place = Place::example();
    let database = place.database();
    database.execute_batch("DROP TRIGGER event_no_update").unwrap();
    for (column, changed) in [("action", "editee"), ("details", "[ ]")] {
        let read = format!("SELECT {column} FROM event WHERE sequence = 31");
        let before: String = database.query_row(&read, [], |row| row.get(0)).unwrap();
        let write = format!("UPDATE event SET {column} = ? WHERE sequence = 31");
        database.execute(&write, params![changed]).unwrap();
        let ran = place.run(&["audit", "verify", "--output", "json"]).ends(1);
        let chain: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((&chain["whole"], &chain["broken_at"]), (&false.into(), &31.into()), "{column}");
        place.run(&["store", "check"]).ends(1);
        database.execute(&write, params![before]).unwrap();
        place.run(&["audit", "verify"]).ends(0);
    }
}

#[test]
fn a06_a_head_that_was_kept_proves_later_that_all_up_to_it_is_as_it_was() {
    let place = Place::example();
    let before = place.json(&["audit", "verify"]);
    let head = before["head"].as_str().unwrap().to_owned();
    assert_eq!(head.split_once(':').unwrap().0, place.head().to_string());
    place.run(&["token", "disable", "robot-1"]).ends(0);
    let after = place.json(&["audit", "verify", "--expect", &head]);
    assert_eq!(after["whole"], true);
    assert_ne!(after["head"], before["head"]);
    let newest = after["head"].as_str().unwrap().to_owned();
    place
        .database()
        .execute_batch(
            "DROP TRIGGER event_no_delete;
         DELETE FROM event WHERE sequence = (SELECT max(sequence) FROM event);
         UPDATE head SET sequence = sequence - 1,
           hash = (SELECT hash FROM event ORDER BY sequence DESC LIMIT 1),
           at = (SELECT at FROM event ORDER BY sequence DESC LIMIT 1)",
        )
        .unwrap();
    place.run(&["audit", "verify"]).ends(0);
    place.run(&["audit", "verify", "--expect", &head]).ends(0);
    let cut = place.run(&["audit", "verify", "--expect", &newest, "-o", "json"]).ends(1);
    let cut: serde_json::Value = serde_json::from_str(&cut.out).unwrap();
    assert_eq!((&cut["whole"], &cut["head"]), (&false.into(), &before["head"]));
    assert!(cut["reason"].as_str().unwrap().contains("cut off"), "{cut}");
    let (number, _) = head.split_once(':').unwrap();
    let other = format!("{number}:{}", "0".repeat(64));
    let rebuilt = place.run(&["audit", "verify", "--expect", &other]).ends(1);
    assert!(rebuilt.out.contains("made anew"), "{}", rebuilt.out);
    let usage = place.run(&["audit", "verify", "--expect", "31"]).ends(2);
    assert!(usage.err.contains("64 digits"), "{}", usage.err);
}

#[test]
fn a06_events_are_filtered_by_kinds_and_times_and_paged_by_their_number() {
    let place = Place::example();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    place.run(&["token", "enable", "robot-1"]).ends(0);
    let numbers = |args: &[&str]| -> Vec<u64> {
        let page = place.json(&[&["audit", "list"], args].concat());
        let events = page["events"].as_array().unwrap().clone();
        assert_eq!(page["total"].as_u64().unwrap(), events.len() as u64, "{args:?}");
        events.iter().map(|event| event["sequence"].as_u64().unwrap()).collect()
    };
    let head = place.head();
    assert_eq!(numbers(&["--action", "disabled,enabled", "--since", "1h"]), [head, head - 1]);
    assert_eq!(numbers(&["--action", "disabled", "--since", "1h"]), [head - 1]);
    let all = numbers(&[]);
    let (late, early) = (numbers(&["--after", "40"]), numbers(&["--before", "41"]));
    assert_eq!([late, early].concat(), all);
    let (late, early) = (numbers(&["--since", "24h"]), numbers(&["--until", "24h"]));
    assert_eq!([late, early].concat(), all);
    let slip = place.run(&["audit", "list", "--action", "revokd"]).ends(2);
    assert!(slip.err.contains("revoked"), "{}", slip.err);
}

/// The lines of an export.
fn lines(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn e05_an_export_is_proven_alone_and_what_was_changed_in_it_is_found() {
    let place = Place::example().by("rosa");
    place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);
    let export = place.run(&["audit", "export"]).ends(0).out;
    assert_eq!(lines(&export).len() as u64, place.head());
    let file = place.home().join("audit.jsonl");
    let verify = |text: &str, more: &[&str]| {
        std::fs::write(&file, text).unwrap();
        let args = ["audit", "verify", "-o", "json", "--file", file.to_str().unwrap()];
        let ran = place.run(&[&args, more].concat());
        (ran.code, serde_json::from_str::<serde_json::Value>(&ran.out).unwrap_or_default())
    };
    let head = place.json(&["audit", "verify"])["head"].as_str().unwrap().to_owned();
    let (code, whole) = verify(&export, &["--expect", &head]);
    assert_eq!((code, &whole["head"]), (0, &head.clone().into()));
    // What people read is compared with the bytes, and the bytes with the chain.
    let broken = |text: &str| {
        let (code, chain) = verify(text, &[]);
        assert_eq!(code, 1, "{chain}");
        chain["broken_at"].as_u64().unwrap()
    };
    let at = |n: usize, change: &dyn Fn(&str) -> String| {
        let mut all: Vec<String> = export.lines().map(str::to_owned).collect();
        all[n - 1] = change(&all[n - 1]);
        all.join("\n")
    };
    assert_eq!(broken(&at(7, &|line| line.replace("created", "deleted"))), 7);
    assert_eq!(broken(&at(7, &|line| line.replace("\"bytes\":\"02", "\"bytes\":\"03"))), 7);
    assert!(broken(&export.replacen("Ada", "Eve", 1).replacen("\"created\"", "\"edited\"", 1)) > 0);
    let without: Vec<_> = export.lines().filter(|line| !line.contains("\"sequence\":9,")).collect();
    assert_eq!(broken(&without.join("\n")), 9);
    let cut: Vec<_> = export.lines().take(12).collect();
    let (code, cut) = verify(&cut.join("\n"), &["--expect", &head]);
    assert_eq!((code, &cut["broken_at"]), (1, &place.head().into()));
    // A part of it is proven as well, from where it begins.
    let part = place.run(&["audit", "export", "--after", "10"]).ends(0).out;
    assert_eq!(verify(&part, &["--expect", &head]).0, 0);
    let (code, _) = verify("{\"sequence\":1}", &[]);
    assert_ne!(code, 0);
}

#[test]
fn e05_an_export_has_csv_and_others_than_a_superadmin_get_what_they_may_read() {
    let place = Place::example().by("rosa");
    let csv = place.run(&["audit", "export", "-o", "csv"]).ends(0).out;
    let header = csv.lines().next().unwrap();
    assert!(header.starts_with("sequence,at,by,") && header.ends_with(",previous,bytes,hash"));
    assert_eq!(csv.lines().count() as u64, place.head() + 1);
    let place = place.by("carl");
    let own = lines(&place.run(&["audit", "export"]).ends(0).out);
    assert!(!own.is_empty() && own.iter().all(|line| line.get("proof").is_none()));
    let listed = place.json(&["audit", "list"]);
    assert_eq!(listed["total"], own.len());
    let none = place.run(&["audit", "export", "-o", "csv", "--after", "9999"]).ends(0).out;
    assert_eq!(none.lines().count(), 1, "a header all the same");
}

#[test]
fn e05_following_goes_on_behind_the_last_sequence_that_was_read() {
    use std::io::{BufRead as _, BufReader};
    let place = Place::example().by("rosa");
    let from = place.head();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    let after = from.to_string();
    let mut follow = place
        .process(&["audit", "follow", "-o", "jsonl", "--after", &after])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(follow.stdout.take().unwrap()).lines();
    let mut next =
        || -> serde_json::Value { serde_json::from_str(&out.next().unwrap().unwrap()).unwrap() };
    let first = next();
    assert_eq!((&first["sequence"], &first["action"]), (&(from + 1).into(), &"disabled".into()));
    place.run(&["token", "enable", "robot-1"]).ends(0);
    let second = next();
    assert_eq!((&second["sequence"], &second["action"]), (&(from + 2).into(), &"enabled".into()));
    // Nobody reads any more: it ends by itself, though nothing happens.
    drop(out);
    assert!(follow.wait().unwrap().success());
    let csv = place.run(&["audit", "follow", "-o", "csv"]).ends(2);
    assert!(csv.err.contains("audit export"), "{}", csv.err);
}

#[test]
fn a32_who_removed_a_record_still_reads_what_they_did() {
    let place = Place::example();
    place.run(&["token", "delete", "robot-1", "--yes"]).ends(0);
    let told = |place: &Place| -> Vec<(String, String)> {
        let page = place.json(&["audit", "list", "--since", "1h"]);
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let events = page["events"].as_array().unwrap().clone();
        events.iter().map(|e| (text(&e["action"]), text(&e["subject_name"]))).collect()
    };
    let deleted = [("deleted".to_owned(), "robot-1".to_owned())];
    assert_eq!(told(&place), deleted, "to its actor");
    let place = place.by("vic");
    assert_eq!(told(&place), deleted, "to who could see it then");
    let exported = lines(&place.run(&["audit", "export", "--since", "1h"]).ends(0).out);
    assert_eq!(exported.len(), 1);
    for stranger in ["kim", "carl"] {
        let place = place.copy().by(stranger);
        assert_eq!(told(&place), [], "{stranger}");
    }
}
