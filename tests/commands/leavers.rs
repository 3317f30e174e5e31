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

/// Who acts, from here on.
fn by(place: &Place, user: &'static str, arguments: &[&str]) -> crate::support::Ran {
    let mut command = place.command(arguments);
    crate::support::Ran::of(command.env("TOKENDECK_AS", user), "")
}

#[test]
fn a38_one_token_is_handed_over_with_a_new_value_after_a_question() {
    let place = kim();
    let (old, id) = (value_of("carl-erecording"), "TKN-1000-0010");
    let give = ["token", "hand-over", id, "--to", "eve"];
    let head = place.head();
    let unasked = place.run(&give).ends(2);
    assert!(unasked.err.contains("--yes to hand-over 1"), "{}", unasked.err);
    let dry = place.run(&[&give[..], &["--dry-run"]].concat()).ends(0);
    assert!(dry.err.contains("would be handed over to Eve Examiner"), "{}", dry.err);
    assert!(dry.err.contains("Whoever had it still knows its value, so it gets a new one"));
    place.run(&["token", "hand-over", id, "--to", "carl", "--yes"]).ends(1);
    place.run(&["token", "hand-over", id, "--to", "ada", "--yes"]).ends(4);
    place.run(&["token", "hand-over", "TKN-1000-0011", "--to", "eve", "--yes"]).ends(1);
    assert_eq!(place.head(), head);

    let given = place.run(&[&give[..], &["--yes"]].concat()).ends(0);
    let fresh = given.out.trim().to_owned();
    assert!(given.err.contains("was handed over to Eve Examiner"), "{}", given.err);
    assert_eq!(reason(&place, old), "unknown", "who had it is shut out");
    assert_eq!(reason(&place, &fresh), "");
    let shown = place.json(&["token", "show", id]);
    assert_eq!(shown["owner"], "USR-0002-0003");
    assert_eq!(by(&place, "carl", &["token", "show", id]).code, 4, "it is not theirs any more");
    by(&place, "eve", &["token", "show", id]).ends(0);
    let refused = place.run(&["token", "value", id]).ends(1);
    assert!(refused.err.contains("shown only once"), "{}", refused.err);
}

#[test]
fn a38_a_value_may_stay_or_overlap_and_what_was_sealed_is_gone_for_good() {
    let place = Place::example();
    place.run(&["token", "value", "robot-1"]).ends(0);
    let give = ["token", "hand-over", "robot-1", "--to", "ned", "--keep-value", "--yes"];
    let given = place.run(&give).ends(0);
    assert_eq!(given.out, "", "there is no value to print");
    assert_eq!(reason(&place, value_of("robot-1")), "");
    place.run(&["token", "value", "robot-1"]).ends(1);
    let back = ["token", "hand-over", "robot-1", "--to", "account", "--keep-value", "--yes"];
    place.run(&back).ends(0);
    let gone = place.run(&["token", "value", "robot-1"]).ends(1);
    assert!(gone.err.contains("Nothing but the hash"), "{}", gone.err);
    let overlap = ["token", "hand-over", "robot-1", "--to", "max", "--overlap", "24h", "--yes"];
    let refused = place.run(&overlap).ends(1);
    assert!(refused.err.contains("Max Member does not hold North plant"), "{}", refused.err);
    let overlap = ["token", "hand-over", "robot-1", "--to", "ned", "--overlap", "24h", "--yes"];
    let fresh = place.run(&overlap).ends(0).out;
    assert_eq!(reason(&place, value_of("robot-1")), "", "for a day");
    assert_eq!(reason(&place, fresh.trim()), "");
    place
        .run(&[
            "token",
            "hand-over",
            "robot-1",
            "--to",
            "account",
            "--keep-value",
            "--overlap",
            "1h",
        ])
        .ends(2);
}

#[test]
fn a38_many_are_handed_over_by_a_plan_and_keep_their_values() {
    let place = Place::example();
    let give = ["token", "hand-over", "--search", "bulk", "--to", "vic"];
    let refused = place.run(&[&give[..], &["--yes"]].concat()).ends(2);
    assert!(refused.err.contains("add --keep-value"), "{}", refused.err);
    let keep = [&give[..], &["--keep-value"]].concat();
    let dry = place.json(&[&keep[..], &["--dry-run"]].concat());
    assert_eq!((&dry["count"], &dry["verb"]), (&15.into(), &"hand-over".into()));
    assert_eq!(dry["items"][0]["step"]["give"]["user"], "USR-0001-0006");
    let done = place.json(&[&keep[..], &["--yes"]].concat());
    assert_eq!(done["done"], 15, "{done}");
    assert_eq!(place.json(&["token", "list", "--owner", "vic"])["total"], 15);
    // Said again it is no failure: all of it is so already.
    let again = place.run(&[&keep[..], &["--yes"]].concat()).ends(0);
    assert!(again.err.contains("theirs already"), "{}", again.err);
    let some = ["token", "hand-over", "bulk-01", "leaked-key", "--to", "account", "--keep-value"];
    // What was named and skipped is a failure.
    let some = [&some[..], &["--yes", "--output", "json"]].concat();
    let some: Value = serde_json::from_str(&place.run(&some).ends(5).out).unwrap();
    assert_eq!((&some["done"], &some["skipped"]), (&1.into(), &1.into()), "{some}");
    let jobs = place.json(&["job", "list"]);
    assert!(jobs.to_string().contains("hand-over"), "{jobs}");
}

