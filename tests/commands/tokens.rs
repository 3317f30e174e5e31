//! The verbs that make and change tokens.

use crate::support::{Place, value_of};

fn verdict(place: &Place, value: &str) -> String {
    place.piped(&["verify", "-"], value).out.trim().to_owned()
}

#[test]
fn r063_a_revoked_token_ends_at_the_moment_it_is_revoked() {
    let place = Place::example();
    assert_eq!(verdict(&place, value_of("robot-1")), "accepted");
    place.run(&["token", "revoke", "TKN-1000-0001", "--yes"]).ends(0);
    let ran = place.piped(&["verify", "-"], value_of("robot-1")).ends(1);
    assert_eq!(ran.out, "revoked\n");
    let shown = place.json(&["token", "show", "TKN-1000-0001"]);
    assert_eq!(shown["status"], "revoked");
    assert_eq!(shown["valid_to"], shown["revoked"]["at"]);
    assert_eq!(shown["valid_to"], "2026-03-10T12:00:00Z");
}

#[test]
fn r065_a_revoked_token_is_not_revoked_again() {
    let place = Place::example();
    place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);
    let head = place.head();
    let again = place.run(&["token", "revoke", "robot-1", "--yes", "-o", "json"]).ends(1);
    assert_eq!(again.error()["code"], "already_revoked");
    assert_eq!(place.head(), head, "a repeated revoke leaves no event");
}

#[test]
fn r064_an_expired_token_is_not_revoked() {
    let ran = Place::example().run(&["token", "revoke", "old-report", "--yes"]).ends(1);
    assert!(ran.err.contains("Already expired"), "{}", ran.err);
}

#[test]
fn r058_disable_is_taken_back_by_enable() {
    let place = Place::example();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    assert_eq!(verdict(&place, value_of("robot-1")), "disabled");
    place.run(&["token", "enable", "robot-1"]).ends(0);
    assert_eq!(verdict(&place, value_of("robot-1")), "accepted");
    let again = place.run(&["token", "enable", "robot-1"]).ends(1);
    assert!(again.err.contains("Already enabled"));
}

#[test]
fn r067_a_deleted_token_leaves_the_list_and_its_id_is_not_used_again() {
    let place = Place::example();
    place.run(&["token", "delete", "bulk-01", "--yes"]).ends(0);
    place.run(&["token", "show", "bulk-01"]).ends(4);
    let made = place.json(&[
        "token",
        "create",
        "bulk-01",
        "--module",
        "Catalog=read",
        "--scope",
        "North plant",
    ]);
    assert_ne!(made["token"]["id"], "TKN-1000-0101");
}

#[test]
fn a_created_token_passes_for_what_it_was_granted() {
    let place = Place::example();
    let made = place
        .run(&["token", "create", "parts", "--module", "orders=read", "--scope", "north plant"])
        .ends(0);
    let value = made.out.trim();
    assert!(value.starts_with("tdk_") && !value.contains(char::is_whitespace), "{value}");
    assert!(!made.err.contains(value), "the value stands on standard output alone");
    let asked =
        |method| place.piped(&["verify", "-", "--module", "MOD-0002", "--method", method], value);
    asked("GET").ends(0);
    assert_eq!(asked("POST").ends(1).out, "read only\n");
    let shown = place.json(&["token", "show", "parts"]);
    assert_eq!(shown["valid_to"], serde_json::Value::Null);
    assert_eq!(shown["access"], serde_json::json!({"MOD-0002": "read"}));
}

#[test]
fn r104_a_token_of_a_user_ends_after_six_months_and_is_shown_once() {
    let place = Place::example().by("kim");
    let made = place
        .run(&["token", "create", "carl-2", "--owner", "carl", "--module", "eRecording=full"])
        .ends(0);
    assert!(made.err.contains("only time"), "{}", made.err);
    let shown = place.json(&["token", "show", "carl-2"]);
    assert_eq!(shown["valid_to"], "2026-09-10T12:00:00Z");
    let again = place.run(&["token", "value", "carl-2", "-o", "json"]).ends(1);
    assert_eq!(again.error()["code"], "shown_once");
    assert_eq!(verdict(&place, made.out.trim()), "accepted");
}

