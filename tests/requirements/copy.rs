//! Copying: what goes where, what is said, and the plain box (R77 to R79).

use std::time::Duration;

use tokendeck::tui::Options;
use tokendeck::tui::clipboard::{Plan, Way, Wrap};
use tokendeck::tui::input::Input;

use crate::support::{App, Desk, options, value};

const GUID: &str = "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321";
const TERMINAL: Way = Way::Terminal(Wrap::None);

fn at_with(desk: &Desk, login: &str, name: &str, clipboard: Plan) -> App {
    let options = Options { clipboard, ..options() };
    let mut app = desk.seat_with(login, &options, (160, 50));
    app.keys("/").text(name).keys("Enter");
    app
}

fn at(desk: &Desk, login: &str, name: &str) -> App {
    at_with(desk, login, name, Plan::default())
}

fn desktop(then: Option<Way>) -> Plan {
    Plan { first: Some(Way::Native), then }
}

#[test]
fn r077_the_endpoint_is_copied_and_named() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter E")
        .sees("ok  12:00:00  API endpoint of robot-1 sent to the terminal's clipboard");
    assert_eq!(app.copies(), [(TERMINAL, "https://tokens.example/v1".to_owned())]);
}

#[test]
fn r077_where_no_endpoint_is_configured_its_key_says_so() {
    let desk = Desk::example();
    let mut app = at(&desk, "rosa", "platform-audit");
    app.keys("Enter").sees("API endpoint -").keys("E");
    app.sees("No API endpoint is configured for All accounts");
    assert_eq!(app.copies(), []);
}

#[test]
fn r078_r079_the_guid_is_copied_from_list_and_details_and_that_is_said() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("y")
        .sees("ok  12:00:00  GUID of robot-1 sent to the terminal's clipboard; y shows it");
    app.keys("j Enter y").sees("GUID of robot-1 sent to the terminal's clipboard");
    assert_eq!(app.copies(), [(TERMINAL, GUID.to_owned()), (TERMINAL, GUID.to_owned())]);
}

#[test]
fn r078_the_value_is_copied_after_it_is_on_record_and_stays_hidden() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter Y").sees("Value of robot-1 sent to the terminal's clipboard; Y shows it");
    app.sees_no(&value("robot-1"));
    assert_eq!(app.copies(), [(TERMINAL, value("robot-1"))]);
    app.keys("S-Tab").sees("Ada Admin revealed").keys("M").sees_no(&value("robot-1"));
}

#[test]
fn r078_on_a_desktop_the_message_says_copied() {
    let desk = Desk::example();
    let mut app = at_with(&desk, "ada", "robot-1", desktop(None));
    app.keys("y").sees("GUID of robot-1 copied; y shows it");
    app.keys("Y").sees("Value of robot-1 copied, for 45 s at most; Y shows it");
    assert_eq!(app.copies(), [(Way::Native, GUID.to_owned()), (Way::Native, value("robot-1"))]);
}

#[test]
fn r078_a_desktop_that_fails_leaves_it_to_the_terminal_and_that_to_the_plain_box() {
    let desk = Desk::example();
    let mut app = at_with(&desk, "ada", "robot-1", desktop(Some(TERMINAL)));
    app.break_way(Way::Native).keys("y").sees("GUID of robot-1 sent to the terminal's clipboard");
    assert_eq!(app.copies(), [(TERMINAL, GUID.to_owned())]);
    app.keys("M").sees("The desktop's clipboard failed: no display").keys("q");
    app.break_way(TERMINAL).keys("j y").sees("GUID of robot-1");
    app.sees("The terminal's clipboard failed: no display").keys("Esc").sees("1-1 of 1");
}

#[test]
fn r078_without_a_clipboard_the_plain_box_shows_the_text() {
    let desk = Desk::example();
    let mut app = at_with(&desk, "ada", "robot-1", Plan { first: None, then: None });
    app.keys("y").sees("GUID of robot-1");
    assert_eq!(app.line(GUID), GUID);
    app.keys("Esc Y").sees("Value of robot-1");
    assert_eq!(app.line("tdk_"), value("robot-1"));
    app.keys("q").sees("1-1 of 1").sees_no("tdk_");
    assert_eq!(app.copies(), []);
}

#[test]
fn r078_the_plain_box_is_one_key_away_and_nothing_stands_beside_the_text() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("y y").sees("GUID of robot-1");
    assert_eq!(app.line(GUID), GUID);
    // Another key between: it is copied again.
    app.keys("Esc y j y").sees("GUID of robot-1 sent to the terminal's clipboard");
    assert_eq!(app.copies().len(), 3);
    app.keys("Y Y").sees("Value of robot-1");
    assert_eq!(app.line("tdk_"), value("robot-1"));
}

#[test]
fn r076_a_value_in_the_plain_box_is_hidden_again() {
    let desk = Desk::example();
    let mut app = at_with(&desk, "ada", "robot-1", Plan { first: None, then: None });
    app.keys("Y").sees("tdk_").pass(Duration::from_secs(29)).sees("tdk_");
    app.pass(Duration::from_secs(1)).sees_no("tdk_").sees("1-1 of 1");
    app.keys("Y").sees("tdk_").keys("Ctrl-z").sees_no("tdk_");
    app.keys("Y").sees("tdk_").keys("Ctrl-c").sees_no("tdk_");
    app.keys("Y").sees("tdk_").resize(30, 8).resize(160, 50).sees_no("tdk_");
    app.keys("y").sees(GUID).pass(Duration::from_mins(10)).sees("GUID of robot-1");
}

