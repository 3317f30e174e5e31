//! `token list` and `token show`: who sees what, filters, sort and window.

use crate::support::{Place, names};

const LIST: &[&str] = &["token", "list"];

fn listed(place: &Place, filters: &[&str]) -> Vec<String> {
    let list = place.json(&[LIST, filters].concat());
    names(&list).into_iter().map(str::to_owned).collect()
}

#[test]
fn ada_sees_the_21_tokens_of_acme() {
    let list = Place::example().json(LIST);
    assert_eq!(list["total"], 21);
    assert_eq!(list["offset"], 0);
    assert_eq!(names(&list).len(), 21);
    let keys: Vec<_> = list.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["offset", "tokens", "total"]);
}

#[test]
fn r040_inactive_is_every_status_but_active() {
    let place = Place::example();
    let inactive = listed(&place, &["--status", "inactive"]);
    assert_eq!(inactive, ["leaked-key", "nightly-export", "old-report", "summer-batch"]);
    assert_eq!(listed(&place, &["--status", "active"]).len(), 17);
    assert_eq!(listed(&place, &["--status", "revoked,expired"]), ["leaked-key", "old-report"]);
}

#[test]
fn r132_a_token_with_a_scope_one_does_not_hold_is_not_there() {
    let place = Place::example().by("ned");
    let seen = listed(&place, &[]);
    assert!(seen.contains(&"robot-1".to_owned()));
    assert!(!seen.contains(&"robot-2".to_owned()));
    place.run(&["token", "show", "robot-2"]).ends(4);
    place.run(&["token", "show", "TKN-1000-0002"]).ends(4);
}

#[test]
fn r036_words_are_found_in_any_order_and_case() {
    assert_eq!(listed(&Place::example(), &["--search", "EXP nig"]), ["nightly-export"]);
}

#[test]
fn r037_a_guid_is_found_by_a_part_of_it() {
    let place = Place::example();
    assert_eq!(listed(&place, &["--guid", "f5d70a36"]), ["robot-1"]);
    assert_eq!(listed(&place, &["--guid", "F5D70A365C9E"]), ["robot-1"]);
}

#[test]
fn filters_take_names_and_must_all_hold() {
    let place = Place::example();
    assert_eq!(listed(&place, &["--scope", "south plant"]), ["robot-2"]);
    assert_eq!(listed(&place, &["--module", "billing"]), ["old-report", "robot-2"]);
    assert_eq!(listed(&place, &["--module", "MOD-0003", "--status", "active"]), ["robot-2"]);
    assert!(listed(&place, &["--search", "bulk", "--status", "inactive"]).is_empty());
    let pia = Place::example().by("pia");
    assert_eq!(listed(&pia, &["--account", "borealis"]), ["sync-agent"]);
    let kim = Place::example().by("kim");
    assert_eq!(listed(&kim, &["--owner", "carl"]), ["carl-erecording"]);
    assert_eq!(listed(&kim, &["--owner", "Dora Deputy"]), ["dora-erecording"]);
}

#[test]
fn times_are_counted_from_now() {
    let place = Place::example();
    let ending = listed(&place, &["--expires-within", "8m", "--status", "active"]);
    assert_eq!(ending, ["robot-2"]);
    let idle = listed(&place, &["--unused-for", "10d", "--search", "o", "--status", "active"]);
    assert_eq!(idle, ["robot-2"], "robot-1 was used a day before");
    assert!(!listed(&place, &["--never-used"]).contains(&"robot-1".to_owned()));
}

#[test]
fn r045_any_column_sorts_either_way() {
    let place = Place::example();
    let down = listed(&place, &["--sort", "-name", "--limit", "1"]);
    assert_eq!(down, ["summer-batch"]);
    let ended_first = listed(&place, &["--sort", "expires,-name", "--limit", "2"]);
    assert_eq!(ended_first, ["old-report", "leaked-key"]);
    assert!(place.run(&["token", "list", "--sort", "colour"]).ends(2).err.contains("colour"));
}

#[test]
fn a_window_says_how_many_there_are_in_all() {
    let list = Place::example().json(&["token", "list", "--limit", "2", "--offset", "20"]);
    assert_eq!((&list["total"], &list["offset"]), (&21.into(), &20.into()));
    assert_eq!(names(&list), ["summer-batch"]);
}

#[test]
fn a_token_is_shown_by_id_guid_or_name_in_either_case() {
    let place = Place::example();
    for reference in
        ["TKN-1000-0001", "tkn-1000-0001", "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321", "ROBOT-1"]
    {
        assert_eq!(place.json(&["token", "show", reference])["id"], "TKN-1000-0001");
    }
}

#[test]
fn show_says_all_that_details_says() {
    let shown = Place::example().run(&["token", "show", "robot-1", "--audit"]).ends(0).out;
    for text in [
        "Moves parts between plants",
        "Acme ACC-0001-0001",
        "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321",
        "https://tokens.example/v1",
        "Catalog Full",
        "North plant",
        "2026-03-09 20:22",
        "2026-01-05 09:14:00 UTC by Ada Admin",
        "created",
    ] {
        assert!(shown.contains(text), "{text} is missing in\n{shown}");
    }
}