#[test]
fn every_error_of_a_form_is_told_at_once_with_its_field() {
    let place = Place::example();
    let head = place.head();
    let ran = place.run(&["token", "create", " ", "--expires", "2020-01-01", "-o", "json"]).ends(2);
    let error = ran.error();
    assert_eq!(error["code"], "invalid");
    let fields: Vec<_> =
        error["fields"].as_array().unwrap().iter().map(|f| f["field"].as_str().unwrap()).collect();
    for field in ["name", "scopes", "access", "valid_to"] {
        assert!(fields.contains(&field), "{field} is missing in {fields:?}");
    }
    assert_eq!(place.head(), head);
}

#[test]
fn an_edit_changes_what_is_named_and_nothing_else() {
    let place = Place::example();
    let before = place.json(&["token", "show", "robot-2"]);
    place
        .run(&[
            "token",
            "edit",
            "robot-2",
            "--name",
            "robot-two",
            "--module",
            "Billing=no",
            "--module",
            "orders=full",
            "--remove-scope",
            "south plant",
            "--description",
            "Two",
        ])
        .ends(0);
    let after = place.json(&["token", "show", "robot-two"]);
    assert_eq!(after["id"], before["id"]);
    assert_eq!(after["access"], serde_json::json!({"MOD-0001": "full", "MOD-0002": "full"}));
    assert_eq!(after["scopes"], serde_json::json!(["SCP-0001"]));
    assert_eq!(after["description"], "Two");
    for kept in ["guid", "valid_from", "valid_to", "enabled", "account", "created"] {
        assert_eq!(after[kept], before[kept], "{kept}");
    }
}

#[test]
fn r068_regenerate_gives_a_new_value_and_six_months() {
    let place = Place::example();
    let regenerate = ["token", "regenerate", "old-report", "--expires", "6m", "--yes"];
    let made = place.run(&regenerate).ends(0);
    assert_eq!(verdict(&place, made.out.trim()), "accepted");
    assert_eq!(verdict(&place, value_of("old-report")), "unknown");
    let shown = place.json(&["token", "show", "old-report"]);
    assert_eq!(shown["id"], "TKN-1000-0004");
    assert_eq!(shown["status"], "active");
    assert_eq!(shown["valid_to"], "2026-09-10T12:00:00Z");
}

#[test]
fn an_overlap_lets_the_old_value_pass_for_a_while() {
    let place = Place::example();
    let arguments = ["token", "regenerate", "robot-1", "--overlap", "24h", "--yes"];
    let made = place.run(&arguments).ends(0);
    assert_eq!(verdict(&place, made.out.trim()), "accepted");
    assert_eq!(verdict(&place, value_of("robot-1")), "accepted");
}

#[test]
fn r069_a_revoked_token_gets_no_new_value() {
    let ran = Place::example().run(&["token", "regenerate", "leaked-key", "--yes"]).ends(1);
    assert!(ran.err.contains("Revoked tokens cannot be regenerated"), "{}", ran.err);
}

#[test]
fn r076_a_value_is_shown_after_the_audit_trail_recorded_it() {
    let place = Place::example();
    let head = place.head();
    let shown = place.run(&["token", "value", "robot-1"]).ends(0);
    assert_eq!(shown.out.trim(), value_of("robot-1"));
    assert_eq!(place.head(), head + 1);
    let events = place.json(&["audit", "list", "--token", "robot-1", "--limit", "1"]);
    assert_eq!(events["events"][0]["action"], "revealed");
}

#[test]
fn r053_revoke_all_leaves_out_what_has_ended() {
    let place = Place::example();
    let done = place.json(&[
        "token",
        "revoke-all",
        "--account",
        "Acme",
        "--yes",
        "--confirm",
        "revoke 19",
    ]);
    assert_eq!(done["done"], 19);
    let list = place.json(&["token", "list", "--status", "active,disabled,scheduled"]);
    assert_eq!(list["total"], 0);
    // R55: nothing is left to do, which is what a script wanted.
    let again = place.run(&["token", "revoke-all", "--account", "Acme", "--yes"]).ends(0);
    assert!(again.err.contains("No tokens to revoke"), "{}", again.err);
}

#[test]
fn r054_revoke_all_of_a_user_leaves_the_others_alone() {
    let place = Place::example().by("kim");
    place.run(&["token", "revoke-all", "--owner", "carl", "--yes"]).ends(0);
    assert_eq!(place.status_of("carl-erecording"), "revoked");
    assert_eq!(place.status_of("dora-erecording"), "pending");
}

