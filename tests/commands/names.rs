//! Names that collide or look alike, joiners, and labels.

use std::fs;

use crate::support::{Place, names, text};

/// robot-1 with a Cyrillic o.
const LIKE: &str = "r\u{43e}bot-1";

fn create<'a>(name: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let always = ["token", "create", name, "--module", "Catalog=read", "--scope", "North plant"];
    [&always[..], more].concat()
}

#[test]
fn a18_names_that_differ_in_blanks_or_case_alone_clash() {
    let place = Place::example();
    place.run(&create("night shift", &[])).ends(0);
    for other in ["night\u{a0}shift", "Night  Shift", "night\u{3000}shift"] {
        let ran = place.run(&create(other, &[])).ends(2);
        assert!(ran.err.contains("Name already in use"), "{}", ran.err);
        let ran = place.run(&["token", "edit", "robot-2", "--name", other]).ends(2);
        assert!(ran.err.contains("Name already in use"), "{}", ran.err);
        // It is found by any of them.
        assert_eq!(place.json(&["token", "show", other])["name"], "night shift");
    }
    let rosa = place.by("rosa");
    rosa.run(&["catalog", "add", "module", "Night shift"]).ends(0);
    rosa.run(&["catalog", "add", "module", "night\u{2003}shift"]).ends(2);
}

#[test]
fn a18_a_look_alike_is_made_with_a_warning_that_names_the_other() {
    let place = Place::example();
    let warned = "Its name looks like that of 'robot-1' (TKN-1000-0001) of Acme";
    let dry = place.run(&create(LIKE, &["--dry-run"])).ends(0);
    assert!(dry.err.contains(warned), "{}", dry.err);
    let ran = place.run(&create(LIKE, &["-o", "json"])).ends(0);
    assert_eq!(ran.error()["code"], "look_alike");
    assert_eq!(ran.error()["message"], warned);
    let made: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(made["token"]["look_alikes"][0]["id"], "TKN-1000-0001");
    // Each is told of the other, in the record and in the list; a third of none.
    let shown = place.json(&["token", "show", "robot-1"]);
    assert_eq!(shown["look_alikes"][0]["name"], LIKE);
    assert!(place.json(&["token", "show", "robot-2"]).get("look_alikes").is_none());
    let list = place.json(&["token", "list", "--search", "bot-1"]);
    let marked = list["tokens"].as_array().unwrap();
    assert!(marked.iter().all(|token| token["look_alikes"].is_array()), "{list}");
    // So is an edit, and once the other is deleted there is none.
    let edited = place.run(&["token", "edit", LIKE, "--name", "robot-l"]).ends(0);
    assert!(edited.err.contains(warned), "{}", edited.err);
    place.run(&["token", "delete", "robot-1", "--yes"]).ends(0);
    assert!(place.json(&["token", "show", "robot-l"]).get("look_alikes").is_none());
}

#[test]
fn a18_what_the_operator_does_not_see_is_named_in_no_warning() {
    // A token of Borealis that looks like one of Acme.
    let place = Place::example().by("pia");
    let made = ["token", "create", LIKE, "--account", "Borealis", "--module", "Catalog=read"];
    let ran = place.run(&[&made[..], &["--scope", "Harbor"]].concat()).ends(0);
    assert!(ran.err.contains("looks like that of 'robot-1'"), "{}", ran.err);
    // Ada sees Acme alone.
    let place = place.by("ada");
    assert!(place.json(&["token", "show", "robot-1"]).get("look_alikes").is_none());
}

