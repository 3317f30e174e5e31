//! What is on record of a change: what was before and after, and why.

use serde_json::{Value, json};

use crate::support::{Place, value_of};

/// What the newest event says, as people read it.
fn newest(place: &Place) -> String {
    let out = place.run(&["audit", "list", "--limit", "1", "-o", "csv"]).ends(0).out;
    out.lines().nth(1).unwrap().to_owned()
}

/// The facts of the newest event, by their words.
fn facts(place: &Place) -> Vec<Value> {
    let page = place.json(&["audit", "list", "--limit", "1"]);
    page["events"][0]["details"].as_array().unwrap().clone()
}

#[test]
fn a03_an_event_tells_what_was_before_and_after() {
    let place = Place::example();
    for (command, told) in [
        ("token edit robot-2 --module Orders=full", "Orders: Read -> Full"),
        ("token edit robot-2 --module Orders=no", "Orders: Full -> No"),
        ("token edit robot-2 --expires 2026-12-30", "expires 2026-09-01 -> 2026-12-30"),
        ("token edit robot-2 --expires never", "expires 2026-12-30 -> Never"),
        (
            "token edit robot-2 --remove-scope South%plant",
            "scopes North plant, South plant -> North plant",
        ),
        ("token edit robot-2 --group Order%readers", "groups none -> Order readers"),
        ("token edit robot-2 --name robot-9", "name robot-2 -> robot-9"),
        ("token edit robot-9 --disabled", "enabled yes -> no"),
    ] {
        let words: Vec<String> = command.split(' ').map(|word| word.replace('%', " ")).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        place.run(&words).ends(0);
        let line = newest(&place);
        assert!(line.contains(told), "{command}: {line}");
        assert!(!line.contains("changed"), "{command}: {line}");
    }
    place.run(&["token", "edit", "robot-9", "--description", "Spare"]).ends(0);
    assert!(newest(&place).contains("description changed"));
    let shown = place.run(&["token", "show", "robot-9", "--audit"]).ends(0).out;
    assert!(shown.contains("Orders: Read -> Full"), "{shown}");
}

#[test]
fn a03_events_of_users_modules_and_accounts_tell_it_too() {
    let place = Place::example().by("rosa");
    for (command, told) in [
        ("catalog edit user vic --account Borealis", "accounts Acme -> Acme, Borealis"),
        ("catalog edit user vic --role partner", "role Viewer -> Partner"),
        ("catalog edit user vic --manage-tokens", "manage_tokens no -> yes"),
        ("catalog edit user vic --login vicky", "login vic -> vicky"),
        ("catalog edit module Billing --path /pay", "paths 1 -> 2"),
        ("catalog edit account Acme --disabled", "status Active -> Disabled"),
        ("catalog edit group Support --module Billing=read", "Billing: No -> Read"),
    ] {
        place.run(&command.split(' ').collect::<Vec<_>>()).ends(0);
        assert!(newest(&place).contains(told), "{command}: {}", newest(&place));
    }
    let facts = facts(&place);
    let level = json!({ "detail": "level", "module": "MOD-0003", "before": null, "after": "read" });
    assert!(facts.contains(&level), "{facts:?}");
}

#[test]
fn a03_what_is_made_is_told_with_all_that_it_may() {
    let place = Place::example();
    place
        .run(&[
            "token",
            "create",
            "night",
            "--owner",
            "max",
            "--module",
            "Orders=read",
            "--group",
            "Order readers",
            "--scope",
            "North plant",
            "--expires",
            "2026-06-30",
        ])
        .ends(0);
    let line = newest(&place);
    for told in [
        "account Acme",
        "owner Max Member",
        "Orders: Read",
        "groups Order readers",
        "scopes North plant",
        "expires 2026-07-01 00:00:00 UTC",
    ] {
        assert!(line.contains(told), "{told}: {line}");
    }
    assert!(!line.contains("->"), "{line}");
    let rosa = Place::example().by("rosa");
    rosa.run(&["catalog", "add", "user", "zed", "--role", "viewer", "--account", "Acme"]).ends(0);
    let line = newest(&rosa);
    assert!(line.contains("login zed, role Viewer, accounts Acme"), "{line}");
}

#[test]
fn a03_what_a_reader_may_not_know_of_is_not_in_the_facts() {
    let place = Place::example().by("rosa");
    place.run(&["catalog", "edit", "user", "vic", "--account", "Borealis"]).ends(0);
    let ada = place.by("ada");
    let page = ada.json(&["audit", "list", "--limit", "1"]);
    assert_eq!(page["events"][0]["subject_name"], "Vic Viewer");
    let text = page["events"][0].to_string();
    assert!(!text.contains("Borealis") && !text.contains("ACC-0001-0002"), "{text}");
}

