//! `tokendeck operator`: credentials for a server, printed once.

use std::os::unix::fs::PermissionsExt as _;

use tokendeck::domain::OperatorSecret;

use crate::support::Place;

#[test]
fn a_credential_is_printed_alone_and_once() {
    let place = Place::example().by("rosa");
    let ran = place.run(&["operator", "create", "kim"]).ends(0);
    let secret = OperatorSecret::parse(&ran.out).expect("nothing else on standard output");
    assert!(ran.err.contains("only time"), "{}", ran.err);
    let list = place.run(&["operator", "list", "--output", "json"]).ends(0);
    assert!(list.out.contains(&secret.guid().to_string()));
    for text in [list.out, place.run(&["audit", "list"]).ends(0).out] {
        assert!(!text.contains(secret.expose()), "{text}");
        assert!(!text.contains(secret.expose().split('_').next_back().unwrap()), "{text}");
    }
}

#[test]
fn a_credential_goes_to_a_new_file_of_its_owner_instead() {
    let place = Place::example().by("rosa");
    let file = place.home().join("kim.credential");
    let create = ["operator", "create", "kim", "--file", file.to_str().unwrap()];
    let dry = [&create[..], &["--dry-run"]].concat();
    place.run(&dry).ends(0);
    assert!(!file.exists());
    assert_eq!(place.run(&create).ends(0).out, "");
    let text = std::fs::read_to_string(&file).unwrap();
    let secret = OperatorSecret::parse(&text).expect("nothing else in the file");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    // A file that is there is left alone, and no credential made.
    let head = place.head();
    let again = place.run(&create).ends(6);
    assert!(!again.err.contains(secret.expose()));
    assert_eq!((place.head(), std::fs::read_to_string(&file).unwrap()), (head, text));
    // Neither is one for which there is no file, nor a file for which there is none.
    let other = file.with_file_name("pia.credential");
    place.run(&["operator", "create", "nobody", "--file", other.to_str().unwrap()]).ends(4);
    assert!(!other.exists());
}

#[test]
fn a_credential_is_revoked_by_user_or_by_guid_after_a_yes() {
    let place = Place::example().by("rosa");
    let made = place.json(&["operator", "create", "kim"]);
    place.run(&["operator", "create", "kim"]).ends(0);
    let guid = made["credential"]["guid"].as_str().unwrap();
    let one = ["operator", "revoke", "kim", "--credential", guid];
    place.run(&one).ends(2);
    place.run(&[one.as_slice(), &["--yes"]].concat()).ends(0);
    place.run(&[one.as_slice(), &["--yes"]].concat()).ends(1);
    let states = || {
        let list = place.json(&["operator", "list"]);
        let of = |view: &serde_json::Value| view["state"].as_str().unwrap().to_owned();
        // Made at the same frozen moment, they stand in no order.
        list["credentials"]
            .as_array()
            .unwrap()
            .iter()
            .map(of)
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect::<Vec<_>>()
    };
    assert_eq!(states(), ["active", "revoked"]);
    place.run(&["operator", "revoke", "kim", "--yes"]).ends(0);
    assert_eq!(states(), ["revoked"]);
    place.run(&["operator", "revoke", "kim", "--yes"]).ends(4);
}

#[test]
fn a_dry_run_makes_and_revokes_nothing() {
    let place = Place::example().by("rosa");
    let before = place.head();
    let ran = place.run(&["operator", "create", "kim", "--dry-run"]).ends(0);
    assert_eq!(ran.out, "");
    assert_eq!(place.head(), before);
}

#[test]
fn what_has_no_end_or_no_user_is_refused() {
    let place = Place::example().by("rosa");
    place.run(&["operator", "create", "kim", "--expires", "never"]).ends(2);
    place.run(&["operator", "create", "nobody"]).ends(4);
    Place::example().run(&["operator", "create", "pia"]).ends(3);
    place.run(&["operator", "create", "kim", "--read-only"]).ends(3);
}

#[test]
fn a36_a_credential_tells_its_name_and_its_last_use_wherever_it_is_listed() {
    let place = Place::example().by("rosa");
    let named = ["operator", "create", "kim", "--name", "ci-runner", "--expires", "2m"];
    place.run(&named).ends(0);
    place.run(&["operator", "create", "kim", "--name", "bad\u{202e}"]).ends(2);
    let list = place.run(&["operator", "list"]).ends(0).out;
    for told in ["NAME", "LAST USE", "ci-runner", "never"] {
        assert!(list.contains(told), "{told}: {list}");
    }
    let credential = &place.json(&["operator", "list"])["credentials"][0];
    assert_eq!(credential["name"], "ci-runner");
    assert_eq!(credential["last_used_at"], serde_json::Value::Null);
    // As a server would have written it.
    let sql =
        "INSERT INTO credential_use SELECT guid, created_at + 3600000 FROM operator_credential";
    place.database().execute(sql, []).unwrap();
    let list = place.run(&["operator", "list"]).ends(0).out;
    assert!(list.contains("2026-03-10 13:00:00 UTC"), "{list}");
    let csv = place.run(&["operator", "list", "--output", "csv"]).ends(0).out;
    assert!(csv.lines().next().unwrap().ends_with("name,last_used_at"), "{csv}");
    assert!(csv.contains("ci-runner,2026-03-10T13:00:00Z"), "{csv}");
}

#[test]
fn a36_the_event_of_a_credential_says_what_it_was() {
    let place = Place::example().by("rosa");
    place.run(&["operator", "create", "kim", "--name", "ci-runner", "--expires", "2m"]).ends(0);
    let told = place.run(&["audit", "list", "--limit", "1"]).ends(0).out;
    for part in
        ["created operator credential", "for Kim", "2026-05-10 12:00:00 UTC", "name ci-runner"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    let event = &place.json(&["audit", "list", "--limit", "1"])["events"][0];
    let kinds: Vec<_> =
        event["details"].as_array().unwrap().iter().map(|fact| &fact["detail"]).collect();
    assert_eq!(kinds, ["credential", "valid_to", "name"]);
    assert_eq!(event["details"][2]["after"], "ci-runner");
    place.run(&["operator", "revoke", "kim", "--yes"]).ends(0);
    let told = place.run(&["audit", "list", "--limit", "1"]).ends(0).out;
    assert!(told.contains("revoked operator credential"), "{told}");
    assert!(told.contains("name ci-runner"), "{told}");
}
