//! Views: what a list shows, under a name, in scripts.

use std::fs;
use std::path::PathBuf;

use crate::support::Place;

fn kept(place: &Place, views: &str) -> PathBuf {
    let folder = place.home().join(".config/tokendeck");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("views.toml");
    fs::write(&path, views).unwrap();
    path
}

#[test]
fn a_list_shows_what_a_view_does() {
    let place = Place::example();
    let never = place.json(&["token", "list", "--view", "never"])["total"].clone();
    assert_eq!(never, place.json(&["token", "list", "--filter", "never"])["total"]);
    let full = place.json(&["token", "list", "--view", "full", "--filter", "never"]);
    assert_eq!(full["total"], 1, "{full}");
    let why = place.run(&["token", "list", "--view", "expirng"]).ends(2).err;
    assert!(why.contains("--view: there is no view 'expirng'; did you mean 'expiring'?"), "{why}");
    let why = place.run(&["token", "disable", "--view", "", "--dry-run"]).ends(2).err;
    assert!(why.contains("--view"), "{why}");
}

#[test]
fn a_view_that_was_kept_has_its_terms_order_and_columns() {
    let place = Place::example();
    kept(
        &place,
        "[views.robots]\nfilter = \"robot\"\nsort = \"-name\"\ncolumns = [\"name\", \"id\"]\n",
    );
    let table = place.run(&["token", "list", "--view", "robots"]).ends(0).out;
    let lines: Vec<_> = table.lines().collect();
    assert!(lines[0].split_whitespace().eq(["NAME", "ID"]), "{table}");
    assert!(lines[1].starts_with("robot-2") && lines[2].starts_with("robot-1"), "{table}");
    let sorted = place.run(&["token", "list", "--view", "robots", "--sort", "name"]).ends(0).out;
    assert!(sorted.lines().nth(1).unwrap().starts_with("robot-1"), "{sorted}");
    let all = place.json(&["view", "list"]);
    assert_eq!(all["total"], 8, "{all}");
    let own = all["views"].as_array().unwrap().last().unwrap();
    assert_eq!((own["name"].as_str(), own["tokens"].as_u64()), (Some("robots"), Some(2)));
    assert_eq!(own["filter"], "text:robot");
}

#[test]
fn a16_a_file_of_views_with_a_slip_is_an_error_with_its_line() {
    let place = Place::example();
    let path = kept(&place, "[views.robots]\nfilter = \"levle:x\"\n");
    let why = place.run(&["token", "list"]).ends(2).err;
    let expected = format!("{}:2:1: views.robots.filter:", path.display());
    assert!(why.contains(&expected) && why.contains("did you mean 'level:'?"), "{why}");
}
