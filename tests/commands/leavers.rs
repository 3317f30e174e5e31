//! People who leave: they and their tokens out of service, and what is told of it.

use serde_json::Value;

use crate::support::{Place, value_of};

fn kim() -> Place {
    Place::example().by("kim")
}

fn reason(place: &Place, value: &str) -> String {
    let ran = place.piped(&["verify", "-", "--output", "json"], value);
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    answer["reason"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn a05_a_user_is_disabled_and_enabled_with_all_that_is_theirs() {
    let place = kim();
    let value = value_of("carl-erecording");
    let dry = place.run(&["user", "disable", "carl", "--dry-run"]).ends(0);
    assert!(dry.err.contains("Carl Clerk would be disabled"), "{}", dry.err);
    assert_eq!(place.status_of("TKN-1000-0010"), "active");
    let done = place.run(&["user", "disable", "carl"]).ends(0);
    assert_eq!((done.out.as_str(), done.err.as_str()), ("", "Carl Clerk was disabled\n"));
    assert_eq!(reason(&place, value), "owner_disabled");

    let shown = place.run(&["token", "show", "TKN-1000-0010"]).ends(0);
    assert!(shown.out.contains("Disabled (owner)"), "{}", shown.out);
    let listed = place.run(&["token", "list", "--status", "disabled"]).ends(0);
    assert!(listed.out.contains("Disabled (owner)"), "{}", listed.out);
    let json = place.json(&["token", "list", "--status", "disabled"]);
    assert_eq!(json["total"], 1);
    let token = &json["tokens"][0];
    assert_eq!((&token["status"], &token["out_of_service"]), (&"disabled".into(), &"owner".into()));
    let users = place.run(&["user", "list"]).ends(0).out;
    assert!(users.contains("Member, disabled"), "{users}");

    // Its own flag is its own: on, off and on again, and it stays out of service.
    let on = place.run(&["token", "enable", "TKN-1000-0010"]).ends(1);
    assert!(on.err.contains("Its owner is disabled"), "{}", on.err);
    place.run(&["token", "disable", "TKN-1000-0010"]).ends(0);
    let on = place.run(&["token", "enable", "TKN-1000-0010"]).ends(0);
    assert!(on.err.contains("was enabled; it stays Disabled: its owner is disabled"), "{}", on.err);

    let out = place.command(&["token", "list"]).env("TOKENDECK_AS", "carl").output().unwrap();
    assert_eq!(out.status.code(), Some(3));
    let err = String::from_utf8(out.stderr).unwrap();
    assert!(err.contains("Carl Clerk is disabled"), "{err}");

    let twice = place.run(&["user", "disable", "carl"]).ends(1);
    assert!(twice.err.contains("Already disabled"), "{}", twice.err);
    place.run(&["user", "enable", "carl"]).ends(0);
    assert_eq!(reason(&place, value), "");
    assert_eq!(place.status_of("TKN-1000-0010"), "active");
}

#[test]
fn a05_several_users_are_all_looked_at_before_any_is_changed() {
    let place = kim();
    let head = place.head();
    place.run(&["user", "disable", "carl", "nobody"]).ends(4);
    place.run(&["user", "disable", "carl", "kim"]).ends(1);
    assert_eq!(place.head(), head);
    let done = place.json(&["user", "disable", "carl", "dora", "carl"]);
    assert_eq!(done["users"].as_array().unwrap().len(), 2);
    let csv = place.run(&["user", "enable", "carl", "dora", "--output", "csv"]).ends(0).out;
    assert!(csv.contains("USR-0002-0001,carl,Carl Clerk,enabled"), "{csv}");
    let events = place.run(&["audit", "list", "--output", "json"]).ends(0).out;
    assert!(events.contains("\"disabled\"") && events.contains("\"enabled\""), "{events}");
}

#[test]
fn a05_tokens_of_a_disabled_account_are_told_as_such() {
    let place = Place::example().by("rosa");
    place.run(&["catalog", "edit", "account", "Acme", "--disabled"]).ends(0);
    assert_eq!(reason(&place, value_of("robot-1")), "account_disabled");
    let listed = place.json(&["token", "list", "--account", "Acme", "--status", "active"]);
    assert_eq!(listed["total"], 0, "verify refuses them, so none is Active");
    let shown = place.run(&["token", "show", "robot-1"]).ends(0).out;
    assert!(shown.contains("Disabled (account)"), "{shown}");
    assert_eq!(place.status_of("old-report"), "expired");
    assert_eq!(place.status_of("leaked-key"), "revoked");
}

#[test]
fn a05_a_revoked_token_holds_no_removal_back() {
    let place = kim();
    let used = place.run(&["catalog", "remove", "user", "carl", "--yes"]).ends(1);
    assert!(used.err.contains("used by 1 token"), "{}", used.err);
    place.run(&["token", "revoke", "TKN-1000-0010", "--yes"]).ends(0);
    place.run(&["catalog", "remove", "user", "carl", "--yes"]).ends(0);
    assert_eq!(place.status_of("TKN-1000-0010"), "revoked");
}

#[test]
fn a05_an_export_of_the_catalogue_brings_nobody_back_elsewhere() {
    let place = Place::example().by("rosa");
    place.run(&["user", "disable", "carl"]).ends(0);
    let file = place.home().join("all.toml");
    let file = file.to_str().unwrap();
    place.run(&["catalog", "export", file]).ends(0);
    // Where he is in service, the file switches nobody and says how to.
    let other = Place::example().by("rosa");
    let refused = other.run(&["catalog", "import", file]).ends(2);
    assert!(refused.err.contains("tokendeck user disable carl"), "{}", refused.err);
    other.run(&["token", "revoke", "TKN-1000-0010", "--yes"]).ends(0);
    other.run(&["catalog", "remove", "user", "carl", "--yes"]).ends(0);
    other.run(&["catalog", "import", file]).ends(0);
    let users = other.json(&["user", "list", "--search", "carl"]);
    assert!(users["users"][0]["disabled_at"].is_string(), "{users}");
}
