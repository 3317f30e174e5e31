//! Free text may begin with a dash, as names and notes do; the flags of a command are
//! never taken for text.

use crate::support::{Place, names};

#[test]
fn a17_free_text_may_begin_with_a_dash() {
    let place = Place::example();
    let grants = ["--account", "Acme", "--module", "Catalog=read", "--scope", "North plant"];
    let create = ["token", "create", "x-prod", "--description", "-x"];
    place.run(&[&create[..], &grants].concat()).ends(0);
    assert_eq!(place.json(&["token", "show", "x-prod"])["description"], "-x");
    for search in [&["--search", "-prod"][..], &["--search=-prod"], &["--search", "-pro"]] {
        let list = place.json(&[&["token", "list"], search].concat());
        assert_eq!(names(&list), ["x-prod"], "{search:?}");
    }
    place.run(&["token", "edit", "x-prod", "--name", "-prod", "--description", "--bulk"]).ends(0);
    let shown = &place.json(&["token", "list", "--search", "-prod"])["tokens"][0];
    assert_eq!((&shown["name"], &shown["description"]), (&"-prod".into(), &"--bulk".into()));
    let disabled = place.json(&["token", "disable", "--search", "-prod", "--yes"]);
    assert_eq!(disabled["done"], 1);
    assert_eq!(place.json(&["user", "list", "--search", "-nobody"])["total"], 0);
    // A part of a GUID may begin with the dash before it.
    let guid = place.json(&["token", "show", "robot-1"])["guid"].as_str().unwrap().to_owned();
    let list = place.json(&["token", "list", "--guid", &guid[8..18]]);
    assert_eq!(names(&list), ["robot-1"]);
}

#[test]
fn a17_names_behind_flags_may_begin_with_a_dash() {
    let place = Place::example().by("rosa");
    place.run(&["catalog", "edit", "module", "Billing", "--name", "-x"]).ends(0);
    let create = ["token", "create", "dashed", "--account", "Acme", "--scope", "North plant"];
    place.run(&[&create[..], &["--module", "-x=read"]].concat()).ends(0);
    let list = place.json(&["token", "list", "--module", "-x"]);
    assert!(names(&list).contains(&"dashed"), "{list}");
}

#[test]
fn a17_a_flag_is_never_taken_for_the_text_before_it() {
    let place = Place::example();
    let head = place.head();
    for line in [
        &["token", "edit", "robot-1", "--description", "--dry-run"][..],
        &["token", "edit", "robot-1", "--name", "--disabled"],
        &["token", "disable", "--search", "--yes"],
        &["token", "revoke", "--guid", "--output=json", "--yes"],
        &["token", "list", "--search", "-o"],
        &["token", "list", "--account", "--help"],
    ] {
        let ran = place.run(line).ends(2);
        assert!(ran.err.contains("is a flag of this command"), "{line:?}: {}", ran.err);
    }
    assert_eq!(place.head(), head);
}
