//! Before a backend has answered for the first time: the screen is there, says what it waits
//! for, and lets nobody sit before a blank window.

use std::time::Duration;

use crate::support::Desk;
use crate::support::server::Mood;

const SIZE: (u16, u16) = (80, 24);

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn b19_a_silent_backend_is_waited_for_on_a_screen_that_counts_and_can_be_left() {
    let desk = Desk::example();
    for size in [SIZE, (160, 50), (40, 12)] {
        let (mut app, _) = desk.seat_connecting(Mood::Mute, size);
        app.sees("team (remote) not connected").sees("connecting to team ... 0 s");
        app.sees("Ctrl-c leaves").sees("tokendeck --backend here");
        app.tick(seconds(3)).sees("connecting to team ... 3 s");
        app.tick(seconds(1)).sees("connecting to team ... 4 s");
        // Nothing else has a meaning yet.
        app.meanwhile("n e ! r Esc : 2 j").sees("connecting to team ...").sees_no("Name");
        app.meanwhile("?").sees("Help").meanwhile("q").sees("connecting to team");
        assert!(!app.is_over());
        app.meanwhile("Ctrl-c");
        assert!(app.is_over(), "it stayed open");
    }
    let (mut app, _) = desk.seat_connecting(Mood::Mute, SIZE);
    app.meanwhile("q");
    assert!(app.is_over(), "it stayed open");
}

#[test]
fn b19_p_goes_to_another_backend_while_one_is_silent() {
    let desk = Desk::example();
    let (mut app, _) = desk.seat_connecting(Mood::Mute, SIZE);
    app.meanwhile("p").sees("* team").meanwhile("h e r e Enter");
    app.comes_to("API tokens").sees("You are Kim").sees_no("connecting to team");
    app.sees("local kim");
}

#[test]
fn b19_one_that_refuses_is_asked_again_later_and_later_until_it_answers() {
    let desk = Desk::example();
    let (mut app, moods) = desk.seat_connecting(Mood::Down, SIZE);
    app.settle().sees("team can't be reached: cannot reach 'https://tokens.example'");
    app.sees("asked 1 time; again in 1 s, Ctrl-r asks now").sees("tokendeck --backend here");
    app.pass(seconds(1)).sees("asked 2 times; again in 2 s");
    app.pass(seconds(1)).sees("asked 2 times; again in 1 s");
    app.pass(seconds(1)).sees("asked 3 times; again in 4 s");
    app.keys("Ctrl-r").sees("asked 4 times; again in 8 s");
    moods.set(Mood::Well);
    app.pass(seconds(8)).sees("API tokens - Acme").sees("1-10 of 21").sees_no("not connected");
    app.sees("ada Admin").sees_no("answers again");
    app.keys("j j / r o b Enter").sees("1-2 of 2");
}

#[test]
fn b19_a_credential_that_is_not_known_is_said_and_not_tried_again_by_itself() {
    let desk = Desk::example();
    let (mut app, moods) = desk.seat_connecting(Mood::SignedOut, SIZE);
    app.settle().sees("team does not know you").sees("Put a new credential in place");
    moods.set(Mood::Well);
    app.pass(seconds(600)).sees("team does not know you");
    app.keys("Ctrl-r").sees("API tokens - Acme").sees("ada Admin");
}

#[test]
fn b19_a_backend_that_answers_at_once_is_there_as_if_nothing_had_been_waited_for() {
    let desk = Desk::example();
    let (mut app, _) = desk.seat_connecting(Mood::Well, SIZE);
    app.settle().sees("API tokens - Acme").sees("1-10 of 21").sees_no("connecting");
}
