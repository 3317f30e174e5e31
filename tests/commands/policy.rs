//! Rules of accounts: set, told, kept to when tokens are made, and looked for.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Place, names, text};

const CREATE: [&str; 6] = ["token", "create", "--module", "Catalog=read", "--scope", "North plant"];

fn ruled(flags: &[&str]) -> Place {
    let place = Place::example().by("rosa");
    place.run(&[&["catalog", "edit", "account", "Acme"], flags].concat()).ends(0);
    place.by("ada")
}

fn create(place: &Place, more: &[&str]) -> crate::support::Ran {
    place.run(&[&CREATE, more].concat())
}

fn acme(place: &Place) -> Value {
    let list = place.json(&["catalog", "list", "account"]);
    let all = list["entries"].as_array().unwrap();
    all.iter().find(|account| account["name"] == "Acme").unwrap().clone()
}

#[test]
fn e04_rules_are_set_told_recorded_and_carried_by_a_file() {
    let place = ruled(&[
        "--longest-life",
        "3m",
        "--never-forbidden",
        "--idle",
        "60d",
        "--breach",
        "refuse",
    ])
    .by("rosa");
    let rules = json!({
        "longest_days": 92, "never_forbidden": true, "idle_days": 60, "breach": "refuse",
    });
    assert_eq!(acme(&place)["rules"], rules);
    let words = "at most 92 days, an end, not idle for 60 days; others are refused";
    let list = place.run(&["catalog", "list", "account"]).ends(0);
    assert!(list.out.contains(words), "{}", list.out);
    let csv = place.run(&["catalog", "list", "account", "-o", "csv"]).ends(0);
    assert!(csv.out.contains(words), "{}", csv.out);
    let trail = place.run(&["audit", "list", "--limit", "1"]).ends(0);
    assert!(trail.out.contains(&format!("rules none -> {words}")), "{}", trail.out);
    assert!(!trail.out.contains("changed"), "{}", trail.out);
    // What is not named stays; a rule goes by its word.
    place.run(&["catalog", "edit", "account", "Acme", "--idle", "none", "--never-allowed"]).ends(0);
    let rules = acme(&place)["rules"].clone();
    assert_eq!((&rules["longest_days"], &rules["idle_days"]), (&json!(92), &Value::Null));
    assert_eq!(rules["never_forbidden"], false);
    let same = place.run(&["catalog", "edit", "account", "Acme", "--longest-life", "92d"]).ends(0);
    assert!(same.err.contains("like that already"), "{}", same.err);
    // As a file they come to another store, and a file without them changes none.
    let file = place.home().join("all.toml");
    place.run(&["catalog", "export", &text(file.clone())]).ends(0);
    assert!(fs::read_to_string(&file).unwrap().contains("longest_days = 92"));
    let other = Place::example().by("rosa");
    other.run(&["catalog", "import", &text(file)]).ends(0);
    assert_eq!(acme(&other)["rules"], rules);
    let bare = other.home().join("bare.toml");
    fs::write(&bare, "[[account]]\nname = \"Acme\"\n").unwrap();
    other.run(&["catalog", "import", &text(bare)]).ends(0);
    assert_eq!(acme(&other)["rules"], rules);
}

#[test]
fn e04_a_rule_that_says_nothing_is_refused_and_an_admin_sets_none() {
    let place = Place::example().by("rosa");
    let head = place.head();
    for (flag, wrong) in [
        ("--longest-life", "0d"),
        ("--longest-life", "25h"),
        ("--longest-life", "90"),
        ("--longest-life", "40000d"),
        ("--idle", "never"),
        ("--breach", "ask"),
    ] {
        let ran = place.run(&["catalog", "edit", "account", "Acme", flag, wrong]).ends(2);
        assert!(ran.err.contains(flag), "{flag} {wrong}: {}", ran.err);
    }
    let edit = ["catalog", "edit", "account", "Acme", "--breach", "refuse", "--as", "ada"];
    place.run(&edit).ends(3);
    assert_eq!(place.head(), head);
}

#[test]
fn e04_what_breaks_a_rule_is_refused_where_it_is_made_and_where_its_end_is_set() {
    let place = ruled(&["--longest-life", "90d", "--breach", "refuse"]);
    let head = place.head();
    let refused = |line: &[&str]| {
        let ran = place.run(line).ends(2);
        assert!(ran.err.contains("--expires: Acme allows no token that "), "{line:?}: {}", ran.err);
        assert!(ran.err.contains("at the latest"), "{line:?}: {}", ran.err);
    };
    refused(&[&CREATE[..], &["new"]].concat());
    refused(&[&CREATE[..], &["new", "--expires", "12m"]].concat());
    refused(&[&CREATE[..], &["new", "--expires", "2026-06-09", "--dry-run"]].concat());
    refused(&["token", "edit", "robot-1", "--expires", "2027-01-31"]);
    refused(&["token", "regenerate", "robot-1", "--expires", "never", "--yes"]);
    refused(&["token", "regenerate", "robot-1", "--expires", "12m", "--yes"]);
    let ran = place.run(&[&CREATE[..], &["new", "-o", "json"]].concat()).ends(2);
    assert_eq!(ran.error()["code"], "invalid");
    assert_eq!(ran.error()["fields"][0]["field"], "valid_to");
    assert_eq!(place.head(), head, "nothing was made");
    // What the sentence names is taken.
    create(&place, &["new", "--expires", "2026-06-08"]).ends(0);
    place.run(&["token", "regenerate", "robot-1", "--expires", "90d", "--yes"]).ends(0);
    // A token of before may be changed in all else.
    place.run(&["token", "edit", "bulk-01", "--description", "older than the rule"]).ends(0);
    // Another account has no rule.
    let pia = ["--account", "Borealis", "--scope", "Harbor", "--as", "pia"];
    place.run(&[&["token", "create", "b", "--module", "Catalog=read"], &pia[..]].concat()).ends(0);
}

