//! What can't be taken back is confirmed, and by whom it was meant.

use crate::support::Place;

#[test]
fn without_a_terminal_and_without_yes_a_dangerous_verb_refuses() {
    let place = Place::example();
    let head = place.head();
    for verb in ["revoke", "delete", "regenerate"] {
        let ran = place.run(&["token", verb, "robot-1", "-o", "json"]).ends(2);
        assert_eq!(ran.error()["code"], "not_confirmed", "{verb}");
        assert!(ran.error()["message"].as_str().unwrap().contains("--yes"));
    }
    assert_eq!(place.head(), head);
}

#[test]
fn a_yes_on_standard_input_is_no_confirmation() {
    let place = Place::example();
    place.piped(&["token", "revoke", "robot-1"], "yes\n").ends(2);
    assert_eq!(place.status_of("robot-1"), "active");
}

#[test]
fn for_more_than_one_token_the_count_must_be_given() {
    let place = Place::example();
    let head = place.head();
    let revoke = ["token", "revoke", "robot-1", "robot-2"];
    let alone = place.run(&[&revoke[..], &["--yes"]].concat()).ends(2);
    assert!(alone.err.contains("--confirm \"revoke 2\""), "{}", alone.err);
    for wrong in ["revoke 3", "delete 2", "revoke", "2"] {
        place.run(&[&revoke[..], &["--yes", "--confirm", wrong]].concat()).ends(2);
    }
    assert_eq!(place.head(), head);
    place.run(&[&revoke[..], &["--confirm", "revoke 2"]].concat()).ends(0);
}

#[test]
fn wrong_words_are_not_outvoted_by_yes() {
    let place = Place::example();
    place.run(&["token", "revoke", "robot-1", "--yes", "--confirm", "revoke 2"]).ends(2);
    assert_eq!(place.status_of("robot-1"), "active");
    place.run(&["token", "revoke", "robot-1", "--confirm", "revoke 1"]).ends(0);
}

#[test]
fn a_refusal_comes_before_the_question() {
    let ran = Place::example().run(&["token", "revoke", "leaked-key"]).ends(1);
    assert!(ran.err.contains("Already revoked"), "{}", ran.err);
}

#[test]
fn a_verb_without_tokens_or_filters_does_nothing() {
    let place = Place::example();
    place.run(&["token", "revoke", "--yes"]).ends(2);
    place.run(&["token", "delete", "robot-1", "--search", "bulk", "--yes"]).ends(2);
    place.run(&["token", "revoke-all", "--yes"]).ends(2);
    assert_eq!(place.status_of("robot-1"), "active");
}

#[test]
fn one_name_that_is_not_there_stops_all_of_them() {
    let place = Place::example();
    let ran = place.run(&["token", "revoke", "robot-1", "robot-99", "--confirm", "revoke 2"]);
    assert!(ran.ends(4).err.contains("robot-99"));
    assert_eq!(place.status_of("robot-1"), "active");
}

#[test]
fn a_token_named_twice_counts_once() {
    let place = Place::example();
    place.run(&["token", "revoke", "robot-1", "TKN-1000-0001", "--yes"]).ends(0);
    assert_eq!(place.status_of("robot-1"), "revoked");
}
