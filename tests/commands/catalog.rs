//! `catalog list`: what exists, as far as the operator may know.

use crate::support::Place;

fn entries(place: &Place, kind: &str) -> Vec<String> {
    let list = place.json(&["catalog", "list", kind]);
    let entries = list["entries"].as_array().unwrap();
    assert_eq!(list["total"], entries.len());
    entries.iter().map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_admin_sees_what_belongs_to_the_account() {
    let place = Place::example();
    assert_eq!(entries(&place, "account"), ["Acme"]);
    assert_eq!(entries(&place, "module"), ["Catalog", "Orders", "Billing"]);
    assert_eq!(entries(&place, "group"), ["Order readers", "Billing operators", "Support"]);
}

#[test]
fn a_superadmin_sees_everything() {
    let place = Place::example().by("rosa");
    assert_eq!(entries(&place, "account"), ["Acme", "Borealis", "Cedar County"]);
    assert_eq!(entries(&place, "scope"), ["North plant", "South plant", "Harbor"]);
    assert_eq!(entries(&place, "user").len(), 10);
    assert_eq!(place.json(&["catalog", "list"])["total"], 3 + 4 + 3 + 3 + 10);
}

#[test]
fn each_line_says_of_which_kind_it_is() {
    let ran = Place::example().run(&["catalog", "list", "-o", "jsonl"]).ends(0);
    for line in ran.out.lines() {
        let entry: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(entry["kind"].is_string() && entry["id"].is_string(), "{line}");
    }
}