/// An event, as the audit tells it: by whom, what, about what.
fn told(events: &[Value]) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    events
        .iter()
        .map(|event| {
            (text(&event["by_name"]), text(&event["action"]), text(&event["subject"]["id"]))
        })
        .collect()
}

/// The whole story of somebody who comes, works and leaves, proven from the record alone.
#[test]
fn a05_a38_a_leaver_from_start_to_end() {
    let place = kim();
    // Eve comes: a request, which she accepts; a token made for her; and one handed to her.
    by(&place, "kim", &["user", "request", "eve", "--module", "eRecording"]).ends(0);
    let accepted = by(&place, "eve", &["user", "accept", "eve", "--module", "eRecording"]).ends(0);
    let asked_for = accepted.out.trim().to_owned();
    let make = ["token", "create", "eve-catalog", "--owner", "eve", "--module", "Catalog=read"];
    let for_her = by(&place, "kim", &make).ends(0).out.trim().to_owned();
    let carls = "TKN-1000-0010";
    let give = ["token", "hand-over", carls, "--to", "eve", "--yes"];
    let handed = by(&place, "kim", &give).ends(0).out.trim().to_owned();
    let id = |name: &str| {
        let shown = place.json(&["token", "show", name]);
        shown["id"].as_str().unwrap().to_owned()
    };
    let (requested, catalog) = (id("eve-erecording"), id("eve-catalog"));
    for value in [&asked_for, &for_her, &handed] {
        assert_eq!(reason(&place, value), "");
    }

    // Eve leaves: she is kept out at once, and nothing that she holds passes any more.
    by(&place, "kim", &["user", "disable", "eve"]).ends(0);
    for value in [&asked_for, &for_her, &handed] {
        assert_eq!(reason(&place, value), "owner_disabled");
    }
    assert_eq!(by(&place, "eve", &["token", "list"]).code, 3);
    let hers = place.json(&["token", "list", "--owner", "eve", "--status", "active"]);
    assert_eq!(hers["total"], 0);

    // What is still needed goes on in other hands, the rest ends, and so does the user.
    let on = ["token", "hand-over", carls, "--to", "carl", "--yes"];
    let carried_on = by(&place, "kim", &on).ends(0).out.trim().to_owned();
    let back = ["token", "hand-over", &catalog, "--to", "account", "--yes"];
    by(&place, "kim", &back).ends(0);
    by(&place, "kim", &["token", "revoke", &requested, "--yes"]).ends(0);
    by(&place, "kim", &["catalog", "remove", "user", "eve", "--yes"]).ends(0);
    assert_eq!(reason(&place, &handed), "unknown");
    assert_eq!(reason(&place, &carried_on), "");
    assert_eq!(place.status_of(&requested), "revoked");

    // The record alone: who gave what, who took it away, when, and who handed it on.
    let eve = "USR-0002-0003";
    let record = by(&place, "rosa", &["audit", "export"]).ends(0).out;
    let file = place.home().join("record.jsonl");
    std::fs::write(&file, &record).unwrap();
    // It needs no store to be believed.
    std::fs::remove_file(place.store()).unwrap();
    place.run(&["audit", "verify", "--file", file.to_str().unwrap()]).ends(0);
    let all: Vec<Value> = record.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told = told(&all);
    let acts = |subject: &str| -> Vec<String> {
        let about = told.iter().filter(|(_, _, id)| id == subject);
        about.map(|(by, action, _)| format!("{by}: {action}")).collect()
    };
    let expected =
        ["Kim Keeper: requested", "Eve Examiner (removed): accepted", "Kim Keeper: revoked"];
    assert_eq!(acts(&requested), expected);
    let handed_on = ["Kim Keeper: created", "Kim Keeper: handed_over", "Kim Keeper: regenerated"];
    assert_eq!(acts(&catalog), handed_on);
    let twice = acts(carls);
    let count = |act: &str| twice.iter().filter(|known| *known == act).count();
    assert_eq!((count("Kim Keeper: handed_over"), count("Kim Keeper: regenerated")), (2, 2));
    let user = acts(eve);
    assert_eq!(&user[user.len() - 2..], ["Kim Keeper: disabled", "Kim Keeper: deleted"]);
    // Each hand-over says from whom to whom, and when.
    let owners: Vec<String> = all
        .iter()
        .filter(|event| event["action"] == "handed_over")
        .map(|event| {
            assert!(event["at"].as_str().unwrap().starts_with("2026-03-10T12:00:00"));
            let details = event["details"].as_array().unwrap();
            let owner = details.iter().find(|detail| detail["detail"] == "owner").unwrap();
            format!("{} {} -> {}", event["subject"]["id"], owner["before"], owner["after"])
        })
        .collect();
    let carl = "USR-0002-0001";
    assert_eq!(
        owners,
        [
            format!("\"{carls}\" \"{carl}\" -> \"{eve}\""),
            format!("\"{carls}\" \"{eve}\" -> \"{carl}\""),
            format!("\"{catalog}\" \"{eve}\" -> null"),
        ]
    );
}