#[test]
fn r080_the_value_of_a_user_token_is_not_copied() {
    let desk = Desk::example();
    let mut app = at(&desk, "kim", "carl");
    app.keys("Y").sees("The value of a user token is shown only once");
    app.keys("Enter Y").sees("The value of a user token is shown only once");
    assert_eq!(app.copies(), []);
}

#[test]
fn r065_nothing_is_copied_of_a_value_that_no_longer_exists() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "leaked-key");
    app.keys("Y").sees("Value no longer exists");
    assert_eq!(app.copies(), []);
}

#[test]
fn a_request_without_a_value_has_no_guid_to_copy() {
    let desk = Desk::example();
    let mut app = at(&desk, "kim", "dora");
    app.keys("y").sees("No value yet: its owner has to accept it first");
    assert_eq!(app.copies(), []);
}

#[test]
fn read_only_copies_a_guid_but_no_value() {
    let desk = Desk::example();
    let options = Options { read_only: true, ..options() };
    let mut app = desk.seat_with("ada", &options, (160, 50));
    app.keys("Y").sees("Read-only: nothing is changed");
    app.keys("y").sees("GUID of bulk-01 sent");
    assert_eq!(app.copies().len(), 1);
}

#[test]
fn a_paste_into_the_plain_box_does_nothing() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("y y").send(Input::Paste("!rq\n".to_owned())).sees("GUID of robot-1");
}

#[test]
fn r112_the_dialog_with_a_new_value_copies_it() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("r Right Enter").sees("New value of robot-1").keys("Y");
    app.sees("Value of robot-1 sent to the terminal's clipboard");
    let copies = app.copies();
    let [(TERMINAL, text)] = copies.as_slice() else { panic!("{copies:?}") };
    assert_eq!(desk.verify(text), Ok(()));
    // The same key again: alone on the screen, and back to the dialog.
    app.keys("Y").sees("Value of robot-1");
    assert_eq!(app.line("tdk_"), *text);
    app.keys("Esc").sees("New value of robot-1").keys("Esc").sees_no("tdk_");
}

#[test]
fn r112_a_value_that_was_copied_is_not_asked_about() {
    let desk = Desk::example();
    let mut app = at(&desk, "kim", "carl");
    app.keys("r Right Enter").sees("only time it is shown").keys("Esc").sees("Not copied");
    app.keys("Esc")
        .sees("only time it is shown")
        .keys("Y")
        .sees("Value of carl-erecording sent")
        .keys("Esc");
    app.sees_no("Not copied").sees_no("only time it is shown");
}

#[test]
fn b03_with_others_selected_nothing_is_done_to_the_one_row_under_the_cursor() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    // The cursor moved on: it is on robot-2, and robot-1 is selected.
    app.keys("/ robot Enter Space").sees("> robot-2").sees("* robot-1");
    for keys in ["Y", "x", "C", "e", "a", "! o"] {
        app.keys(keys).sees("One token at a time: u clears the selection").sees("1 selected");
        app.sees_no("tdk_").sees_no("[Save]").sees_no("Cancel");
    }
    // What many can have is asked about those that are selected.
    app.keys("r").sees("Are you sure you want to regenerate robot-1?").keys("Esc");
    assert_eq!(app.copies(), []);
    app.keys("/ Ctrl-u robot-2 Enter S-Tab S-Tab Enter S-Tab").sees("[Audit trail]");
    app.sees_no("revealed");
}

#[test]
fn b03_the_row_that_is_the_one_selected_is_acted_on() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter Space k").sees(">* robot-1").keys("Y");
    app.sees("Value of robot-1 sent to the terminal's clipboard; Y shows it");
    assert_eq!(app.copies(), [(TERMINAL, value("robot-1"))]);
    app.keys("r").sees("Regenerate robot-1").keys("Esc e").sees("Edit robot-1").keys("Esc");
    app.keys("y").sees("GUID of robot-1 sent").sees("1 selected");
    // One more of them, and it is a row among several.
    app.keys("j Space k Y").sees("One token at a time");
}

#[test]
fn b03_y_copies_the_guids_of_all_selected_one_a_line() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter Space Space F Home").sees("2 selected").sees_no("* robot");
    app.keys("y").sees("2 GUIDs sent to the terminal's clipboard; y shows them");
    let copies = app.copies();
    let [(TERMINAL, text)] = copies.as_slice() else { panic!("{copies:?}") };
    let guids: Vec<_> = text.lines().collect();
    assert_eq!((guids.len(), guids[0]), (2, GUID), "{text}");
    app.keys("y").sees("2 GUIDs").sees(GUID);
    assert_eq!(app.line(guids[1]), guids[1]);
    app.keys("Esc u y").sees("GUID of bulk-01 sent");
}

#[test]
fn b03_one_that_is_not_under_the_cursor_is_named_and_one_without_a_guid_counted() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter Space y").sees("GUID of robot-1 sent");
    assert_eq!(app.copies(), [(TERMINAL, GUID.to_owned())]);
    let mut app = desk.seat("kim");
    app.keys("A").sees("2 selected").keys("y").sees("(1 selected without) sent");
    app.keys("u / dora Enter Space F G y").sees_no("sent to");
}