#[test]
fn r052_what_cannot_be_revoked_is_skipped_with_its_reason() {
    let place = Place::example();
    let ran = place.run(&[
        "token",
        "revoke",
        "robot-1",
        "robot-2",
        "leaked-key",
        "--confirm",
        "revoke 2",
        "-o",
        "json",
    ]);
    let report: serde_json::Value = serde_json::from_str(&ran.ends(5).out).unwrap();
    assert_eq!((&report["done"], &report["skipped"]), (&2.into(), &1.into()));
    let skipped = &report["items"].as_array().unwrap().iter().find(|i| i["name"] == "leaked-key");
    assert_eq!(skipped.unwrap()["code"], "already_revoked");
}

#[test]
fn what_a_filter_finds_and_cannot_be_revoked_is_no_failure() {
    let place = Place::example();
    let arguments = ["token", "revoke", "--search", "e", "--confirm"];
    let plan = place.json(&["token", "revoke", "--search", "e", "--dry-run"]);
    let words = plan["confirm"].as_str().unwrap();
    let ran = place.run(&[&arguments[..], &[words]].concat()).ends(0);
    assert!(ran.err.contains("skipped"), "{}", ran.err);
}

#[test]
fn the_old_value_is_dropped_before_its_overlap_ends() {
    let place = Place::example();
    place.run(&["token", "regenerate", "robot-1", "--overlap", "24h", "--yes"]).ends(0);
    assert_eq!(verdict(&place, value_of("robot-1")), "accepted");
    let unasked = place.run(&["token", "drop-old", "robot-1"]).ends(2);
    assert!(unasked.err.contains("add --yes"), "{}", unasked.err);
    let head = place.head();
    place.run(&["token", "drop-old", "robot-1", "--dry-run"]).ends(0);
    assert_eq!(place.head(), head);
    let ran = place.run(&["token", "drop-old", "robot-1", "--yes"]).ends(0);
    assert_eq!(ran.err, "The old value of robot-1 was dropped\n");
    assert_ne!(verdict(&place, value_of("robot-1")), "accepted");
    let again = place.run(&["token", "drop-old", "robot-1", "--yes"]).ends(1);
    assert_eq!(
        again.err,
        "tokendeck: could not drop the old value of robot-1 (TKN-1000-0001): No older value is in \
         force\n"
    );
}

#[test]
fn an_edit_without_a_change_says_so_and_leaves_no_event() {
    let place = Place::example();
    let head = place.head();
    let ran = place.run(&["token", "edit", "robot-1"]).ends(2);
    assert!(ran.err.contains("what is to change?"), "{}", ran.err);
    let ran = place.run(&["token", "edit", "robot-1", "--module", "Catalog=full"]).ends(0);
    assert_eq!(ran.err, "robot-1 (TKN-1000-0001) is like that already: nothing was changed\n");
    assert_eq!(place.head(), head);
}

#[test]
fn every_setting_of_a_token_is_a_flag() {
    let place = Place::example();
    let create = ["token", "create", "batch", "--account", "acme", "--group", "order readers"];
    let rest = ["--scope", "SCP-0001", "--description", "Nightly", "--disabled"];
    let dates = ["--valid-from", "2026-04-01", "--expires", "eom"];
    place.run(&[create.as_slice(), &rest, &["--expires", "eom"]].concat()).ends(0);
    let made = place.json(&["token", "show", "batch"]);
    assert_eq!(made["status"], "disabled");
    assert_eq!(made["valid_to"], "2026-04-01T00:00:00Z");
    assert_eq!(made["groups"], serde_json::json!(["GRP-0001"]));
    let wrong = [&["token", "edit", "batch"], dates.as_slice()].concat();
    assert!(place.run(&wrong).ends(2).err.contains("Must be after Valid from"));
    let edit = ["token", "edit", "batch", "--enabled", "--remove-group", "Order readers"];
    let more = ["--module", "Orders=read", "--valid-from", "2026-04-01", "--expires", "+90d"];
    place.run(&[edit.as_slice(), &more].concat()).ends(0);
    let after = place.json(&["token", "show", "batch"]);
    assert_eq!(after["status"], "scheduled");
    assert_eq!((&after["enabled"], &after["groups"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(after["valid_from"], "2026-04-01T00:00:00Z");
    assert!(after["valid_to"].as_str().unwrap().starts_with("2026-06-0"), "{}", after["valid_to"]);
    place.run(&["token", "edit", "batch", "--valid-from", "now", "--expires", "never"]).ends(0);
    let after = place.json(&["token", "show", "batch"]);
    assert_eq!(after["status"], "active");
    assert_eq!(
        (&after["valid_from"], &after["valid_to"]),
        (&serde_json::Value::Null, &serde_json::Value::Null)
    );
}
