//! Regenerate and the dialog with the new value (R68, R69, R112, R137).

use std::time::Duration;

use tokendeck::tui::input::{Input, Signal};

use crate::support::{App, Desk, options, value};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

/// The value on screen: on a line of its own, from the first column.
fn shown(app: &mut App) -> String {
    app.screen().lines().find(|line| line.starts_with("tdk_")).unwrap_or_default().to_owned()
}

#[test]
fn r068_six_months_are_chosen_and_the_focus_is_on_cancel() {
    let desk = Desk::example();
    let mut app = at(&desk, "old-report");
    app.keys("r")
        .sees(&format!("Regenerate old-report Acme ACC-0001-0001 {}", desk.title()))
        .sees("(o) 6 months");
    app.sees("Expires 2026-02-28 -> 2026-09-10").sees("> Cancel <");
    app.keys("Down").sees("(o) 12 months").sees("-> 2027-03-10").keys("Down").sees("(o) Never");
    app.keys("Down Up Up Up Up").sees("(o) 3 months").sees("-> 2026-06-10");
    app.keys("Enter").sees("x Expired").sees_no("New value");
}

#[test]
fn r068_a_new_value_makes_an_expired_token_active() {
    let desk = Desk::example();
    let old = value("old-report");
    let mut app = at(&desk, "old-report");
    app.keys("r Right Enter").sees("New value of old-report");
    let new = shown(&mut app);
    assert_eq!(desk.verify(&new), Ok(()), "{}", app.screen());
    assert!(desk.verify(&old).is_err());
    app.keys("Right Enter").sees("+ Active").sees("TKN-1000-0004").sees("2026-09-10");
    assert!(!app.has(&new));
}

#[test]
fn r068_an_overlap_lets_the_old_value_pass_a_while() {
    let desk = Desk::example();
    let old = value("robot-1");
    let mut app = at(&desk, "robot-1");
    app.keys("r").sees("Expires Never -> 2026-09-10").sees("stops working at once");
    app.keys("Tab Down").sees("(o) 1h").sees("stops working on 2026-03-10 13:00 UTC");
    app.keys("Right Enter").sees("New value of robot-1");
    assert_eq!(desk.verify(&old), Ok(()));
    let new = shown(&mut app);
    assert_eq!(desk.verify(&new), Ok(()));
}

#[test]
fn r068_without_overlap_the_old_value_dies_at_once() {
    let desk = Desk::example();
    let old = value("robot-1");
    at(&desk, "robot-1").keys("r Right Enter").sees("New value of robot-1");
    assert!(desk.verify(&old).is_err());
}

#[test]
fn r069_what_has_ended_or_waits_gets_no_new_value() {
    let desk = Desk::example();
    at(&desk, "leaked-key").keys("r").sees("Revoked tokens cannot be regenerated");
    desk.seat("kim").keys("/ dora Enter r").sees("Pending tokens cannot be regenerated");
    let mut app = at(&desk, "nightly-export");
    app.keys("r Right Enter").sees("New value of nightly-export").keys("Right Enter");
    app.sees("- Disabled");
}

#[test]
fn r112_the_value_leads_to_the_details() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("r Right Enter").sees("> View details <").keys("Enter");
    app.sees("[General]").sees("robot-1 TKN-1000-0001").sees_no("tdk_");
    app.keys("Esc").sees("text:robot-1");
}

#[test]
fn r112_keys_typed_ahead_do_not_close_the_value() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("r Right").in_haste("Enter Enter Enter Esc").sees("New value of robot-1");
    app.sees("key ignored").pass(Duration::from_mins(10)).sees("tdk_");
    app.keys("j q M").sees("New value of robot-1");
}

#[test]
fn r112_the_value_is_masked_in_a_tiny_window_and_on_suspend_until_asked_for() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("r Right Enter");
    let new = shown(&mut app);
    app.keys("x").sees_no("tdk_").sees("x show").keys("x").sees(&new);
    app.resize(30, 8).sees_no("tdk_").resize(80, 24).sees_no("tdk_");
    app.pass(Duration::from_millis(310)).keys("x").sees(&new);
    app.send(Input::Signal(Signal::Suspend)).sees_no("tdk_").keys("x").sees(&new);
}

