//! The command line: every command by name, what takes an argument, completion and
//! history.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tokendeck::tui::input::Input;

use crate::support::{App, Desk, value};

/// A line, typed and entered.
fn run<'a>(app: &'a mut App, line: &str) -> &'a mut App {
    app.keys(":").text(line).keys("Enter")
}

fn alt(app: &mut App, letter: char) {
    app.send(Input::Key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::ALT)));
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
    run(&mut app, "copy-endpoint").sees("API endpoint sent to the terminal's clipboard");
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
    app.keys(":").text("toggle-").sees("toggle-enabled  toggle-value");
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
fn outside_a_text_field_alt_is_an_esc_before_the_letter() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &crate::support::options(), (80, 24));
    app.keys("Enter").sees("[General]");
    alt(&mut app, 'j');
    app.sees_no("[General]");
    assert!(app.line(">").contains("bulk-02"), "{}", app.screen());
    app.keys("! r Right");
    app.send(Input::Key(KeyEvent::new(KeyCode::Enter, KeyModifiers::ALT)));
    app.sees_no("Are you sure").sees("[General]").sees_no("Revoking");
}

#[test]
fn in_a_text_field_alt_is_no_esc() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("robot");
    alt(&mut app, 'j');
    app.sees("/ robot").sees("1-2 of 2");
    alt(&mut app, 'b');
    alt(&mut app, 'd');
    app.sees("of 21");
}
