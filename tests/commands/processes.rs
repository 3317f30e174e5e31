//! Several programs on one store at once: nothing is lost, nothing is stuck.

use std::collections::BTreeSet;
use std::thread;

use crate::support::Place;

const ROUNDS: usize = 12;

/// One loop of commands: makes a token and takes it out of service again.
fn work(place: &Place, who: &str) {
    for round in 0..ROUNDS {
        let name = format!("{who}-{round}");
        let made = place
            .run(&["token", "create", &name, "--module", "Catalog=read", "--scope", "North plant"])
            .ends(0);
        place.piped(&["verify", "-"], made.out.trim()).ends(0);
        place.run(&["token", "disable", &name]).ends(0);
        place.run(&["token", "revoke", &name, "--yes"]).ends(0);
    }
}

#[test]
fn two_loops_of_commands_lose_nothing() {
    let place = Place::example();
    let head = place.head();
    thread::scope(|scope| {
        scope.spawn(|| work(&place, "left"));
        scope.spawn(|| work(&place, "right"));
    });
    // Each round commits three events: created, disabled, revoked.
    assert_eq!(place.head(), head + 2 * 3 * ROUNDS as u64);
    let list = place.json(&["token", "list", "--status", "revoked", "--search", "t-"]);
    let ids: BTreeSet<_> =
        list["tokens"].as_array().unwrap().iter().map(|t| t["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2 * ROUNDS, "no id was given twice");
    place.run(&["audit", "verify"]).ends(0);
    place.run(&["store", "check"]).ends(0);
}

#[test]
fn r138_of_two_edits_at_once_the_second_is_told_who_came_first() {
    let place = Place::example();
    let mut edits = 0;
    let told = (0..100).find_map(|round| {
        let edit = |who: &str| {
            let text = format!("{who} {round}");
            place.run(&["token", "edit", "robot-1", "--description", &text, "-o", "json"])
        };
        let both = thread::scope(|scope| {
            let (left, right) = (scope.spawn(|| edit("left")), scope.spawn(|| edit("right")));
            [left.join().unwrap(), right.join().unwrap()]
        });
        edits += both.iter().filter(|ran| ran.code == 0).count();
        assert!(both.iter().all(|ran| matches!(ran.code, 0 | 7)), "only a stale edit is refused");
        both.into_iter().find(|ran| ran.code == 7)
    });
    let error = told.expect("two edits never met").error();
    assert_eq!(error["code"], "stale_version");
    assert!(error["message"].as_str().unwrap().contains("Changed by Ada Admin"));
    let shown = place.json(&["token", "show", "robot-1", "--audit"]);
    let edited = shown["events"].as_array().unwrap().iter().filter(|e| e["action"] == "edited");
    assert_eq!(edited.count(), edits, "an edit is in the record exactly if it was acknowledged");
}
