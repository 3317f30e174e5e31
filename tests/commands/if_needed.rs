//! The same order again: refused by name, nothing to do by filter, and with `--if-needed`
//! as good as done.

use crate::support::Place;

#[test]
fn a34_an_order_that_is_met_already_ends_well_where_that_is_said() {
    let place = Place::example();
    for (verb, token, so) in [
        ("enable", "robot-1", "Already enabled"),
        ("disable", "nightly-export", "Already disabled"),
        ("revoke", "leaked-key", "Already revoked"),
        ("revoke", "old-report", "Already expired"),
        ("drop-old", "robot-1", "No older value is in force"),
    ] {
        let order = ["token", verb, token, "--yes"];
        let head = place.head();
        let refused = place.run(&order).ends(1);
        assert!(refused.err.contains(so), "{}", refused.err);
        let needed = [&order[..], &["--if-needed"]].concat();
        let met = place.run(&needed).ends(0);
        assert!(met.err.contains(token) && met.err.contains(so), "{}", met.err);
        place.run(&[&needed[..], &["--dry-run"]].concat()).ends(0);
        // Programs get the token as after any order.
        assert_eq!(place.json(&needed)["name"], token);
        assert_eq!(place.head(), head, "{verb} {token}");
    }
}

#[test]
fn a34_a_deleted_token_is_gone_by_its_id_and_unknown_by_its_name() {
    let place = Place::example().by("rosa");
    let by_id = ["token", "delete", "TKN-1000-0009", "--yes"];
    place.run(&by_id).ends(1);
    place.run(&[&by_id[..], &["--if-needed"]].concat()).ends(0);
    // A name that nobody bears may be a slip.
    place.run(&["token", "delete", "gone", "--yes", "--if-needed"]).ends(4);
}

#[test]
fn a34_if_needed_excuses_nothing_else() {
    let place = Place::example();
    place.run(&["token", "enable", "leaked-key", "--yes", "--if-needed"]).ends(1);
    place.run(&["token", "disable", "leaked-key", "--yes", "--if-needed"]).ends(1);
    place.run(&["token", "revoke", "no-such", "--yes", "--if-needed"]).ends(4);
    let place = place.by("vic");
    place.run(&["token", "disable", "nightly-export", "--if-needed"]).ends(3);
}

#[test]
fn a34_of_several_only_those_count_that_are_not_so_already() {
    let place = Place::example();
    let several = ["token", "disable", "nightly-export", "robot-1", "--yes"];
    let needed = [&several[..], &["--if-needed"]].concat();
    let ran = place.run(&needed).ends(0);
    assert!(ran.err.contains("1 disabled, 1 skipped"), "{}", ran.err);
    // The second time all of them are.
    let head = place.head();
    place.run(&several).ends(1);
    let report: serde_json::Value = place.json(&needed);
    assert_eq!((&report["done"], &report["skipped"]), (&0.into(), &2.into()));
    assert_eq!(place.head(), head);
    // What can't be done still counts.
    let ended = |token| ["token", "disable", token, "leaked-key", "--yes", "--if-needed"];
    place.run(&ended("nightly-export")).ends(1);
    place.run(&ended("robot-2")).ends(5);
    // By filter nothing to do is no failure, said or not.
    for more in [&[][..], &["--if-needed"]] {
        let found = ["token", "disable", "--search", "nightly-export"];
        place.run(&[&found[..], more].concat()).ends(0);
    }
}
