//! Enable and disable (R57 to R59).

use crate::support::{App, Desk, value};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn r057_a_disabled_token_is_enabled_and_any_other_disabled() {
    let desk = Desk::example();
    at(&desk, "nightly-export").sees(" t enable ").sees_no(" t disable ");
    at(&desk, "robot-1").sees(" t disable ").sees_no(" t enable ");
}

#[test]
fn r058_disable_and_enable_ask_once_and_keep_the_value() {
    let desk = Desk::example();
    let value = value("robot-1");
    let mut app = at(&desk, "robot-1");
    app.keys("t").sees("Are you sure you want to disable robot-1?").sees("TKN-1000-0001");
    app.keys("Right Enter").sees("API token robot-1 was disabled").sees("- Disabled");
    assert_eq!(desk.verify(&value), Err("disabled".to_owned()));
    app.keys("t").sees("Are you sure you want to enable robot-1?");
    app.keys("Right Enter").sees("API token robot-1 was enabled").sees("+ Active");
    assert_eq!(desk.verify(&value), Ok(()));
}

#[test]
fn r059_esc_in_the_dialog_changes_nothing_and_says_nothing() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("t Esc").sees("+ Active").sees_no("was disabled").sees_no("Cancel");
    app.keys("t Enter").sees("+ Active").sees_no("was disabled").sees_no("Cancel");
}