#[test]
fn e04_a_breach_that_is_flagged_is_made_and_said_in_every_form() {
    let place = ruled(&["--never-forbidden"]);
    let ran = create(&place, &["new"]).ends(0);
    assert!(ran.out.starts_with("tdk_"), "the value alone");
    let warning = "against the rules of Acme: new never ends";
    assert!(ran.err.contains(warning), "{}", ran.err);
    let ran = create(&place, &["other", "-o", "json"]).ends(0);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(told["token"]["offences"], json!([{ "offence": "never_ends", "latest": null }]));
    assert_eq!(ran.error()["code"], "breaks_rules");
    let shown = place.run(&["token", "show", "new"]).ends(0);
    assert!(
        shown.out.contains("Breaks rules") && shown.out.contains("never ends"),
        "{}",
        shown.out
    );
    let quiet = create(&place, &["third", "--expires", "12m"]).ends(0);
    assert!(!quiet.err.contains("against the rules"), "{}", quiet.err);
    let csv = place.run(&["token", "list", "-o", "csv", "--search", "new"]).ends(0);
    assert!(csv.out.lines().next().unwrap().contains("offences"), "{}", csv.out);
    assert!(csv.out.lines().nth(1).unwrap().contains("never_ends"), "{}", csv.out);
}

#[test]
fn e04_an_end_that_nobody_chooses_keeps_to_the_rule() {
    let place = Place::example().by("rosa");
    let edit = ["catalog", "edit", "account", "Cedar County", "--longest-life", "30d"];
    place.run(&[&edit[..], &["--breach", "refuse"]].concat()).ends(0);
    let end = |name: &str| place.json(&["token", "show", name])["valid_to"].clone();
    place.run(&["user", "accept", "dora", "--as", "dora"]).ends(0);
    assert_eq!(end("dora-erecording"), "2026-04-10T00:00:00Z");
    let folder = text(place.home());
    let export = ["user", "generate-export", "carl", "--module", "eRecording", "--as", "kim"];
    let more = ["--export-dir", &folder, "--confirm", "generate 1"];
    place.run(&[&export[..], &more].concat()).ends(0);
    let waiting = place.json(&["token", "list", "--owner", "carl", "--status", "pending"]);
    assert_eq!(waiting["tokens"][0]["valid_to"], "2026-04-10T00:00:00Z");
    // By command a user's token gets what is allowed where no end is named.
    let create = ["token", "create", "for-eve", "--owner", "eve", "--module", "eRecording=full"];
    place.run(&[&create[..], &["--as", "kim"]].concat()).ends(0);
    assert_eq!(end("for-eve"), "2026-04-10T00:00:00Z");
}

#[test]
fn e04_policy_check_tells_by_its_exit_code_and_changes_nothing() {
    let place = Place::example();
    let none = place.run(&["policy", "check"]).ends(0);
    assert!(none.err.contains("No token breaks a rule"), "{}", none.err);
    place.run(&["catalog", "edit", "account", "Acme", "--idle", "30d", "--as", "rosa"]).ends(0);
    let head = place.head();
    let ran = place.run(&["policy", "check", "-o", "json"]).ends(1);
    let told: Value = serde_json::from_str(&ran.out).unwrap();
    // robot-1 was used yesterday; nightly-export is off; old-report has ended.
    assert!(!names(&told).contains(&"robot-1"));
    assert!(!names(&told).contains(&"nightly-export"));
    assert!(!names(&told).contains(&"old-report"));
    assert!(names(&told).contains(&"robot-2"), "never used since it was valid: {told}");
    let robot = told["tokens"].as_array().unwrap().iter().find(|t| t["name"] == "robot-2").unwrap();
    let since = json!([{ "offence": "idle", "days": 30, "since": "2026-02-01T00:00:00Z" }]);
    assert_eq!(robot["offences"], since);
    let table = place.run(&["policy", "check", "--search", "robot"]).ends(1);
    assert!(table.out.contains("unused for 30 days: since 2026-02-01"), "{}", table.out);
    assert!(table.err.contains("1 token breaks a rule"), "{}", table.err);
    place.run(&["policy", "check", "--search", "robot-1"]).ends(0);
    place.run(&["policy", "check", "--account", "Acme", "--as", "vic"]).ends(1);
    place.run(&["policy", "check", "--as", "pia", "--account", "Borealis"]).ends(0);
    assert_eq!(place.head(), head, "it only looks");
}

#[test]
fn e04_policy_check_disables_the_offenders_after_the_usual_question() {
    let place = ruled(&["--idle", "30d"]);
    let head = place.head();
    let check = ["policy", "check", "--disable"];
    let dry = place.run(&[&check[..], &["--dry-run"]].concat()).ends(0);
    assert!(dry.err.contains("would be disabled"), "{}", dry.err);
    let unasked = place.run(&check).ends(2);
    assert!(unasked.err.contains("--yes"), "{}", unasked.err);
    place.run(&[&check[..], &["--yes", "--as", "vic"]].concat()).ends(3);
    place.run(&[&check[..], &["--yes", "--read-only"]].concat()).ends(3);
    assert_eq!(place.head(), head);
    place.run(&[&check[..], &["--search", "robot", "--yes"]].concat()).ends(0);
    assert_eq!(place.status_of("robot-2"), "disabled");
    assert_eq!(place.status_of("robot-1"), "active");
    place.run(&["policy", "check"]).ends(1);
    place.run(&[&check[..], &["--yes"]].concat()).ends(0);
    place.run(&["policy", "check"]).ends(0);
    place.run(&[&check[..], &["--yes"]].concat()).ends(0);
}
