//! Section F: the details pane.

use std::time::Duration;

use tokendeck::tui::input::{Input, Signal};

use crate::support::{App, Desk, options, value};

const MASK: &str = "************************";

fn at(desk: &Desk, login: &str, name: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn r071_r072_r073_enter_opens_the_token_with_its_header() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("/ robot-1 Enter").sees_no("Last access").keys("Enter");
    app.sees("robot-1  TKN-1000-0001  + Active");
    app.sees("Account Acme ACC-0001-0001   Last access 2026-03-09 20:22");
}

#[test]
fn r074_the_same_keys_act_on_the_shown_token() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter t Right Enter").sees("robot-1  TKN-1000-0001  - Disabled");
}

#[test]
fn r075_the_description_or_a_dash() {
    let desk = Desk::example();
    at(&desk, "ada", "robot-1").keys("Enter").sees("Description Moves parts between plants");
    at(&desk, "ada", "bulk-02").keys("Enter").sees("Description -");
}

#[test]
fn r076_the_value_is_shown_and_hidden_by_key_and_on_leaving() {
    let desk = Desk::example();
    let value = value("robot-1");
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter").sees(MASK).sees_no(&value);
    app.keys("x").sees(&value).keys("x").sees(MASK).sees_no(&value);
    app.keys("x").sees(&value).keys("Esc Enter").sees(MASK).sees_no(&value);
}

#[test]
fn r076_the_whole_value_is_on_an_ordinary_terminal_too() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("/ robot-1 Enter Enter x").sees(&value("robot-1"));
}

#[test]
fn r076_the_value_is_hidden_again_after_thirty_seconds() {
    let desk = Desk::example();
    let value = value("robot-1");
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter x").pass(Duration::from_secs(29)).sees(&value);
    app.pass(Duration::from_secs(1)).sees(MASK).sees_no(&value);
}

#[test]
fn r076_the_value_does_not_outlive_a_suspension_or_a_tiny_window() {
    let desk = Desk::example();
    let value = value("robot-1");
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter x").sees(&value).keys("Ctrl-z").sees(MASK).sees_no(&value);
    assert_eq!(app.suspensions(), 1);
    app.keys("x").sees(&value).send(Input::Signal(Signal::Suspend)).sees(MASK);
    app.keys("x").sees(&value).resize(30, 8).resize(160, 50).sees(MASK).sees_no(&value);
}

#[test]
fn r076_another_tab_hides_the_value() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter x").sees(&value("robot-1")).keys("Tab S-Tab").sees(MASK);
    app.sees_no(&value("robot-1"));
}

#[test]
fn r076_moving_the_cursor_hides_the_value_at_once() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot");
    app.keys("x").sees(&value("robot-1")).keys("Esc j").sees_no(&value("robot-1"));
    app.sees("robot-2 TKN-1000-0002 + Active");
}

#[test]
fn r077_the_endpoint_of_the_account_is_shown() {
    let desk = Desk::example();
    at(&desk, "ada", "robot-1").keys("Enter").sees("API endpoint https://tokens.example/v1");
}

#[test]
fn r080_the_value_of_a_user_token_is_never_shown_again() {
    let desk = Desk::example();
    let mut app = at(&desk, "kim", "carl");
    app.keys("Enter x").sees("no  12:00:00  The value of a user token is shown only once");
    app.sees(MASK).sees("Owner Carl Clerk");
}

#[test]
fn r065_the_value_of_a_revoked_token_no_longer_exists() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "leaked-key");
    app.keys("Enter x").sees("no  12:00:00  Value no longer exists").sees_no(MASK);
    app.keys("t").sees("Revoked tokens cannot be disabled");
}

#[test]
fn r081_the_modules_tab_says_what_may_be_called() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-2");
    app.keys("Enter Tab").sees("[Modules]");
    app.sees("Catalog MOD-0001 Full own").sees("Orders MOD-0002 Read own");
    app.sees("Billing MOD-0003 Full own").sees("Scopes North plant, South plant");
}

