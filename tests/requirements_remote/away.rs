//! A server that is away: said, nothing shown as done, and what is on the screen
//! stays there with its age (R14). The server is a real one, stopped and started again.

use crate::support::{App, Desk, Door};

/// Ada at a token, and then the server stops.
fn away(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter").sees("1-1 of 1");
    desk.stop_server();
    app.listen();
    app
}

#[test]
fn r014_a_token_whose_server_is_away_is_not_revoked() {
    let desk = Desk::example_by(Door::Remote);
    let mut app = away(&desk, "robot-1");
    app.keys("! r Right Enter Right Enter").sees("Could not revoke robot-1: cannot reach");
    app.sees("robot-1 ! Active!").sees("1 not done").sees_no("successfully");
    // It was not done behind the screen's back either.
    desk.start_server();
    let there = desk.statuses();
    assert!(there.iter().any(|line| line.starts_with("TKN-1000-0001 Active")), "{there:?}");
}

#[test]
fn r014_what_is_on_the_screen_stays_and_says_how_old_it_is() {
    let desk = Desk::example_by(Door::Remote);
    let mut app = away(&desk, "robot-1");
    app.keys("Ctrl-r").sees("no answer since 12:00:00, as of 12:00:00").sees("robot-1 + Active");
    app.keys("M").sees("cannot reach").keys("Esc").sees("robot-1 + Active");
}

#[test]
fn r014_a_server_that_is_back_is_noticed_without_a_key() {
    let desk = Desk::example_by(Door::Remote);
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter").sees("1-2 of 2");
    desk.stop_server();
    app.await_text("no answer since 12:00:00");
    desk.start_server();
    desk.rename("robot-1", "robot-one");
    app.await_text("robot-one").sees_no("no answer").keys("M").sees("answers again");
}

#[test]
fn r014_a_form_keeps_what_was_typed_until_the_server_is_back() {
    let desk = Desk::example_by(Door::Remote);
    let mut app = desk.seat("ada");
    app.keys("n").text("parts").keys("Tab Tab Tab Tab Space PgDn r");
    desk.stop_server();
    app.listen()
        .keys("Ctrl-s")
        .sees("cannot reach")
        .sees_no("was created")
        .keys("PgUp")
        .sees("parts");
    desk.start_server();
    app.keys("Ctrl-s").sees("API token parts was created");
}

#[test]
fn r014_every_screen_says_that_its_server_is_away() {
    let desk = Desk::example_by(Door::Remote);
    for (login, keys, then) in [
        ("ada", "Enter S-Tab", "Ctrl-r"),
        ("ada", "Enter", "x"),
        ("ada", "A", "! r"),
        ("kim", "2", "f j Enter"),
        ("kim", "2", "Enter"),
        ("rosa", "3", "Tab Ctrl-r"),
        ("rosa", "", "b"),
    ] {
        let mut app = desk.seat(login);
        app.keys(keys);
        desk.stop_server();
        app.listen().keys(then).sees("cannot reach 'http://127.0.0.1:");
        desk.start_server();
    }
}
