//! Why something is done, as a line of the question: optional, out of the way, kept on record.

use tokendeck::tui::input::Input;

use crate::support::{App, Desk, value};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn a03_a_reason_is_offered_and_makes_no_way_longer() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r").sees("> Cancel <").sees("Ctrl-e reason").sees_no("Reason:");
    app.keys("Right Enter Right Enter").sees("API token robot-1 was successfully revoked");
    app.keys("Enter S-Tab").sees("revoked").sees_no("reason");
}

#[test]
fn a03_a_reason_given_in_a_question_is_on_record() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r Ctrl-e").sees("Reason: ___").sees_no("> Cancel <").text("leaver INC-4711");
    app.sees("Reason: leaver INC-4711").keys("Enter").sees("> Cancel <");
    // It stays there from question to question, and Cancel has the focus anew.
    app.keys("Right Enter").sees("This can't be undone").sees("Reason: leaver INC-4711");
    app.sees("> Cancel <").keys("Right Enter").sees("API token robot-1 was successfully revoked");
    app.keys("Enter S-Tab").sees("leaver INC-4711");
    // A word that is typed, choices, and bulk work take one too.
    app.keys("Esc Esc F / old-report Enter r Ctrl-e").text("rotation").keys("Enter");
    app.keys("Right Enter").sees("New value of old-report").keys("Right Enter");
    app.keys("Enter S-Tab").sees("rotation");
    app.keys("Esc Esc F / bulk-0 Enter A ! r Ctrl-e").text("all of them").keys("Enter");
    let wanted = app.line("Type revoke").trim().to_owned();
    let word = wanted.trim_start_matches("Type ").split(':').next().unwrap_or_default().to_owned();
    app.text(&word).keys("Enter").sees("revoked");
    app.keys("Esc u F / bulk-01 Enter Enter S-Tab").sees("all of them");
}

#[test]
fn a03_a_reason_that_is_a_value_is_dropped_unseen_and_a_blank_one_is_none() {
    let desk = Desk::example();
    let secret = value("robot-1");
    let mut app = at(&desk, "robot-2");
    app.keys("t Ctrl-e").send(Input::Paste(format!("key {secret}")));
    app.sees("on record for ever").sees_no(&secret).sees_no("key tdk").sees("Reason: ___");
    app.text(&secret).sees_no(&secret).sees("on record for ever");
    app.keys("Ctrl-u Space Space Enter Right Enter").sees("API token robot-2 was disabled");
    app.keys("Enter S-Tab").sees("disabled").sees_no("reason").keys("M").sees_no(&secret);
}

#[test]
fn a03_esc_leaves_the_question_from_its_reason_too() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("t Ctrl-e").text("for no good reason").keys("Esc").sees_no("Are you sure");
    app.keys("t").sees("Are you sure").sees_no("for no good reason");
}

#[test]
fn a03_a_form_is_saved_with_a_reason_too() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("e Tab").text(" and more").keys("Ctrl-o").sees("Save with a reason");
    app.sees("Reason: ___").text("CHG-12").keys("Enter").sees("> Cancel <");
    app.keys("Right Enter").sees("API token robot-1 was updated");
    app.keys("Enter S-Tab").sees("CHG-12");
    // What can't be saved is not asked about.
    let mut app = desk.seat("ada");
    app.keys("n Ctrl-o").sees("Name is required").sees_no("Save with a reason");
    let mut app = desk.seat("rosa");
    app.keys("3 n").text("Elsewhere").keys("Ctrl-o").text("CHG-13").keys("Enter Right Enter");
    app.sees("Elsewhere").sees_no("Save with a reason");
    assert!(desk.reasons().contains(&"CHG-13".to_owned()), "{:?}", desk.reasons());
}
