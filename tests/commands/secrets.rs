//! No value on a command line, in a message or where it was not asked for.

use crate::support::{Place, all_values, value_of};

#[test]
fn no_flag_takes_a_value() {
    let place = Place::example();
    for flag in ["--value", "--secret", "--token-value", "--password"] {
        for command in [&["token", "create", "x"][..], &["verify", "-"], &["lookup", "-"]] {
            let ran = place.run(&[command, &[flag, "x"]].concat()).ends(2);
            assert!(ran.err.contains("unexpected argument"), "{}", ran.err);
        }
    }
}

#[test]
fn an_argument_that_holds_a_value_is_refused_and_not_repeated() {
    let place = Place::example();
    let value = value_of("robot-1");
    let assigned = format!("--search={value}");
    let commands: [&[&str]; 5] = [
        &["verify", value],
        &["lookup", value],
        &["token", "show", value],
        &["token", "list", &assigned],
        &["token", "create", value],
    ];
    for command in commands {
        let ran = place.run(command).ends(2);
        assert!(ran.err.contains("standard input") || ran.err.contains("pipe it"), "{}", ran.err);
        assert!(!(ran.out + &ran.err).contains(value));
    }
}

#[test]
fn a_value_with_a_slip_is_not_repeated_either() {
    let place = Place::example();
    let value = value_of("robot-1");
    let (cut, _) = value.split_at(value.len() - 3);
    for command in [["verify", cut], ["lookup", cut]] {
        let ran = place.run(&command).ends(2);
        assert!(!(ran.out + &ran.err).contains(cut));
    }
    let ran = place.piped(&["verify", "-"], cut).ends(1);
    assert!(!(ran.out + &ran.err).contains(cut));
    // Its GUID is whole, so it is known whose it was.
    let ran = place.piped(&["lookup", "-"], cut).ends(0);
    assert!(!(ran.out + &ran.err).contains(cut));
}

#[test]
fn lookup_knows_a_value_and_does_not_echo_it() {
    let place = Place::example();
    for (name, status) in [("robot-1", "active"), ("leaked-key", "revoked")] {
        let ran = place.piped(&["lookup", "-", "--output", "json"], value_of(name)).ends(0);
        let answer: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(
            (&answer["token"]["name"], &answer["token"]["status"]),
            (&name.into(), &status.into())
        );
        assert!(!ran.out.contains(value_of(name)) && ran.err.is_empty());
    }
    place.piped(&["lookup", "-"], "TKN-1000-0001\n").ends(0);
    place.piped(&["lookup", "-"], "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321").ends(0);
    let unknown = place.piped(&["lookup", "-", "-o", "json"], "nobody-knows-this").ends(4);
    assert!(!unknown.err.contains("nobody-knows-this"));
}

#[test]
fn r137_no_list_event_or_error_holds_a_value() {
    let place = Place::example();
    place.run(&["token", "value", "robot-1"]).ends(0);
    let commands: [&[&str]; 5] = [
        &["token", "list", "-o", "json"],
        &["token", "show", "robot-1", "--audit", "-o", "json"],
        &["audit", "list", "-o", "json"],
        &["catalog", "list", "-o", "json"],
        &["store", "status", "-o", "json"],
    ];
    for command in commands {
        let ran = place.run(command).ends(0);
        assert!(all_values().all(|value| !ran.out.contains(value)), "{command:?}");
    }
}

#[test]
fn standard_input_without_end_is_cut_off() {
    let ran = Place::example().piped(&["verify", "-"], &"x".repeat(1 << 20)).ends(2);
    assert!(ran.err.contains("longer than"), "{}", ran.err);
}
