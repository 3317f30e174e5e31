//! The command line: every command by name, what takes an argument, completion and
//! history.

use std::collections::BTreeMap;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tokendeck::tui::input::Input;
use tokendeck::tui::{Keymap, Options};

use crate::support::{App, Desk, options, value};

/// A line, typed and entered.
fn run<'a>(app: &'a mut App, line: &str) -> &'a mut App {
    app.keys(":").text(line).keys("Enter")
}

fn chord(app: &mut App, code: KeyCode, modifiers: KeyModifiers) {
    app.send(Input::Key(KeyEvent::new(code, modifiers)));
}

fn alt(app: &mut App, letter: char) {
    chord(app, KeyCode::Char(letter), KeyModifiers::ALT);
}

#[test]
fn r045_the_list_is_sorted_by_more_than_one_column() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "sort -expires,-name").keys("Home");
    let screen = app.screen();
    let rows: Vec<_> = screen.lines().filter(|line| line.contains("TKN-1000")).collect();
    assert!(rows[0].contains("robot-1") && rows[1].contains("nightly-export"), "{screen}");
}

#[test]
fn r038_r039_filters_are_typed_by_name() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "filter scope:\"South plant\" module:orders").sees("1-1 of 1").sees("robot-2");
    run(&mut app, "filter status:inactive").sees("1-4 of 4").sees("nightly-export");
    run(&mut app, "filter bulk name:15").sees("1-1 of 1").sees("bulk-15");
    app.keys("F").sees("of 21");
}

#[test]
fn r010_the_account_is_chosen_by_name() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    run(&mut app, "account ced").sees("API tokens - Cedar County ACC-0001-0003");
    app.sees("carl-erecording").sees_no("robot-1");
    run(&mut app, "account all").sees("API tokens - All accounts").sees("of 25");
    run(&mut app, "account Nowhere").sees("there is no account 'Nowhere'; there are: Acme");
}

#[test]
fn every_command_goes_by_its_name_and_asks_as_its_key_does() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter");
    run(&mut app, "revoke").sees("Are you sure you want to revoke robot-1?").keys("Enter");
    run(&mut app, "open").sees("[General]");
    run(&mut app, "copy-endpoint").sees("API endpoint of robot-1 sent to the terminal's clipboard");
    run(&mut app, "tokens");
    run(&mut app, "copy-endpoint").sees("no  12:00:00  Open the details first");
    run(&mut app, "messages").sees("Open the details first").keys("q");
    run(&mut app, "help").sees("client").keys("q");
    run(&mut app, "q");
    assert!(app.is_over());
}

#[test]
fn a_command_that_cannot_be_used_says_the_reason() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ leaked-key Enter");
    run(&mut app, "revoke").sees("no  12:00:00  Already revoked").sees_no("Are you sure");
}

#[test]
fn a_line_that_cannot_be_read_stays_with_what_would_be_right() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "sotr name").sees("there is no command 'sotr'; did you mean 'sort'?");
    app.sees(":sotr name")
        .keys("Ctrl-u")
        .text("sort -name")
        .keys("Enter Home")
        .sees("summer-batch");
}

#[test]
fn tab_completes_and_the_offers_stand_above_the_line() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys(":").text("toggle-").sees("toggle-enabled t enable or disable").sees("toggle-value x");
    app.keys("Tab").sees(":toggle-enabled").keys("Tab").sees(":toggle-value");
    app.keys("S-Tab").sees(":toggle-enabled");
    app.keys("Ctrl-u").text("theme m").keys("Tab").sees(":theme mono").keys("Esc");
    app.sees_no(":theme mono").sees("1-10 of 21");
}

#[test]
fn the_history_is_kept_between_runs() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "sort -name");
    run(&mut app, "filter bulk");
    app.keys(": Up").sees(":filter bulk").keys("Up").sees(":sort -name").keys("Down Esc q");
    assert!(app.is_over());
    desk.seat("ada").keys(": Up Up").sees(":sort -name");
}

#[test]
fn a_value_on_the_line_is_kept_nowhere() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys(":").text("filter ").send(Input::Paste(value("robot-1"))).keys("Enter");
    app.keys("F : Up").sees_no("tdk_").keys("Esc M").sees_no("tdk_");
    let state = std::fs::read_to_string(desk.state_path()).unwrap_or_default();
    assert!(!state.contains("tdk_"), "{state}");
}

#[test]
fn a_paste_types_a_line_and_runs_none() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys(":").send(Input::Paste("q\nrevoke\n".to_owned())).sees(":q revoke");
    assert!(!app.is_over());
}

#[test]
fn the_line_takes_the_readline_keys() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys(":").text("sort -name").keys("Ctrl-w");
    alt(&mut app, 'b');
    app.text("x").sees(":xsort").keys("Ctrl-a Ctrl-d Ctrl-e").text("expires").keys("Enter");
    assert!(app.line(">").contains("bulk"), "{}", app.screen());
}