#[test]
fn r082_the_details_tab_says_every_date() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter Tab Tab").sees("[Details]");
    app.sees("Created 2026-01-05 09:14:00 UTC by Ada Admin").sees("Revoked Never");
    app.sees("Last access 2026-03-09 20:22:00 UTC").sees("Expires Never");
}

#[test]
fn r083_the_audit_trail_is_newest_first() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("t Right Enter t Right Enter Enter S-Tab").sees("[Audit trail]");
    let screen = app.screen();
    let events: Vec<_> = screen.lines().filter(|line| line.contains(" UTC  ")).collect();
    assert!(events[0].contains("enabled") && events[0].contains("Ada Admin"), "{screen}");
    assert!(events[1].contains("disabled") && events[1].contains("2026-03-10 12:00"), "{screen}");
}

#[test]
fn r083_showing_a_value_is_on_record() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter x S-Tab").sees("Ada Admin revealed").sees_no(&value("robot-1"));
}

#[test]
fn r085_tabs_change_and_esc_returns_to_the_same_row() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("j j j Enter Tab Tab").sees("[Details]").keys("S-Tab").sees("[Modules]");
    app.keys("] ]").sees("[Audit trail]").keys("[").sees("[Details]");
    app.keys("Esc").sees_no("[Details]");
    assert!(app.line(">").contains("bulk-04"), "{}", app.screen());
}

#[test]
fn r084_tabs_are_chosen_and_the_choice_is_kept() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter T").sees("> [x] General").keys("j Space").sees("> [ ] Modules");
    app.keys("Esc").sees_no("-Modules-").sees("[General]-Details-Audit trail");
    app.keys("Tab").sees("[Details]").keys("S-Tab").sees("[General]").keys("Esc q");
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter").sees("[General]-Details-Audit trail").sees_no("-Modules-");
    app.keys("T j Space").sees("> [x] Modules").keys("q").sees("[General]-Modules-Details");
}

#[test]
fn r084_the_last_tab_cannot_be_hidden() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("Enter T Space j Space j Space j Space").sees("> [x] Audit trail");
    app.sees("One tab always stays").keys("Esc").sees("[Audit trail]---").sees("created");
    // It would be shown on a tab that is not there.
    app.keys("x").sees("The tab General, which shows it, is hidden");
}

#[test]
fn an_open_pane_follows_the_cursor_once_it_rests() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.in_haste("j j j").sees(" bulk-01  TKN-1000-0101  + Active");
    app.pass(Duration::from_millis(150)).sees(" bulk-04  TKN-1000-0104  + Active");
}

#[test]
fn a_pane_that_a_larger_window_opens_shows_the_token_under_the_cursor() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("j j").sees_no("[General]").resize(120, 40).sees("[General]");
    app.sees(" bulk-03  TKN-1000-0103  + Active");
    app.resize(80, 24).sees_no("[General]").keys("j").resize(120, 40);
    app.sees(" bulk-04  TKN-1000-0104  + Active");
}

#[test]
fn what_does_not_fit_is_reached_by_scrolling() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (40, 12));
    app.keys("/ robot-1 Enter Enter").sees_no("https://tokens.example");
    app.keys("G").sees("https://tokens.example/v1").keys("g g").sees("TKN-1000-0001");
}

#[test]
fn a31_the_details_tab_says_when_a_revoked_token_would_have_ended() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-2");
    app.keys("Enter ! r Right Enter Right Enter").sees("x Revoked").keys("Tab Tab");
    app.sees("Revoked 2026-03-10 12:00:00 UTC by Ada Admin, would have ended 2026-09-01");
}

#[test]
fn a03_the_audit_trail_says_what_was_before_and_after() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-2");
    app.keys("e PgDn j j n PgDn").sees("Billing Full -> No").keys("Ctrl-s").sees("was updated");
    app.keys("Enter S-Tab").sees("[Audit trail]").sees("edited Billing: Full -> No");
}
