//! The audit trail and the chain that shows whether it was touched.

use rusqlite::params;

use crate::support::Place;

#[test]
fn r136_every_action_leaves_its_event() {
    let place = Place::example();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    place.run(&["token", "enable", "robot-1"]).ends(0);
    place.run(&["token", "revoke", "robot-1", "--yes"]).ends(0);
    let page = place.json(&["audit", "list", "--token", "robot-1"]);
    let actions: Vec<_> =
        page["events"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(actions[..3], ["revoked", "enabled", "disabled"], "newest first");
    assert_eq!(page["events"][0]["by_name"], "Ada Admin");
}

#[test]
fn events_are_found_by_user_and_time() {
    let place = Place::example();
    place.run(&["token", "disable", "robot-1"]).ends(0);
    let by_ada = place.json(&["audit", "list", "--by", "ada", "--since", "2026-03-10"]);
    assert_eq!(by_ada["total"], 1);
    let lately = place.json(&["audit", "list", "--since", "1h"]);
    assert_eq!(lately["total"], 1);
    assert_eq!(place.json(&["audit", "list", "--by", "vic"])["total"], 0);
}

#[test]
fn a_member_reads_no_events_of_others() {
    let place = Place::example().by("carl");
    let page = place.json(&["audit", "list"]);
    for event in page["events"].as_array().unwrap() {
        let subject = event["subject"]["id"].as_str().unwrap();
        assert!(["TKN-1000-0010", "USR-0002-0001"].contains(&subject), "{event}");
    }
    assert!(page["total"].as_u64().unwrap() > 0);
}

#[test]
fn an_untouched_chain_is_whole() {
    let place = Place::example();
    let chain = place.json(&["audit", "verify"]);
    assert_eq!(chain["whole"], true);
    assert_eq!(chain["events"].as_u64().unwrap(), place.head());
}

#[test]
fn a_changed_byte_of_an_event_is_found_with_its_place() {
    let place = Place::example();
    let database = place.database();
    database.execute_batch("DROP TRIGGER event_no_update").unwrap();
    for (column, changed) in [("action", "editee"), ("details", "[ ]")] {
        let read = format!("SELECT {column} FROM event WHERE sequence = 31");
        let before: String = database.query_row(&read, [], |row| row.get(0)).unwrap();
        let write = format!("UPDATE event SET {column} = ? WHERE sequence = 31");
        database.execute(&write, params![changed]).unwrap();
        let ran = place.run(&["audit", "verify", "--output", "json"]).ends(1);
        let chain: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((&chain["whole"], &chain["broken_at"]), (&false.into(), &31.into()), "{column}");
        place.run(&["store", "check"]).ends(1);
        database.execute(&write, params![before]).unwrap();
        place.run(&["audit", "verify"]).ends(0);
    }
}
