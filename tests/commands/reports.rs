//! `token report`: what is asked after a leak or a leaver.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use serde_json::Value;

use crate::backends::{Elsewhere, Serving, secret_of};
use crate::support::{Place, all_values, text};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A token made, narrowed, switched off and on, and revoked, each for a reason.
fn leaked() -> Place {
    let place = Place::example().by("rosa");
    let run = |words: &[&str]| drop(place.run(words).ends(0));
    run(&[
        "token",
        "create",
        "leaky",
        "--account",
        "Acme",
        "--module",
        "Billing=full",
        "--module",
        "Catalog=read",
        "--scope",
        "North plant",
        "--expires",
        "2026-09-01",
    ]);
    run(&["token", "edit", "leaky", "--module", "Billing=read", "--scope", "South plant"]);
    run(&["token", "disable", "leaky", "--reason", "seen in a log"]);
    run(&["token", "enable", "leaky"]);
    run(&["token", "revoke", "leaky", "--yes", "--reason", "INC-7 | [leak](x)"]);
    place
}

#[test]
fn a_report_tells_what_it_could_reach_what_was_done_and_what_proves_it() {
    let place = leaked();
    let head = place.json(&["audit", "verify"])["head"].as_str().unwrap().to_owned();
    let ran = place.run(&["token", "report", "leaky"]).ends(0);
    for told in [
        "# Report on the API token leaky\n",
        "| Status | Revoked |",
        "| Would have ended | 2026-09-01 |",
        "| Billing Full, Catalog Read | North plant |",
        "| Billing Read, Catalog Read | North plant, South plant |",
        "| switched off |",
        "disabled by Rosa",
        ": seen in a log (event ",
        ": INC-7 \\| \\[leak\\]\\(x\\) (event ",
        "The last time: never.",
        &format!("tokendeck audit verify --expect {head}\n"),
    ] {
        assert!(ran.out.contains(told), "{told} in {}", ran.out);
    }
    place.run(&["audit", "verify", "--expect", &head]).ends(0);
    assert!(all_values().all(|value| !ran.out.contains(value)));
    let evidence = place.json(&["token", "report", "leaky"]);
    let reach = evidence["tokens"][0]["reach"].as_array().unwrap();
    let standings: Vec<_> = reach.iter().map(|one| one["standing"].as_str().unwrap()).collect();
    assert_eq!(standings, ["enabled", "enabled", "disabled", "enabled", "revoked"]);
    assert_eq!(reach[0]["access"]["Billing"], "full");
    assert_eq!(reach[1]["access"]["Billing"], "read");
    assert_eq!(reach[3]["valid_to"], reach[0]["valid_to"]);
    assert_eq!(evidence["chain"]["head"], head.as_str());
    let events = evidence["tokens"][0]["events"].as_array().unwrap();
    assert_eq!(events.first().unwrap()["action"], "created");
    assert_eq!(events.last().unwrap()["action"], "revoked");
}

#[test]
fn a_set_makes_one_report_with_a_summary_and_a_file_is_for_its_owner_alone() {
    let place = Place::example().by("rosa");
    let file = text(place.home().join("report.md"));
    let ran = place.run(&["token", "report", "--search", "robot", "--out", &file]).ends(0);
    assert!(ran.err.contains("report on 2 tokens written to"), "{}", ran.err);
    let written = fs::read_to_string(&file).unwrap();
    assert!(written.starts_with("# Report on 2 API tokens\n"), "{written}");
    for told in ["## Summary\n", "| robot-1 | TKN-1000-0001 | Acme | Active |", "## robot-2 ("] {
        assert!(written.contains(told), "{told} in {written}");
    }
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let again = place.run(&["token", "report", "robot-1", "--out", &file]).ends(6);
    assert!(again.err.contains("exists already"), "{}", again.err);
    assert_eq!(fs::read_to_string(&file).unwrap(), written);
    let beside: Vec<_> = fs::read_dir(place.home()).unwrap().collect();
    assert_eq!(beside.len(), 2, "nothing half written stays: {beside:?}");
    // By ids of standard input, in the form that the name of the file says.
    let file = text(place.home().join("report.json"));
    let ids = place.run(&["token", "list", "-q", "--search", "robot"]).ends(0).out;
    place.piped(&["token", "report", "-", "--out", &file], &ids).ends(0);
    let evidence = json(&fs::read_to_string(&file).unwrap());
    assert_eq!(evidence["summary"]["tokens"], 2);
    assert_eq!(evidence["summary"]["statuses"]["Active"], 2);
}

#[test]
fn who_may_not_read_the_chain_is_told_so_in_the_report() {
    let (place, secret) = secret_of(Place::example(), "ada");
    let serving = Serving::of(&place);
    let elsewhere = Elsewhere::with(&secret);
    elsewhere.add(&serving.url).ends(0);
    let ran = elsewhere.on_team(&["token", "report", "robot-1"]).ends(0);
    assert!(ran.out.contains("The head of the log could not be read: "), "{}", ran.out);
    assert!(ran.out.contains("### What it could reach\n"), "{}", ran.out);
    assert!(!ran.out.contains("--expect"), "{}", ran.out);
    assert!(ran.err.contains("the report says so"), "{}", ran.err);
    let evidence = elsewhere.json(&["token", "report", "robot-1"]);
    assert!(evidence["chain"]["unread"].as_str().unwrap().contains("Superadmin"), "{evidence}");
    serving.stop();
}

#[test]
fn a_report_of_nothing_or_in_no_form_of_its_own_is_refused() {
    let place = Place::example();
    for (words, code, told) in [
        (["token", "report", "--dry-run"].as_slice(), 2, "which tokens?"),
        (&["token", "report", "nobody"], 4, "nobody"),
        (&["token", "report", "robot-1", "-o", "csv"], 2, "a report is no list"),
        (&["token", "list", "-o", "md"], 2, "the form of 'token report'"),
        (&["token", "report", "robot-1", "--search", "x"], 2, "not both"),
        (&["token", "report", "robot-1", "--out", "/nowhere/x.md"], 6, "no such folder"),
    ] {
        let ran = place.run(words).ends(code);
        assert!(ran.err.contains(told), "{words:?}: {}", ran.err);
    }
    let none = place.run(&["token", "report", "--search", "nothing like it"]).ends(0);
    assert_eq!((none.out.as_str(), none.err.contains("nothing was written")), ("", true));
}
