//! A backend that fails: nothing is shown as done, and the program lives on (R14).

use crate::support::server::{Mood, remote};
use crate::support::{Desk, options};

const SIZE: (u16, u16) = (160, 50);

#[test]
fn r014_a_failure_is_said_and_nothing_is_shown_as_done() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ robot-1 Enter ! r Right Enter Right");
    moods.set(Mood::Down);
    app.keys("Enter");
    app.sees("Could not revoke robot-1: cannot reach 'https://tokens.example'");
    app.sees("robot-1 ! Active!").sees_no("successfully");
    app.keys("Enter x").sees("Could not show the value").sees("********");
    app.keys("S-Tab").sees("Could not read the audit trail");
}

#[test]
fn a_fault_in_a_call_is_a_message_and_not_the_end() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    moods.set(Mood::Faulty);
    app.keys("/ robot-1 Enter t Right Enter");
    app.sees("Could not disable robot-1: a fault of ours ended it; refresh and look");
    app.keys("M").sees("a fault of ours").sees_no("planted").keys("q Ctrl-r").sees("Refreshed");
}
