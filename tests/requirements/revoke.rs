//! Revoke, one token at a time (R60 to R65).

use std::time::Duration;

use crate::support::{App, Desk, value};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn r060_revoke_asks_twice_and_each_stage_starts_on_cancel() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r").sees("Are you sure you want to revoke robot-1?").sees("> Cancel < Revoke");
    app.sees(&format!("Revoke API token Acme ACC-0001-0001 {}", desk.title()));
    app.sees("TKN-1000-0001 + Active last access 2026-03-09 20:22 (15 h ago)");
    app.keys("Enter").sees_no("Are you sure").sees("+ Active");
    app.keys("! r Right Enter");
    app.sees("Revoking robot-1 disables access to all associated products:");
    app.sees("Catalog (Full). This can't be undone.").sees("> Cancel < Revoke");
    app.keys("Enter").sees_no("Revoking robot-1").sees("+ Active");
    app.keys("! r Right Enter Right Enter").sees("x Revoked");
    assert_eq!(desk.verify(&value("robot-1")), Err("revoked".to_owned()));
}

#[test]
fn r061_esc_leaves_the_token_as_it_was_at_either_stage() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r Esc").sees_no("Are you sure").sees("+ Active");
    app.keys("! r Right Enter Esc").sees_no("Revoking").sees("+ Active");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
}

#[test]
fn r062_the_message_stays_five_seconds_and_in_the_log() {
    let desk = Desk::example();
    let said = "API token robot-1 was successfully revoked";
    let mut app = at(&desk, "robot-1");
    app.keys("! r Right Enter Right Enter").sees(said);
    app.pass(Duration::from_millis(4_500)).sees(said);
    app.pass(Duration::from_millis(500)).sees_no(said);
    app.keys("M").sees(said).keys("M").sees_no(said);
    app.keys("Enter Tab Tab").sees("Revoked 2026-03-10 12:00:00 UTC by Ada Admin");
}

#[test]
fn r062_a_key_takes_the_message_off() {
    let desk = Desk::example();
    let said = "API token robot-1 was successfully revoked";
    let mut app = at(&desk, "robot-1");
    app.keys("! r Right Enter Right Enter").sees(said).keys("j").sees_no(said);
}

#[test]
fn r063_a_revoked_token_ends_at_that_moment() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! r Right Enter Right Enter Enter Tab Tab");
    app.sees("Expires 2026-03-10 12:00:00 UTC").sees("Revoked 2026-03-10 12:00:00 UTC");
}

#[test]
fn r064_what_has_ended_cannot_be_revoked() {
    let desk = Desk::example();
    at(&desk, "old-report").keys("! r").sees("Already expired").sees_no("Cancel");
    at(&desk, "leaked-key").keys("! r").sees("Already revoked").sees_no("Cancel");
}

#[test]
fn r064_disabled_and_scheduled_tokens_can_be_revoked() {
    let desk = Desk::example();
    for name in ["nightly-export", "summer-batch"] {
        at(&desk, name).keys("! r Right Enter Right Enter").sees("x Revoked");
    }
}

#[test]
fn r065_nothing_works_on_a_revoked_token() {
    let desk = Desk::example();
    let mut app = at(&desk, "leaked-key");
    app.keys("t").sees("Revoked tokens cannot be disabled");
    app.keys("x").sees("Value no longer exists");
}

#[test]
fn r074_revoke_acts_on_the_token_in_the_details() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-2");
    app.keys("Enter ! r").sees("Are you sure you want to revoke robot-2?");
    app.keys("Right Enter Right Enter").sees("robot-2  TKN-1000-0002  x Revoked");
}

#[test]
fn the_owner_of_a_token_may_revoke_it() {
    let desk = Desk::example();
    let mut app = desk.seat("carl");
    app.keys("! r").sees("of Carl Clerk").keys("Right Enter Right Enter").sees("x Revoked");
}