#[test]
fn b14_a_chord_nobody_bound_is_an_esc_and_its_key_is_dropped_and_named() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("Enter").sees("[General]");
    chord(&mut app, KeyCode::Char('j'), KeyModifiers::ALT);
    app.sees_no("[General]").sees("Alt-j does nothing: Esc");
    assert!(app.line(">").contains("bulk-01"), "the cursor moved: {}", app.screen());
    // x would show a value, q would leave, r and t ask.
    for key in ['x', 'q', 'r', 't', 'm', '/', ':', 'o'] {
        chord(&mut app, KeyCode::Char(key), KeyModifiers::ALT);
        app.sees(&format!("Alt-{key} does nothing: Esc")).sees_no("tdk_").sees_no("Cancel");
        assert!(!app.is_over());
    }
    assert_eq!(desk.statuses(), before);
}

#[test]
fn b14_in_a_question_a_chord_cancels_and_presses_nothing() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    for code in [KeyCode::Enter, KeyCode::Right, KeyCode::Tab, KeyCode::Char('y')] {
        app.keys("! d Right").sees("> Delete <");
        chord(&mut app, code, KeyModifiers::ALT);
        app.sees_no("Are you sure").sees("does nothing: Esc");
    }
    app.keys("! a").sees("Type revoke 19");
    chord(&mut app, KeyCode::Char('r'), KeyModifiers::ALT);
    app.sees_no("Type revoke").sees("Alt-r does nothing: Esc");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn b14_other_modifiers_make_no_key_of_a_chord_either() {
    let held = [
        (KeyModifiers::ALT | KeyModifiers::CONTROL, "Alt-Ctrl-x"),
        (KeyModifiers::ALT | KeyModifiers::SHIFT, "Alt-x"),
        (KeyModifiers::META, "Alt-x"),
        (KeyModifiers::SUPER, "Alt-x"),
    ];
    for (modifiers, name) in held {
        let desk = Desk::example();
        let mut app = desk.seat("ada");
        app.keys("Enter");
        chord(&mut app, KeyCode::Char('x'), modifiers);
        app.sees(&format!("{name} does nothing: Esc")).sees_no("tdk_");
    }
}

#[test]
fn b14_in_a_text_field_a_chord_types_nothing_and_leaves() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("robot");
    chord(&mut app, KeyCode::Char('j'), KeyModifiers::ALT);
    app.sees("of 21").sees_no("/ robot").sees("Alt-j does nothing: Esc");
    app.keys(":").text("sort");
    chord(&mut app, KeyCode::Char('x'), KeyModifiers::ALT);
    app.sees_no(":sort").sees("Alt-x does nothing: Esc");
    app.keys("n").text("abc");
    chord(&mut app, KeyCode::Char('x'), KeyModifiers::ALT);
    app.sees("Discard changes?").sees_no("abcx").keys("Esc").sees("abc__");
    app.keys("Esc Right Enter o").text("ac");
    chord(&mut app, KeyCode::Char('m'), KeyModifiers::ALT);
    app.sees("API tokens - Acme").sees("Alt-m does nothing: Esc");
    // What a line of text makes of Alt stays.
    app.keys("/").text("robot two");
    alt(&mut app, 'b');
    alt(&mut app, 'd');
    app.sees("/ robot").sees("Enter keep").sees_no("two").sees_no("does nothing");
    chord(&mut app, KeyCode::Left, KeyModifiers::ALT);
    app.text("x").sees("/ xrobot");
}

#[test]
fn b14_a_chord_that_the_operator_bound_is_theirs() {
    let desk = Desk::example();
    let wanted = BTreeMap::from([(
        "act".to_owned(),
        BTreeMap::from([("copy-guid".to_owned(), vec!["Alt-x".to_owned()])]),
    )]);
    let keymap = Keymap::remapped(&wanted).unwrap();
    let mut app = desk.seat_with("ada", &Options { keymap, ..options() }, (160, 50));
    chord(&mut app, KeyCode::Char('x'), KeyModifiers::ALT);
    app.sees("GUID of bulk-01 sent").sees_no("does nothing");
    // Where it means nothing it does nothing, and leaves nothing either.
    app.keys("/").text("rob");
    chord(&mut app, KeyCode::Char('x'), KeyModifiers::ALT);
    app.sees("/ rob").sees_no("does nothing");
    chord(&mut app, KeyCode::Char('y'), KeyModifiers::ALT);
    app.sees("Alt-y does nothing: Esc");
}

#[test]
fn b14_what_came_in_one_piece_with_a_chord_is_dropped_with_it() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    // Esc / e x p o r t on a line that stood still: the / is gone, and with it its words.
    app.keys("Enter").at_once("Alt-/ e x p o r t Enter").sees_no("[Save]").sees_no("[General]");
    app.sees("Alt-/ and 7 keys with it do nothing: Esc");
    app.keys("! d").at_once("Alt-Right Enter").sees_no("Are you sure");
    app.sees("Alt-Right and a key with it do nothing: Esc");
    assert_eq!(desk.statuses(), before);
}