#[test]
fn r112_a_value_shown_once_is_not_lost_by_a_slip() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("/ carl Enter r Right Enter").sees("This is the only time it is shown.");
    for keys in ["Esc", "Right Enter", "Left Enter", "Ctrl-c"] {
        app.keys(keys).sees("Not copied. It can't be shown again. Close?").sees("> Cancel <");
        app.keys("Enter").sees_no("Not copied").sees("tdk_");
    }
    app.keys("Esc Right Enter").sees_no("tdk_").sees("carl-erecording");
}

#[test]
fn r112_an_account_token_is_closed_without_a_question() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("r Right Enter").sees_no("only time").keys("Esc").sees_no("tdk_").sees_no("Cancel");
}

#[test]
fn r137_no_message_log_or_audit_holds_a_value() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("r Right Enter");
    let new = shown(&mut app);
    app.keys("Enter x S-Tab").sees("regenerated").sees_no(&new).keys("Esc M");
    app.sees("API token robot-1 was regenerated").sees_no(&new).sees_no("tdk_");
}

#[test]
fn r112_a_value_that_was_copied_is_closed_without_a_question() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("/ carl Enter r Right Enter").sees("only time it is shown");
    let new = shown(&mut app);
    app.keys("Y").sees("Value of carl-erecording sent to the terminal's clipboard");
    assert_eq!(app.copies().into_iter().map(|(_, text)| text).collect::<Vec<_>>(), [new]);
    app.keys("Esc").sees_no("Not copied").sees_no("tdk_");
}

#[test]
fn b02_the_choices_stand_one_under_the_other_and_the_buttons_in_a_row() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("/ robot-1 Enter r").sees("Up Down choice").sees("Left Right button");
    let choices = ["( ) 3 months", "(o) 6 months", "( ) 12 months", "( ) Never"];
    for choice in choices {
        let line = app.line(choice);
        assert_eq!(line.matches("( )").count() + line.matches("(o)").count(), 1, "{line}");
    }
    for overlap in ["(o) none", "( ) 1h", "( ) 24h", "( ) 7d"] {
        assert_eq!(app.line(overlap).matches(')').count(), 1, "{}", app.screen());
    }
    assert!(app.line("> Cancel <").contains("Regenerate"), "{}", app.screen());
}

/// The period that the dialog shows, in the way of its line below: `2026-09-10`.
fn end_shown(app: &mut App) -> String {
    let line = app.line("Expires Never ->");
    line.split_whitespace().last().unwrap().to_owned()
}

#[test]
fn b02_no_key_takes_another_period_than_the_one_shown() {
    for size in [(160, 50), (80, 24), (40, 12)] {
        for keys in [
            "Right Enter",
            "Down Right Enter",
            "Right Down Enter",
            "Right Right Enter",
            "Up Right Left Right Enter",
            "Tab Down Down Right Enter",
            "Down Down Tab Up Right Enter",
        ] {
            let desk = Desk::example();
            let mut app = desk.seat_with("ada", &options(), size);
            app.keys("/ robot-1 Enter r").sees("(o) 6 months");
            let (last, before) = (" Enter", keys.strip_suffix(" Enter").unwrap());
            app.keys(before).sees("> Regenerate <");
            let shown = end_shown(&mut app);
            app.keys(last).sees("New value of robot-1").keys("Esc");
            app.resize(160, 50).sees(&shown);
            assert!(app.line("TKN-1000-0001").contains(&shown), "{keys}: {}", app.screen());
        }
    }
}

#[test]
fn b02_where_there_is_no_room_for_all_it_says_how_many_there_are() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (40, 12));
    app.keys("/ robot-1 Enter r").sees("> Period   (o) 6 months  2 of 4");
    app.keys("Down").sees("(o) 12 months  3 of 4").sees("> Cancel <");
    app.keys("Right").sees("(o) 12 months  3 of 4").sees("> Regenerate <");
    app.resize(80, 16).sees("( ) 3 months").sees("Overlap  (o) none  1 of 5");
    app.keys("Tab").sees("Period   (o) 12 months  3 of 4").sees("> Overlap  (o) none");
    app.sees("( ) 7d");
}
