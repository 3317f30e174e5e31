//! More options and the danger menu (R5, R56, R57, R65).

use crate::support::{App, Desk};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn r005_the_menu_lists_the_actions_with_their_keys() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("m")
        .sees("robot-1 TKN-1000-0001")
        .sees("Edit e")
        .sees("Clone C")
        .sees("Disable t")
        .sees("Regenerate r");
    app.sees("Revoke ! r").sees("Delete ! d");
}

#[test]
fn r056_the_menu_closes_without_effect() {
    let desk = Desk::example();
    let before = desk.statuses();
    at(&desk, "robot-1").keys("m Esc").sees_no("Regenerate").sees_no("Cancel");
    at(&desk, "robot-1").keys("m q").sees_no("Regenerate");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r056_enter_and_the_keys_themselves_take_an_entry() {
    let desk = Desk::example();
    at(&desk, "robot-1").keys("m Enter").sees("Edit robot-1");
    at(&desk, "robot-1").keys("m j j Enter").sees("Are you sure you want to disable robot-1?");
    at(&desk, "robot-1").keys("m t").sees("Are you sure you want to disable robot-1?");
    at(&desk, "robot-1").keys("m G Enter").sees("Are you sure you want to delete robot-1?");
    let mut app = at(&desk, "robot-1");
    app.keys("m ! r").sees("Are you sure you want to revoke robot-1?");
    app.keys("Esc").sees_no("Cancel").sees_no("Regenerate");
}

#[test]
fn r057_enable_is_offered_for_a_disabled_token_only() {
    let desk = Desk::example();
    at(&desk, "nightly-export").keys("m").sees("Enable t").sees_no("Disable t");
    at(&desk, "robot-1").keys("m").sees("Disable t").sees_no("Enable t");
}

#[test]
fn r065_a_revoked_token_can_only_be_deleted() {
    let desk = Desk::example();
    let mut app = at(&desk, "leaked-key");
    app.keys("m").sees("Disable t Revoked tokens cannot be disabled");
    app.sees("Regenerate r Revoked tokens cannot be regenerated").sees("Already revoked");
    app.sees("Value no longer exists").keys("g g Enter").sees("Revoked tokens cannot be edited");
    app.sees("Regenerate r").keys("j j Enter").sees("no 12:00:00").sees("Regenerate r");
    app.keys("G Enter").sees("Are you sure you want to delete leaked-key?");
}

#[test]
fn the_danger_menu_names_what_it_is_for() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("!").sees("r revoke the token").sees("a Revoke all tokens of the account");
    app.sees("d delete the token").keys("Esc Space Space !").sees("r revoke 2 tokens, for good");
    let mut app = desk.seat("kim");
    app.keys("/ dora Enter !").sees("r cancel the request, for good");
}
