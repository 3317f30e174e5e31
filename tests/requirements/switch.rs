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
    let cases = [
        ("nightly-export", "enable", "disable"),
        ("robot-1", "disable", "enable"),
        ("summer-batch", "disable", "enable"),
    ];
    for (name, offered, other) in cases {
        let mut app = at(&desk, name);
        app.sees(&format!("t {offered}")).sees_no(&format!("t {other}"));
        app.keys("t").sees(&format!("Are you sure you want to {offered} {name}?"));
        app.keys("Esc m").sees("Edit e").keys("Esc");
        // The menu says what the footer says, and why the other is out of the question.
        let menu = app.keys("m").screen().to_lowercase();
        assert!(menu.contains(&format!("{offered} ")), "{menu}");
        assert!(!menu.contains(&format!(" {other} ")), "{menu}");
    }
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