#[test]
fn a18_entries_and_users_that_look_alike_are_made_with_a_warning() {
    let place = Place::example().by("rosa");
    let ran = place.run(&["catalog", "add", "module", "\u{421}atalog"]).ends(0);
    assert!(ran.err.contains("Its name looks like that of 'Catalog' (MOD-0001)"), "{}", ran.err);
    let user = ["catalog", "add", "user", "\u{430}da", "--account", "Acme", "-o", "json"];
    let ran = place.run(&user).ends(0);
    assert_eq!(ran.error()["code"], "look_alike");
    let made: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(made["look_alikes"][0]["name"], "ada");
    let ran =
        place.run(&["catalog", "edit", "account", "Borealis", "--name", "A\u{441}me"]).ends(0);
    assert!(ran.err.contains("looks like that of 'Acme'"), "{}", ran.err);
    // An import tells of each.
    let file = place.home().join("more.toml");
    fs::write(&file, "[[module]]\nname = \"Order\u{455}\"\n").unwrap();
    let ran = place.run(&["catalog", "import", &text(file)]).ends(0);
    assert!(ran.err.contains("looks like that of 'Orders'"), "{}", ran.err);
}

#[test]
fn a18_joiners_are_kept_in_words_that_need_them_and_refused_elsewhere() {
    let place = Place::example();
    let persian = "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}";
    place.run(&create(persian, &[])).ends(0);
    let ran = place.run(&["token", "list", "--search", persian]).ends(0);
    assert!(ran.out.contains(persian) && !ran.out.contains("<U+200C>"), "{}", ran.out);
    let ran = place.run(&create("ro\u{200c}bot", &[])).ends(2);
    assert!(ran.err.contains("hidden character <U+200C>"), "{}", ran.err);
}

#[test]
fn e03_labels_are_set_listed_and_taken_away() {
    let place = Place::example();
    let labels = ["--label", "team=pay", "--label", "place=vault"];
    place.run(&create("labelled", &labels)).ends(0);
    let shown = |place: &Place| place.json(&["token", "show", "labelled"])["labels"].clone();
    assert_eq!(shown(&place), serde_json::json!({ "team": "pay", "place": "vault" }));
    let ran = place.run(&["token", "show", "labelled"]).ends(0);
    assert!(ran.out.contains("place=vault, team=pay"), "{}", ran.out);
    let ran = place.run(&["token", "list", "--search", "labelled", "-o", "csv"]).ends(0);
    assert!(ran.out.contains(",\"place=vault, team=pay\","), "{}", ran.out);
    // One of that name takes its place, whatever the case; what is not named stays.
    place.run(&["token", "edit", "labelled", "--label", "Team=ops"]).ends(0);
    assert_eq!(shown(&place), serde_json::json!({ "Team": "ops", "place": "vault" }));
    place.run(&["token", "edit", "labelled", "--remove-label", "team"]).ends(0);
    assert_eq!(shown(&place), serde_json::json!({ "place": "vault" }));
    let ran = place.run(&["token", "edit", "labelled", "--remove-label", "team"]).ends(2);
    assert!(ran.err.contains("There is no label 'team'"), "{}", ran.err);
    // The record says that labels were changed.
    let events = place.json(&["audit", "list", "--token", "labelled", "--limit", "1"]);
    let told = events.to_string();
    assert!(told.contains("labels"), "{told}");
    // Those with labels come first.
    let sorted = place.json(&["token", "list", "--sort", "labels", "--limit", "1"]);
    assert_eq!(names(&sorted), ["labelled"]);
}

#[test]
fn e03_a_label_that_is_none_is_refused_and_a_value_in_one_not_repeated() {
    let place = Place::example();
    let head = place.head();
    for (wrong, said) in [
        ("team", "NAME=TEXT"),
        ("=pay", "needs a name"),
        ("team=", "needs a text"),
        ("team=a\u{202e}b", "<U+202E>"),
    ] {
        let ran = place.run(&create("labelled", &["--label", wrong])).ends(2);
        assert!(ran.err.contains(said), "{wrong}: {}", ran.err);
    }
    let many: Vec<String> = (0..21).map(|number| format!("k{number}=x")).collect();
    let flags: Vec<&str> = many.iter().flat_map(|label| ["--label", label.as_str()]).collect();
    let ran = place.run(&create("labelled", &flags)).ends(2);
    assert!(ran.err.contains("At most 20 labels"), "{}", ran.err);
    assert_eq!(place.head(), head);
}
