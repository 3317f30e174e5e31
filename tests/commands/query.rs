//! The query language and the choice of columns and rows, as scripts use them.

use serde_json::Value;

use crate::support::{Place, value_of};

fn names(list: &Value) -> Vec<&str> {
    list["tokens"].as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap()).collect()
}

fn listed(place: &Place, filter: &str) -> Vec<String> {
    let list = place.json(&["token", "list", "--filter", filter]);
    names(&list).into_iter().map(str::to_owned).collect()
}

#[test]
fn a11_what_was_not_askable_is_one_filter_away() {
    let place = Place::example();
    let robots = ["robot-1", "robot-2"];
    assert_eq!(listed(&place, "level:Billing=full"), ["robot-2"]);
    assert_eq!(listed(&place, "level:*=full never"), ["robot-1"]);
    assert_eq!(listed(&place, "level:Billing=any -status:active"), ["old-report"]);
    assert_eq!(listed(&place, "created<2025-12-01"), ["old-report"]);
    assert_eq!(listed(&place, "exp<2026-03-01"), ["old-report"]);
    assert_eq!(listed(&place, "exp<9m"), ["robot-2", "summer-batch"]);
    assert_eq!(listed(&place, "by:pia"), ["old-report"]);
    assert_eq!(listed(&place, "-by:ada -by:pia"), ["summer-batch"]);
    assert_eq!(listed(&place, "robot scope:\"North plant\",\"South plant\""), robots);
    assert_eq!(listed(&place, "-bulk robot"), [""; 0], "a dash before a bare word is text");
    assert_eq!(listed(&place, "used>24h"), ["robot-1"]);
    assert_eq!(listed(&place, "-status:active -exp>1d name:r").len(), 2);
    let wrong = place.run(&["token", "list", "--filter", "levle:Billing=full"]).ends(2).err;
    assert!(wrong.contains("did you mean 'level:'?"), "{wrong}");
    let nobody = place.run(&["token", "list", "--filter", "by:kim"]).ends(4).err;
    assert!(nobody.contains("no user 'kim' here"), "ada may not know of kim: {nobody}");
}

#[test]
fn a11_overlaps_and_what_is_out_of_service_are_found() {
    let place = Place::example();
    place.run(&["token", "regenerate", "robot-1", "--overlap", "24h", "--yes"]).ends(0);
    assert_eq!(listed(&place, "overlap"), ["robot-1"]);
    let rosa = place.by("rosa");
    rosa.run(&["catalog", "edit", "account", "Borealis", "--disabled"]).ends(0);
    assert_eq!(listed(&rosa, "account-disabled"), ["sync-agent"]);
    assert_eq!(listed(&rosa, "account:Borealis -out-of-service"), [""; 0]);
}

#[test]
fn a11_a_filter_acts_on_what_it_finds_by_name_and_says_what_it_is_for() {
    let place = Place::example();
    let plan = |filter: &str| {
        place.json(&["token", "disable", "--filter", filter, "--dry-run"])["items"].clone()
    };
    let ids = |items: Value| items.as_array().unwrap().len();
    assert_eq!(ids(plan("orders")), 0, "a bare word is the name where something is done");
    assert_eq!(ids(plan("text:orders")), 3);
    assert_eq!(ids(plan("robot level:*=full")), 2);
    let said = place.run(&["token", "disable", "--filter", "text:orders", "--dry-run"]).ends(0).out;
    assert!(said.contains("MATCHED") && said.contains("description"), "{said}");
    for blank in ["", " ", "\u{3000}", "status:all", "account:all", "status:active,inactive"] {
        for verb in ["enable", "disable", "revoke", "delete"] {
            let line = ["token", verb, "--filter", blank, "--yes"];
            place.run(&line).ends(2);
        }
    }
    place.run(&["token", "disable", "--account", "all", "--yes"]).ends(2);
    place.run(&["token", "disable", "--filter", "robot level:Billing=full", "--yes"]).ends(0);
    assert_eq!(place.status_of("robot-2"), "disabled");
    assert_eq!(place.status_of("robot-1"), "active");
}

#[test]
fn a04_what_somebody_made_is_found_by_their_name_after_they_were_removed() {
    let rosa = Place::example().by("rosa");
    let zed = ["catalog", "add", "user", "zed", "--role", "admin", "--account", "Cedar County"];
    rosa.run(&[&zed[..], &["--manage-tokens"]].concat()).ends(0);
    let made = ["token", "create", "zed-1", "--account", "Cedar County", "--module"];
    let zed = rosa.by("zed");
    zed.run(&[&made[..], &["eRecording=read"]].concat()).ends(0);
    let rosa = zed.by("rosa");
    assert_eq!(listed(&rosa, "by:zed"), ["zed-1"]);
    rosa.run(&["catalog", "remove", "user", "zed", "--yes"]).ends(0);
    assert_eq!(listed(&rosa, "by:ZED"), ["zed-1"]);
    rosa.run(&["token", "list", "--filter", "owner:zed"]).ends(4);
}

#[test]
fn a11_no_value_is_repeated_by_a_filter() {
    let place = Place::example();
    let value = value_of("robot-1");
    let ran = place.run(&["token", "list", "--filter", value]).ends(2);
    assert!(!ran.err.contains(value) && ran.err.contains("lookup"), "{}", ran.err);
}