#[test]
fn a03_a_reason_is_kept_with_each_event_of_a_change() {
    let place = Place::example();
    let why = ["--reason", "INC-12: left in a log"];
    place.run(&[&["token", "revoke", "robot-1", "--yes"], &why[..]].concat()).ends(0);
    assert!(newest(&place).contains("reason: INC-12: left in a log"), "{}", newest(&place));
    place.run(&[&["token", "disable", "--module", "Catalog", "--yes"], &why[..]].concat()).ends(0);
    let page = place.json(&["audit", "list", "--since", "2026-03-10"]);
    let events = page["events"].as_array().unwrap();
    assert!(events.len() > 2, "{page}");
    let reason = json!({ "detail": "reason", "reason": "INC-12: left in a log" });
    for event in events {
        assert!(event["details"].as_array().unwrap().contains(&reason), "{event}");
    }
    for words in [
        &["token", "edit", "robot-2", "--description", "x"][..],
        &["token", "regenerate", "robot-2", "--yes"],
        &["token", "create", "x", "--module", "Orders=read", "--scope", "North plant"],
        &["catalog", "add", "scope", "East", "--account", "Acme"],
        &["catalog", "edit", "scope", "East", "--name", "Far east"],
        &["catalog", "remove", "scope", "Far east", "--yes"],
        &["operator", "create", "max"],
        &["operator", "revoke", "max", "--yes"],
        &["token", "value", "robot-2"],
    ] {
        place.run(&[words, &why[..]].concat()).ends(0);
        assert!(facts(&place).contains(&reason), "{words:?}: {:?}", facts(&place));
    }
}

#[test]
fn a03_a_reason_may_be_no_value_nothing_and_no_flag_of_what_only_reads() {
    let place = Place::example();
    let before = place.head();
    let value = value_of("robot-2");
    for (reason, said) in [
        ("", "--reason is blank"),
        (" \t ", "--reason is blank"),
        ("a\u{200b}b", "hidden character"),
        (&"x".repeat(501), "At most 500"),
        (value, "token value"),
        (&value[..30], "value"),
    ] {
        let ran = place.run(&["token", "revoke", "robot-1", "--yes", "--reason", reason]).ends(2);
        assert!(ran.err.contains(said), "{reason}: {}", ran.err);
        assert!(!ran.err.contains("tdk_"), "{}", ran.err);
    }
    let job = ["job", "stop", "JOB-0001-0001"];
    for words in
        [&["token", "list"][..], &["audit", "list"], &["doctor"], &["config", "show"], &job]
    {
        let ran = place.run(&[words, &["--reason", "x"]].concat()).ends(2);
        assert!(ran.err.contains("leave it out"), "{words:?}: {}", ran.err);
    }
    assert_eq!(place.head(), before);
    place.run(&["token", "disable", "robot-1", "--reason", "-y2k"]).ends(0);
    assert!(newest(&place).contains("reason: -y2k"));
}

#[test]
fn a04_who_and_what_was_removed_keeps_its_name_in_the_record() {
    let place = Place::example().by("rosa");
    for words in [
        "catalog add user zed --name Zed --role admin --account Acme --scope North%plant",
        "catalog add module Archive --account Acme",
        "catalog add scope East --account Acme",
        "catalog add group Night --account Acme --module Orders=read",
    ] {
        let words: Vec<String> = words.split(' ').map(|word| word.replace('%', " ")).collect();
        place.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).ends(0);
    }
    let place = place.by("zed");
    place
        .run(&[
            "token",
            "create",
            "last",
            "--module",
            "Archive=read",
            "--group",
            "Night",
            "--scope",
            "North plant",
        ])
        .ends(0);
    place.run(&["token", "delete", "last", "--yes"]).ends(0);
    let place = place.by("rosa");
    for words in ["user zed", "group Night", "module Archive", "scope East"] {
        let words: Vec<_> = words.split(' ').collect();
        place.run(&[&["catalog", "remove"], &words[..], &["--yes"]].concat()).ends(0);
    }
    let page = place.json(&["audit", "list", "--limit", "4"]);
    let names: Vec<_> =
        page["events"].as_array().unwrap().iter().map(|event| &event["subject_name"]).collect();
    assert_eq!(names, ["East (removed)", "Archive (removed)", "Night (removed)", "Zed (removed)"]);
    for by in ["zed", "ZED", "Zed"] {
        let page = place.json(&["audit", "list", "--by", by]);
        assert_eq!(page["total"], 2, "{by}");
        assert_eq!(page["events"][0]["by_name"], "Zed (removed)");
    }
    let text = place.run(&["audit", "list", "--by", "zed"]).ends(0).out;
    for told in ["Zed (removed) (", "Archive (removed): Read", "groups Night (removed)"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    let csv = place.run(&["audit", "list", "--by", "zed", "-o", "csv"]).ends(0).out;
    assert!(csv.contains("Zed (removed)"), "{csv}");
    let shown = place.run(&["token", "list", "--status", "deleted", "-o", "csv"]).ends(0).out;
    assert!(shown.contains("created_by_name") && shown.contains("Zed (removed)"), "{shown}");
    let deleted = place.json(&["token", "list", "--status", "deleted"]);
    let last = deleted["tokens"].as_array().unwrap().iter().find(|token| token["name"] == "last");
    let id = last.unwrap()["id"].as_str().unwrap();
    let shown = place.run(&["token", "show", id]).ends(0).out;
    assert!(
        shown.contains("by Zed (removed)") && shown.contains("Archive (removed) Read"),
        "{shown}"
    );
}

