//! Section I: who sees what, what a gateway is told, what is on record, and where a
//! value never is.

use std::fs;

use tokendeck::tui::Command;

use crate::support::{Desk, options, value};

#[test]
fn r003_every_command_has_a_key_and_no_mouse_is_needed() {
    for command in Command::all() {
        assert!(!command.row().keys.is_empty(), "{command}");
    }
}

#[test]
fn r021_the_account_column_names_the_account_or_all_of_them() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("/").text("platform").keys("Enter").sees("1-1 of 1");
    assert!(app.line("TKN-1000-0008").contains("All accounts"), "{}", app.screen());
    let mut app = desk.seat("rosa");
    app.keys("/").text("sync-agent").keys("Enter").sees("1-1 of 1");
    assert!(app.line("TKN-1000-0007").contains("Borealis"), "{}", app.screen());
}

#[test]
fn r132_a_token_is_listed_for_whoever_holds_all_its_scopes() {
    let desk = Desk::example();
    let mut app = desk.seat("ned");
    app.keys("/").text("robot").keys("Enter").sees("robot-1").sees_no("robot-2");
    app.sees("1-1 of 1");
    desk.seat("ada").keys("/").text("robot").keys("Enter").sees("robot-2").sees("1-2 of 2");
}

#[test]
fn r132_owners_always_see_their_own() {
    let desk = Desk::example();
    desk.seat("carl").sees("carl-erecording").sees("1-1 of 1");
    desk.seat("max").sees_no("robot-1");
}

#[test]
fn r134_verify_passes_active_tokens_only_and_names_the_status() {
    let desk = Desk::example();
    for (name, status) in [
        ("nightly-export", "disabled"),
        ("old-report", "expired"),
        ("leaked-key", "revoked"),
        ("summer-batch", "scheduled"),
        ("gone", "deleted"),
    ] {
        let refused = desk.verify(&value(name)).unwrap_err();
        assert!(refused.to_lowercase().contains(status), "{name}: {refused}");
    }
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    // What is disabled on the screen is refused at the door at once.
    desk.seat("ada").keys("/").text("robot-1").keys("Enter t Right Enter").sees("was disabled");
    assert!(desk.verify(&value("robot-1")).is_err());
}

#[test]
fn r135_a_verified_use_is_the_last_access() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("robot-2").keys("Enter Enter").sees("Last access Never");
    assert_eq!(desk.verify(&value("robot-2")), Ok(()));
    app.keys("Ctrl-r").sees("Last access 2026-03-10 12:00");
}

#[test]
fn r136_every_action_is_the_top_row_of_the_audit_trail() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("robot-1").keys("Enter t Right Enter Enter S-Tab");
    let top = |app: &mut crate::support::App| {
        let screen = app.screen();
        let from = screen.lines().skip_while(|line| !line.contains("[Audit trail]"));
        from.skip(1).find(|line| line.contains("2026-03-10")).unwrap_or_default().to_owned()
    };
    let first = top(&mut app);
    assert!(first.contains("disabled") && first.contains("Ada"), "{first}\n{}", app.screen());
    app.keys("! r Right Enter Right Enter").sees("successfully revoked");
    let first = top(&mut app);
    assert!(first.contains("revoked") && first.contains("2026-03-10 12:00"), "{first}");
}

#[test]
fn r137_no_value_is_in_the_messages_the_audit_trail_or_any_file() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    let value = value("robot-1");
    app.keys("/").text("robot-1").keys("Enter Enter").keys("x");
    assert!(app.screen().replace(['\n', ' '], "").contains(&value), "{}", app.screen());
    app.keys("x ! r Right Enter Right Enter").sees("successfully revoked");
    app.keys("M");
    assert!(!app.screen().contains(&value));
    app.keys("Esc S-Tab").sees("revoked");
    assert!(!app.screen().contains(&value));
    drop(app);
    for entry in fs::read_dir(desk.path().parent().unwrap()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let found = bytes.windows(value.len()).any(|window| window == value.as_bytes());
        assert!(!found, "a value is in {}", path.display());
    }
}

#[test]
fn r137_a_screen_without_colour_hides_a_value_no_less() {
    let desk = Desk::example();
    let plain = tokendeck::tui::Options { color: false, ..options() };
    let mut app = desk.seat_with("ada", &plain, (80, 24));
    app.keys("/").text("robot-1").keys("Enter Enter").sees("********");
    assert!(!app.screen().contains(&value("robot-1")));
}