#[test]
fn a12_a_list_is_searched_in_all_that_a_token_is_known_by_and_says_where() {
    let place = Place::example();
    let found = |words: &str| place.json(&["token", "list", "--search", words]);
    let where_found = |list: &Value| list["tokens"][0]["matched"].clone();
    let by_id = found("TKN-1000-0003");
    assert_eq!(names(&by_id), ["nightly-export"]);
    assert_eq!(where_found(&by_id), serde_json::json!(["id"]));
    let by_word = found("plants parts");
    assert_eq!(names(&by_word), ["robot-1"]);
    assert_eq!(where_found(&by_word), serde_json::json!(["description"]));
    let guid = place.json(&["token", "show", "robot-1"])["guid"].as_str().unwrap().to_owned();
    for part in [guid.replace('-', ""), guid.replacen('-', "", 2), guid.to_uppercase()] {
        let list = found(&part);
        assert_eq!(names(&list), ["robot-1"], "{part}");
        assert_eq!(where_found(&list), serde_json::json!(["guid"]));
    }
    assert!(found("robot")["tokens"][0].get("matched").is_none(), "a name needs no saying");
    let table = place.run(&["token", "list", "--search", "plants"]).ends(0).out;
    assert!(table.contains("MATCHED") && table.contains("description"), "{table}");
    let csv = place.run(&["token", "list", "--search", "plants", "-o", "csv"]).ends(0).out;
    assert!(csv.lines().next().unwrap().ends_with(",matched"), "{csv}");
    let kim = place.by("kim");
    let list = kim.json(&["token", "list", "--search", "clerk"]);
    assert_eq!(names(&list), ["carl-erecording"], "by the name of its owner");
    assert_eq!(list["tokens"][0]["matched"], serde_json::json!(["owner"]));
}

#[test]
fn a12_all_accounts_is_no_filter_in_lists_and_a_search_that_acts_is_the_name() {
    let place = Place::example().by("rosa");
    let all = place.json(&["token", "list"])["total"].clone();
    assert_eq!(place.json(&["token", "list", "--account", "all"])["total"], all);
    assert_eq!(place.json(&["token", "list", "--filter", "account:ALL"])["total"], all);
    place.json(&["user", "list", "--account", "all"]);
    let plan = place.json(&["token", "revoke", "--search", "plants", "--dry-run"]);
    assert_eq!(plan["count"], 0);
    let plan = place.json(&["token", "revoke", "--filter", "text:plants", "--dry-run"]);
    assert_eq!((&plan["count"], &plan["items"][0]["name"]), (&1.into(), &"robot-1".into()));
    assert_eq!(plan["items"][0]["matched"], serde_json::json!(["description"]));
}

#[test]
fn a35_a_script_chooses_columns_takes_bare_ids_and_hands_them_on() {
    let place = Place::example();
    let list =
        |more: &[&str]| place.run(&[&["token", "list", "--filter", "robot"][..], more].concat());
    assert_eq!(list(&["-q"]).ends(0).out, "TKN-1000-0001\nTKN-1000-0002\n");
    assert_eq!(list(&["--quiet", "-o", "json"]).ends(0).out, "TKN-1000-0001\nTKN-1000-0002\n");
    let table = list(&["--columns", "id,last-access,owner_name"]).ends(0).out;
    assert!(table.starts_with("ID"), "{table}");
    assert!(table.contains("LAST ACCESS") && table.contains("OWNER_NAME"), "{table}");
    let csv = list(&["--columns", "name,valid_to", "-o", "csv"]).ends(0).out;
    assert_eq!(csv.lines().next(), Some("name,valid_to"));
    assert!(csv.contains("robot-2,2026-09-01T23:59:59Z"), "{csv}");
    let wrong = list(&["--columns", "nmae"]).ends(2).err;
    assert!(wrong.contains("did you mean 'name'?") && wrong.contains("owner_name"), "{wrong}");
    list(&["--columns", "name", "-o", "json"]).ends(2);
    list(&["--columns", "name", "-q"]).ends(2);

    let ids = list(&["-q"]).out;
    let plan = place.piped(&["token", "disable", "-", "--dry-run", "-o", "json"], &ids).ends(0).out;
    assert_eq!(serde_json::from_str::<Value>(&plan).unwrap()["count"], 2);
    place.piped(&["token", "disable", "-"], &ids).ends(2);
    place.piped(&["token", "disable", "-", "--yes"], &ids).ends(0);
    assert_eq!(
        (place.status_of("robot-1"), place.status_of("robot-2")),
        ("disabled".into(), "disabled".into())
    );
    // Names too, beside those on the line; once is enough.
    place.piped(&["token", "enable", "-", "robot-2", "--yes"], "robot-1\r\n\n robot-2 \n").ends(0);
    assert_eq!(
        (place.status_of("robot-1"), place.status_of("robot-2")),
        ("active".into(), "active".into())
    );
    place.piped(&["token", "disable", "-", "--yes"], " TKN-1000-0001 \n").ends(0);
    assert_eq!(place.status_of("robot-1"), "disabled");
    let head = place.head();
    // What found nothing before the pipe does nothing behind it, and never all.
    for nothing in ["", "\n \n"] {
        place.piped(&["token", "revoke", "-", "--yes"], nothing).ends(0);
    }
    place.piped(&["token", "revoke", "-", "--account", "Acme", "--yes"], "robot-1\n").ends(2);
    let value = value_of("robot-2");
    let ran = place.piped(&["token", "revoke", "-", "--yes"], value).ends(2);
    assert!(!ran.err.contains(value), "{}", ran.err);
    assert_eq!(place.head(), head);
}

#[test]
fn a11_the_help_of_each_verb_that_takes_a_filter_tells_every_word() {
    let place = Place::empty();
    let paper = include_str!("../../docs/queries.md");
    for verb in ["list", "enable", "disable", "revoke", "delete"] {
        let help = place.run(&["token", verb, "--help"]).ends(0).out;
        for word in tokendeck::domain::query::QueryWord::starts() {
            assert!(help.contains(word), "token {verb} --help does not tell of {word}");
            assert!(paper.contains(&format!("`{word}")), "docs/queries.md does not tell of {word}");
        }
    }
}
