//! What a form says while it is filled in: nothing too early, what others have in time, and
//! every place of it on Tab's way.

use std::time::Duration;

use crate::support::server::{Mood, remote};
use crate::support::{Desk, options};

/// Longer than a name rests before it is looked up.
const REST: Duration = Duration::from_millis(500);

#[test]
fn b20_apply_to_all_is_in_tabs_order_and_shows_its_keys() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("n").text("for-all").keys("PgDn").sees("[ ] Apply to all Tab").sees("n no r read");
    app.keys("Tab").sees("Space ticks it n r f level").sees("Space apply to all");
    app.keys("f Space").sees("[x] Apply to all").sees("(o) Full").sees_no("(o) No");
    app.keys("Tab").sees(">Groups").keys("S-Tab").sees("Space ticks it");
    app.keys("S-Tab").sees("n no r read f full").keys("n").sees("[ ] Apply to all");
    app.keys("Tab Tab").sees(">Groups").keys("S-Tab F1");
    app.sees("Apply to all: n r f chooses the level").keys("Esc").resize(40, 12);
    app.keys("Tab S-Tab").sees("Apply to all");
}

#[test]
fn b20_nobody_is_found_fault_with_before_a_field_was_left() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("n").sees(">Name *").sees_no("Name is required").sees_no("to mend");
    app.keys("x Backspace").sees_no("Name is required").keys("Tab").sees("Name is required");
    app.sees("1 field to mend").keys("S-Tab y").sees_no("Name is required").keys("Ctrl-s");
    app.sees("Choose at least one scope").sees(">Scopes *");
    let mut rosa = desk.seat("rosa");
    rosa.keys("3 n").sees("New account").sees_no("is required").keys("Tab");
    rosa.sees("Name is required");
}

#[test]
fn b20_a_name_in_use_is_told_once_typing_rests() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("n").text("robot-1").sees_no("already in use").pass(REST);
    app.sees("Name already in use").sees("1 field to mend").keys("0").sees_no("already in use");
    app.pass(REST).sees_no("already in use").keys("Backspace").pass(REST).sees("already in use");
    app.keys("Esc Right Enter");
    // Whatever the case; what it is called itself is its own.
    app.keys("/ robot-2 Enter e Ctrl-u").text("ROBOT-1").pass(REST).sees("already in use");
    app.keys("Ctrl-u").text("robot-2").pass(REST).sees_no("already in use").keys("Esc");
    // An entry of the catalogue, whose names are all known here.
    let mut rosa = desk.seat("rosa");
    rosa.keys("3 n").text("acme").sees("Name already in use").keys("x").sees_no("in use");
}

#[test]
fn b20_a_value_pasted_for_a_name_is_not_looked_up_and_late_answers_are_dropped() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), (80, 24));
    app.keys("n");
    let turns = moods.turns();
    app.text(&crate::support::value("robot-1")).pass(REST);
    assert_eq!(moods.turns(), turns, "it was sent");
    app.keys("Ctrl-u").text("robot-1");
    moods.set(Mood::Slow);
    // Its answer comes when the name is another.
    app.tick(REST).meanwhile("x").settle();
    app.sees("robot-1x").sees_no("already in use");
}

#[test]
fn b31_saving_counts_from_its_key() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), (80, 24));
    app.keys("n").text("robot-9").keys("PgDn f PgUp Tab Tab Tab Tab Space");
    moods.set(Mood::Down);
    app.keys("Ctrl-s").sees("Could not create the token");
    moods.set(Mood::Slow);
    // Something else is waited for already.
    app.meanwhile("Ctrl-g").tick(Duration::from_secs(3)).meanwhile("Ctrl-s");
    app.sees("saving ...").sees_no("saving ... 3 s").tick(Duration::from_secs(2));
    app.sees("saving ... 2 s").settle().sees("API token robot-9 was created");
}

#[test]
fn b31_what_is_asked_about_a_form_names_the_account_of_its_token() {
    let desk = Desk::example();
    let here = format!("Acme ACC-0001-0001 {}", desk.title());
    let mut app = desk.seat("rosa");
    app.sees("API tokens - All accounts").keys("/ robot-2 Enter e Ctrl-u").text("mine");
    app.keys("Esc").sees("Discard changes?").sees(&here).keys("Esc");
    desk.rename("robot-2", "theirs");
    app.keys("Ctrl-s").sees("Changed by Rosa").sees("reload?").sees(&here);
}

#[test]
fn b31_a_local_store_is_at_work_and_never_away() {
    let desk = Desk::example();
    let (mut app, moods) = crate::support::server::near("ada", &desk, &options(), (80, 24));
    app.keys("/ bulk Enter A");
    moods.set(Mood::Slow);
    app.meanwhile("! r").tick(Duration::from_secs(2)).sees("planning 15 ... 2 s");
    app.tick(Duration::from_secs(8)).sees("planning 15 ... 10 s").sees_no("no answer");
    app.sees_no("waiting for").settle().sees("Type revoke 15:").keys("Esc");
    moods.set(Mood::Well);
    app.keys("Ctrl-r M").sees("Refreshed").sees_no("answers again").sees_no("silence");
}