#[test]
fn a04_what_was_removed_is_offered_nowhere_and_told_to_whom_it_was_known() {
    let place = Place::example().by("rosa");
    place.run(&["catalog", "remove", "user", "kim", "--yes"]).ends(0);
    let catalogue = place.run(&["catalog", "list", "-o", "json"]).ends(0).out;
    assert!(!catalogue.contains("kim"), "{catalogue}");
    let export = place.run(&["catalog", "export", "-"]).ends(0).out;
    assert!(!export.contains("kim"), "{export}");
    let create = ["token", "create", "x", "--account", "Acme", "--module", "Orders=read"];
    place.run(&[&create[..], &["--owner", "kim"]].concat()).ends(4);
    place.run(&["catalog", "remove", "user", "kim", "--yes"]).ends(4);
    place.run(&["operator", "create", "kim"]).ends(4);
    // kim was of Cedar County, which ada does not reach and pia does not either.
    place.json(&["audit", "list", "--by", "kim"]);
    let ada = place.by("ada");
    ada.run(&["audit", "list", "--by", "kim"]).ends(4);
    // The name is free again, and then means whoever bears it.
    let rosa = ada.by("rosa");
    rosa.run(&["catalog", "add", "user", "kim", "--role", "viewer", "--account", "Acme"]).ends(0);
    assert_eq!(rosa.json(&["audit", "list", "--by", "kim"])["total"], 0);
    rosa.run(&["audit", "list", "--by", "USR-9999-0001"]).ends(4);
    rosa.run(&["audit", "list", "--by", "nobody"]).ends(4);
}

#[test]
fn a04_who_was_removed_before_names_were_kept_shows_the_id() {
    let place = Place::example().by("rosa");
    place.run(&["catalog", "add", "user", "zed", "--role", "admin", "--account", "Acme"]).ends(0);
    let id = place.json(&["audit", "list", "--limit", "1"])["events"][0]["subject"]["id"].clone();
    let id = id.as_str().unwrap();
    place.run(&["token", "delete", "robot-1", "--yes"]).ends(0);
    let place = place.by("zed");
    place.run(&["catalog", "edit", "user", "max", "--email", "max@example.com"]).ends(0);
    let place = place.by("rosa");
    place.run(&["catalog", "remove", "user", "zed", "--yes"]).ends(0);
    let database = place.database();
    let names = "DROP TRIGGER tombstone_no_delete; DELETE FROM tombstone_account; \
                 DELETE FROM tombstone";
    database.execute_batch(names).unwrap();
    drop(database);
    let told = format!("removed {id}");
    let page = place.json(&["audit", "list", "--by", id]);
    assert_eq!((&page["total"], &page["events"][0]["by_name"]), (&json!(1), &json!(told)));
    let text = place.run(&["audit", "list", "--limit", "1"]).ends(0).out;
    assert!(
        text.contains(&format!("  {told}")) && !text.contains(&format!("{told} {id}")),
        "{text}"
    );
}

#[test]
fn a31_a_revoke_keeps_the_end_that_was_planned() {
    let place = Place::example();
    place.run(&["token", "revoke", "robot-2", "--yes"]).ends(0);
    place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);
    let shown = place.run(&["token", "show", "robot-2"]).ends(0).out;
    assert!(shown.contains("Would have ended  2026-09-01"), "{shown}");
    assert_eq!(place.json(&["token", "show", "robot-2"])["planned_end"], "2026-09-01T23:59:59Z");
    // One that had no end would not have ended.
    assert!(!place.run(&["token", "show", "robot-1"]).ends(0).out.contains("Would have"));
    assert_eq!(place.json(&["token", "show", "robot-1"])["planned_end"], Value::Null);
    let csv = place.run(&["token", "list", "--status", "revoked", "-o", "csv"]).ends(0).out;
    let column = csv.lines().next().unwrap().split(',').position(|title| title == "planned_end");
    let line = csv.lines().find(|line| line.contains("TKN-1000-0002")).unwrap();
    assert!(column.is_some() && line.contains("2026-09-01T23:59:59Z"), "{csv}");
    place.run(&["token", "disable", "summer-batch"]).ends(0);
    assert_eq!(place.json(&["token", "show", "summer-batch"])["planned_end"], Value::Null);
}
