//! Help, messages, small windows, leaving.

use tokendeck::tui::Options;
use tokendeck::tui::input::{Input, Signal};

use crate::support::{Desk, options};

#[test]
fn r013_help_lists_keys_and_the_words_of_other_products() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("?").sees("Revoke all").sees("! r revoke the token").sees("client");
    app.keys("G").sees("press the button");
    app.keys("Esc").sees_no("client").sees("1-10 of 21");
    app.keys("F1").sees("revoke the token").keys("F1").sees_no("revoke the token");
}

#[test]
fn r013_help_scrolls_where_it_does_not_fit() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("?").sees_no("press the button").keys("G").sees("press the button");
    app.keys("g g").sees("Find").sees_no("press the button");
    app.keys("q").sees("1-10 of 21");
}

#[test]
fn the_message_log_is_empty_at_first() {
    let desk = Desk::example();
    desk.seat("ada").keys("M").sees("No messages yet").keys("Esc").sees("1-10 of 21");
}

#[test]
fn below_the_smallest_size_no_key_acts_but_quit() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), (39, 9));
    app.sees("Window too small: 39x9, needs 40x10");
    app.keys("! r Right Enter Right Enter t Right Enter").resize(80, 24);
    app.sees("bulk-01 + Active").sees_no("Are you sure");
    assert_eq!(desk.statuses(), before);
    app.resize(10, 3).keys("q");
    assert!(app.is_over());
}

#[test]
fn q_closes_what_is_open_and_leaves_at_the_top() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Enter ? q").sees("1-10 of 21").keys("q q");
    assert!(app.is_over());
}

#[test]
fn ctrl_c_twice_leaves_and_once_cancels() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("! r Ctrl-c").sees_no("Are you sure").sees("Ctrl-c again quits");
    app.keys("j Ctrl-c");
    assert!(!app.is_over());
    app.keys("Ctrl-c");
    assert!(app.is_over());
}

#[test]
fn a_request_to_end_and_a_hang_up_end_the_program() {
    let desk = Desk::example();
    for signal in [Signal::Terminate, Signal::HangUp] {
        let mut app = desk.seat("ada");
        app.keys("! r").send(Input::Signal(signal));
        assert!(app.is_over(), "{signal:?}");
    }
}

#[test]
fn read_only_dims_what_writes_and_says_why() {
    let desk = Desk::example();
    let options = Options { read_only: true, ..options() };
    let mut app = desk.seat_with("ada", &options, (160, 50));
    for keys in ["t", "x", "! r"] {
        app.keys(keys).sees("Read-only: nothing is changed").sees_no("Are you sure");
    }
}
