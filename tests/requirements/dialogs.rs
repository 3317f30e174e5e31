//! What guards a confirmation (interaction.md, rules 1 to 3).

use std::time::Duration;

use tokendeck::tui::input::Input;

use crate::support::{App, Desk};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn keys_typed_ahead_answer_no_dialog() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.in_haste("! r Right Enter Right Enter").sees("key ignored").sees("> Cancel <");
    app.sees("Are you sure you want to revoke robot-1?").sees("+ Active");
    app.pass(Duration::from_millis(300)).sees_no("key ignored");
    app.keys("Right Enter Right Enter").sees("x Revoked");
}

#[test]
fn keys_typed_ahead_of_an_answer_mean_the_rows_it_brings() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.at_once("/ r o b o t - 1 Enter ! r Right Enter Right Enter");
    app.sees("Are you sure you want to revoke robot-1?").sees("> Cancel <").sees("+ Active");
    app.keys("Esc Ctrl-c Ctrl-c");
    assert!(app.is_over());
}

#[test]
fn each_dropped_key_restarts_the_wait() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.in_haste("! r");
    for _ in 0..20 {
        app.in_haste("Right").pass(Duration::from_millis(200));
    }
    app.sees("> Cancel <").sees("key ignored");
}

#[test]
fn a_dialog_swallows_keys_it_does_not_know() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r j q M t y / x").sees("Are you sure you want to revoke robot-1?");
    app.sees("> Cancel <");
}

#[test]
fn a_paste_answers_no_dialog() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r Right").send(Input::Paste("\n\ny\n".to_owned()));
    app.sees("Are you sure you want to revoke robot-1?").sees("+ Active");
}

#[test]
fn a_dialog_starts_again_when_its_token_changed_meanwhile() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r Right Enter").sees("Revoking robot-1");
    desk.act("pia", "disable", "robot-1");
    app.await_text("It changed meanwhile: look again");
    app.sees("Are you sure you want to revoke robot-1?").sees("> Cancel <");
}

#[test]
fn a_dialog_closes_when_there_is_nothing_left_to_confirm() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r").sees("Are you sure");
    desk.act("pia", "revoke", "robot-1");
    app.await_text("robot-1 changed meanwhile: Already revoked").sees_no("Are you sure");
}

#[test]
fn a_dialog_follows_its_token_beyond_the_rows_in_memory() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r").sees("Are you sure");
    desk.act("pia", "delete", "robot-1");
    app.await_text("TKN-1000-0001 is no longer here").sees_no("Are you sure");
}

#[test]
fn the_danger_menu_waits_for_a_key_and_not_for_a_timer() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("!").pass(Duration::from_mins(10)).sees("r revoke the token, for good");
    app.keys("Esc").sees_no("revoke the token, for good").keys("r").sees_no("Are you sure");
    app.keys("! z r").sees_no("Are you sure");
}

#[test]
fn the_danger_menu_gives_the_reason_beforehand() {
    let desk = Desk::example();
    at(&desk, "leaked-key").keys("!").sees("r revoke the token, for good Already revoked");
}

#[test]
fn neither_delete_nor_backspace_acts_on_tokens() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("Delete Backspace D R X U K J d r").sees("+ Active").sees_no("Are you sure");
}

/// Questions of every kind, and a word of each.
const QUESTIONS: [(&str, &str, &str); 7] = [
    ("ada", "! r", "Are you sure you want to revoke"),
    ("ada", "! d", "Are you sure you want to delete"),
    ("ada", "r", "It gets a new GUID"),
    ("ada", "t", "Are you sure you want to disable"),
    ("ada", "Space Space ! r", "Type revoke 2"),
    ("ada", "! a", "Type revoke 19"),
    ("kim", "n x Esc", "Discard changes?"),
];

#[test]
fn b09_esc_leaves_a_question_in_its_first_moment() {
    for (login, keys, question) in QUESTIONS {
        for way_out in ["Esc", "Ctrl-c"] {
            let desk = Desk::example();
            let before = desk.statuses();
            let mut app = desk.seat(login);
            app.in_haste(keys).sees(question);
            app.in_haste(way_out).sees_no(question).sees_no("key ignored");
            // Any other key is dropped as ever, and does not keep Esc from working.
            let mut app = desk.seat(login);
            app.in_haste(keys).in_haste("Right Enter").sees(question).sees("key ignored");
            app.in_haste(way_out).sees_no(question).sees_no("key ignored");
            assert_eq!(desk.statuses(), before);
        }
    }
}

#[test]
fn b09_an_esc_that_came_with_the_keys_of_a_question_leaves_it() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.at_once("! r Esc").sees_no("Are you sure").sees_no("Cancel").sees("+ Active");
    app.at_once("! r Right Esc").sees_no("Are you sure").sees("+ Active");
}

#[test]
fn b09_the_second_question_is_left_at_once_too() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r Right").in_haste("Enter").sees("Revoking robot-1").in_haste("Esc");
    app.sees_no("Revoking robot-1").sees_no("key ignored").sees("+ Active");
}
