//! A leaked token value in the operator's hands: it finds its token by the GUID, and no
//! part of its secret is ever on the screen or kept (R37).

use tokendeck::tui::input::Input;

use crate::support::{App, Desk, value};

const GUID: &str = "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321";

/// Fails where any stretch of the value's secret is on the screen.
fn keeps_secret(app: &mut App, value: &str) {
    let (_, secret) = value.rsplit_once('_').unwrap();
    let screen = app.screen();
    for start in 0..secret.len() - 4 {
        let part = secret.get(start..start + 5).unwrap();
        assert!(!screen.contains(part), "'{part}' of the secret:\n{screen}");
    }
}

fn paste(app: &mut App, keys: &str, text: &str) {
    app.keys(keys).send(Input::Paste(text.to_owned()));
    app.settle();
}

#[test]
fn r037_a_pasted_value_finds_its_token_and_is_dropped() {
    let desk = Desk::example();
    let value = value("robot-1");
    for keys in ["/", "#", ":", "2 /", "3 /", "2 Enter /", "Enter :"] {
        let mut app = desk.seat("ada");
        paste(&mut app, keys, &format!(" curl -H 'Authorization: Bearer {value}'\n"));
        app.sees("robot-1 TKN-1000-0001 (Active): GUID of its current value");
        app.sees("API tokens - Acme").sees("1-1 of 1").sees("> robot-1");
        keeps_secret(&mut app, &value);
        app.keys("Enter").sees(&format!("guid:{GUID}"));
        app.keys("M").sees("A token value, not kept");
        keeps_secret(&mut app, &value);
        app.keys("Esc : Up").sees_no("tdk_");
        let state = std::fs::read_to_string(desk.state_path()).unwrap_or_default();
        assert!(!state.contains("tdk_"), "{state}");
    }
}

#[test]
fn r037_a_typed_value_is_never_to_be_seen() {
    let desk = Desk::example();
    let value = value("robot-1");
    for keys in ["/", "#", ": f i l t e r Space", "2 /"] {
        let mut app = desk.seat("ada");
        app.keys(keys);
        for typed in value.chars() {
            app.text(&typed.to_string());
            keeps_secret(&mut app, &value);
        }
        app.sees("robot-1 TKN-1000-0001 (Active): GUID of its current value");
        app.keys("Enter").sees("> robot-1").sees("1-1 of 1");
    }
}

#[test]
fn r037_a_replaced_value_finds_the_token_it_was_of() {
    let desk = Desk::example();
    let old = value("robot-1");
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter r Right Enter").sees("New value of robot-1").keys("Right Enter F");
    paste(&mut app, "/", &old);
    app.sees("robot-1 TKN-1000-0001 (Active): GUID of its replaced value").sees("> robot-1");
    app.sees_no("No tokens match").keys("Enter").sees("1-1 of 1").sees_no(GUID);
}

#[test]
fn r037_a_value_that_is_of_no_token_here_is_said_to_be_none() {
    let (desk, elsewhere) = (Desk::example(), value("platform-audit"));
    let mut app = desk.seat("ada");
    paste(&mut app, "/", &elsewhere);
    app.sees("Not here: no token that you may see has or had this value");
    keeps_secret(&mut app, &elsewhere);
}

#[test]
fn r037_a_part_of_a_value_is_told_from_a_name() {
    let desk = Desk::example();
    let value = value("robot-1");
    let mut app = desk.seat("ada");
    paste(&mut app, "/", value.get(..50).unwrap());
    app.sees("Cut or mistyped: robot-1 TKN-1000-0001 (Active)").sees("> robot-1");
    keeps_secret(&mut app, &value);
    app.keys("Esc /").text(value.get(..40).unwrap());
    keeps_secret(&mut app, &value);
    app.keys("Enter").sees("Cut or mistyped: robot-1");
    app.keys("Esc /").text("tdk_3eU9").keys("Enter");
    app.sees("It begins like a token value and is no whole one");
    app.keys("F").sees("of 21");
}

#[test]
fn a02_all_values_in_a_pasted_text_are_found() {
    let desk = Desk::example();
    let values = ["robot-1", "robot-2", "leaked-key"].map(value);
    let cut = values[2].get(..40).unwrap();
    let text =
        format!("a={}\nb: \"{}\",\nc {cut} and {}", values[0], values[1], value("sync-agent"));
    for keys in ["/", "#", ":", "2 /"] {
        let mut app = desk.seat("ada");
        paste(&mut app, keys, &text);
        app.sees("3 of 4 values are here").sees("API tokens - Acme").sees("1-3 of 3");
        app.sees("robot-1").sees("robot-2").sees("leaked-key");
        app.keys("Enter M").sees("robot-1 TKN-1000-0001 (Active): GUID of its current value");
        app.sees("robot-2 TKN-1000-0002 (Active): GUID of its current value");
        app.sees("Cut or mistyped: leaked-key");
        for value in &values {
            keeps_secret(&mut app, value);
        }
    }
}

#[test]
fn a02_a_value_broken_over_lines_is_found_and_so_is_a_guid_that_is_left_of_one() {
    let desk = Desk::example();
    let value = value("robot-1");
    let (one, other) = value.split_at(50);
    for text in [
        format!("> {one}\n> {other}"),
        format!("\u{feff}{value}"),
        format!("key {}", value.get(..27).unwrap()),
    ] {
        let mut app = desk.seat("ada");
        paste(&mut app, "/", &text);
        app.sees("robot-1 TKN-1000-0001 (Active): GUID of its current value").sees("> robot-1");
        keeps_secret(&mut app, &value);
    }
}

#[test]
fn d06_a_value_in_a_field_of_a_form_is_not_drawn() {
    let desk = Desk::example();
    let value = value("robot-1");
    let (one, other) = value.split_at(50);
    for text in [value.clone(), value.replace("tdk_", "tdo_"), format!("{one}\n{other}")] {
        for keys in ["n", "n Down", "2 n", "3 n"] {
            let mut app = desk.seat("ada");
            paste(&mut app, keys, &text);
            keeps_secret(&mut app, &value);
            app.keys("Down Down Up Esc");
            keeps_secret(&mut app, &value);
            app.keys("M");
            keeps_secret(&mut app, &value);
        }
        let mut app = desk.seat("ada");
        app.keys("n");
        for typed in text.chars().filter(|c| *c != '\n') {
            app.text(&typed.to_string());
            keeps_secret(&mut app, &value);
        }
    }
}
