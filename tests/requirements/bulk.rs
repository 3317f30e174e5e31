//! Bulk actions on the selected tokens (R51, R52), and revoke all (R53, R55).

use std::time::Duration;

use tokendeck::tui::input::Input;

use crate::support::{App, Desk, options, value};

/// Selects tokens of these names, with the filter off afterwards.
fn select(app: &mut App, names: &[&str]) {
    for name in names {
        app.keys("/").text(name).keys("Enter Space F");
    }
}

#[test]
fn r051_the_menu_is_for_the_selected_tokens() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Space Space m").sees("2 tokens selected");
    app.sees("Enable 2 tokens").sees("Disable 2 tokens").sees("Revoke 2 tokens ! r");
    app.sees("Delete 2 tokens ! d").sees("Regenerate 2 tokens r");
    app.keys("Enter").sees("Disable 2 tokens").keys("Right Enter").sees("2 tokens disabled");
}

#[test]
fn r052_what_the_action_cannot_apply_to_is_counted_and_skipped() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    select(&mut app, &["robot-1", "robot-2", "leaked-key"]);
    app.keys("! r").sees(&format!("Revoke 2 tokens Acme ACC-0001-0001 {}", desk.title()));
    app.sees("robot-1, robot-2").sees("2 Active; 1 used in the last 24 h");
    app.sees("(1 skipped: already revoked)").sees("Type revoke 2:");
    app.text("revoke 2").keys("Enter").sees("2 tokens revoked, 1 skipped").sees_no("selected");
    assert_eq!(desk.verify(&value("robot-2")), Err("revoked".to_owned()));
}

#[test]
fn r052_any_other_word_changes_nothing() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("ada");
    app.keys("Space Space Space ! r").sees("Type revoke 3:");
    for word in ["", "revoke", "revoke 2", "revoke 33", "Revoke 3", "yes"] {
        app.keys("Ctrl-u").text(word).keys("Enter").sees("type 'revoke 3' first");
        app.keys("Tab Tab Enter").sees("type 'revoke 3' first");
    }
    app.keys("Ctrl-u").text("revoke 3").keys("Backspace Enter").sees("Nothing was done");
    app.keys("Esc").sees_no("Type revoke").sees("3 selected");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r052_the_word_cannot_be_pasted_nor_typed_ahead() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("ada");
    app.keys("Space Space ! r").send(Input::Paste("revoke 2\n".to_owned()));
    app.sees("key ignored").pass(Duration::from_secs(1)).keys("Enter").sees("Nothing was done");
    app.keys("Esc").in_haste("! r r e v o k e Space 2 Enter").sees("key ignored");
    app.pass(Duration::from_secs(1)).keys("Enter").sees("Nothing was done");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r052_a_paste_empties_what_was_typed() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("ada");
    app.keys("Space Space ! r").text("revoke 2").send(Input::Paste("\n".to_owned()));
    app.pass(Duration::from_secs(1)).keys("Enter").sees("Nothing was done");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r052_what_the_filter_hides_is_counted_and_named() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    select(&mut app, &["robot-1", "robot-2"]);
    app.keys("/ bulk-01 Enter Space ! r").sees("Revoke 3 tokens");
    app.sees("2 hidden by the filter: robot-1, robot-2");
}

#[test]
fn r052_enable_and_disable_need_no_word() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ bulk Enter A t").sees("Disable 15 tokens").sees("> Cancel <");
    app.keys("Enter").sees("15 selected").keys("t Right Enter").sees("15 tokens disabled");
    app.sees("15 Disabled").sees_no("selected");
    app.keys("A t").sees("Enable 15 tokens").keys("Right Enter").sees("15 Active");
}

#[test]
fn r052_where_some_are_enabled_and_some_disabled_the_menu_asks_which() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    select(&mut app, &["robot-1", "nightly-export"]);
    app.keys("t").sees("Some are enabled and some disabled: choose");
    app.keys("+").sees("Enable 1 token").sees("(1 skipped: already enabled)");
    app.keys("Right Enter").sees("1 token enabled: ");
}

#[test]
fn r052_reasons_of_several_kinds_come_in_a_box() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    select(&mut app, &["robot-1", "robot-2", "leaked-key", "old-report"]);
    app.keys("! r").sees("(2 skipped: 1 already expired, 1 already revoked)");
    app.text("revoke 2").keys("Enter").sees("Report").sees("2 tokens revoked, 2 skipped");
    app.sees("Skipped Already expired TKN-1000-0004 old-report");
    app.keys("Esc").sees_no("Report").sees_no("selected");
}

#[test]
fn r052_nothing_left_to_do_opens_no_dialog() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    select(&mut app, &["leaked-key"]);
    app.keys("! r").sees("No tokens to revoke (1 skipped: already revoked)").sees_no("Cancel");
}

#[test]
fn r052_a_dialog_starts_again_when_the_set_changed() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Space Space Space ! r").text("revoke 3");
    desk.act("pia", "revoke", "bulk-01");
    app.await_text("The tokens changed meanwhile: look again");
    app.sees("Revoke 2 tokens").sees("Type revoke 2: ___");
    app.pass(Duration::from_secs(1)).keys("Enter").sees("Nothing was done");
    desk.act("pia", "revoke", "bulk-02");
    desk.act("pia", "delete", "bulk-03");
    app.await_text("They changed meanwhile: no tokens to revoke").sees_no("Cancel");
}

#[test]
fn r066_selected_tokens_are_deleted_with_the_word_typed() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Space Space ! d").sees("Delete 2 tokens").sees("This can't be undone.");
    app.text("revoke 2").keys("Enter").sees("type 'delete 2' first");
    app.keys("Ctrl-u").text("delete 2").keys("Enter").sees("2 tokens deleted");
    app.sees("1-10 of 19").sees_no("bulk-01").sees_no("selected");
}

#[test]
fn r053_revoke_all_takes_the_account_whatever_the_filter() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter ! a").sees("Revoke all 19 tokens of Acme?");
    app.sees("All that you see of it, whatever the filter.");
    app.sees("Revoking all tokens disables access to all associated products.");
    app.sees(&format!("Acme ACC-0001-0001 {}", desk.title()))
        .keys("Enter")
        .sees("type 'revoke 19' first");
    app.text("revoke 19").keys("Enter").sees("19 tokens revoked").keys("F G");
    app.sees("20 Revoked").sees("1 Expired").sees_no("Active");
    app.keys("! a").sees("No tokens to revoke").sees_no("Cancel");
}

#[test]
fn r053_revoke_all_cancels_open_requests() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("! a").sees("Revoke all 2 tokens of Cedar County?");
    app.sees("1 open request is cancelled with it.").text("revoke 2").keys("Enter");
    app.sees("2 tokens revoked").sees_no("dora-erecording");
}

#[test]
fn r053_with_several_accounts_in_the_title_one_has_to_be_chosen() {
    let desk = Desk::example();
    for login in ["pia", "rosa"] {
        desk.seat(login).keys("! a").sees("Choose an account first: o").sees_no("Cancel");
    }
    let mut app = desk.seat("rosa");
    app.keys("o").text("ced").keys("Enter ! a").sees("Revoke all 2 tokens of Cedar County?");
}

#[test]
fn r055_nothing_to_revoke_is_said_without_a_dialog() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("! a").text("revoke 19").keys("Enter").sees("19 tokens revoked");
    app.keys("! a").sees("No tokens to revoke").sees_no("Cancel").sees_no("Revoke all 0");
}

#[test]
fn r008_without_the_permission_nothing_is_managed() {
    let desk = Desk::example();
    let before = desk.statuses();
    for login in ["carl", "vic"] {
        let mut app = desk.seat(login);
        for keys in ["! a", "! d", "r", "t", "+", "-"] {
            app.keys(keys).sees("Needs the manage_tokens permission").sees_no("Cancel");
        }
        app.keys("A ! d").sees("Needs the manage_tokens permission").sees_no("Cancel");
    }
    assert_eq!(desk.statuses(), before);
}

#[test]
fn the_owner_of_tokens_may_revoke_a_selection_of_them() {
    let desk = Desk::example();
    let mut app = desk.seat("carl");
    app.keys("A ! r").sees("Are you sure you want to revoke carl-erecording?");
    app.keys("Right Enter Right Enter").sees("1 token revoked");
}

#[test]
fn b24_the_footer_says_what_to_type() {
    let desk = Desk::example();
    for size in [(160, 50), (80, 24)] {
        let mut app = desk.seat_with("ada", &options(), size);
        app.keys("! a").sees("type revoke 19, then Enter").sees("Esc cancel").sees_no("choose");
        app.keys("Esc Space Space ! d").sees("type delete 2, then Enter");
        // On the buttons it says what the keys do there.
        app.keys("Tab").sees("Right choose").keys("d").sees("type delete 2, then Enter");
    }
}

#[test]
fn b24_a_pasted_word_is_refused_and_that_is_said() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("ada");
    for text in ["revoke 19", "revoke 19\n", "revoke 19\r\n", "r"] {
        app.keys("! a").send(Input::Paste(text.to_owned()));
        app.sees("A word can't be pasted: type 'revoke 19'").sees("Type revoke 19: ____");
        app.pass(Duration::from_secs(1)).keys("Enter").sees("Nothing was done").keys("Esc");
    }
    assert_eq!(desk.statuses(), before);
    // A question that wants no word just ignores it.
    app.keys("! d").send(Input::Paste("\n".to_owned())).sees("key ignored").sees_no("pasted");
}

#[test]
fn b24_a_burst_that_no_bracket_tells_from_typing_is_dropped_and_that_is_said() {
    let desk = Desk::example();
    let before = desk.statuses();
    for burst in [
        "r e v o k e Space 1 9",
        "r e v o k e Space 1 9 Enter",
        "r e v o k e Space 1 9 Tab Tab Enter",
        "Ctrl-u r e v o k e Space 1 9 Enter",
        "v o k e Space 1 9 Enter",
    ] {
        let mut app = desk.seat("ada");
        app.keys("! a").keys(if burst.starts_with('v') { "r e" } else { "" }).at_once(burst);
        app.sees("That came all at once, as a paste does: type 'revoke 19'");
        app.sees("Type revoke 19: ____");
        app.pass(Duration::from_secs(1)).keys("Enter").sees("Nothing was done").keys("Esc");
    }
    assert_eq!(desk.statuses(), before);
}

#[test]
fn b24_who_types_on_a_slow_line_is_not_refused_for_ever() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("! a").at_once("r e v o k e Space 1 9").sees("a few letters at a time");
    app.pass(Duration::from_secs(1));
    // Some letters came together, as they do where a line stands still for a moment.
    for part in ["r e v o", "k e", "Space 1 9 Enter"] {
        app.at_once(part);
    }
    app.sees("19 tokens revoked");
}

#[test]
fn b24_other_words_are_typed_alike() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("kim");
    app.keys("2 f j Enter A ! g Right Enter").sees("then Enter").sees("type generate");
    app.send(Input::Paste("generate 4".to_owned())).sees("A word can't be pasted");
    app.pass(Duration::from_secs(1)).at_once("g e n e r a t e Space 4 Enter");
    app.sees("That came all at once").sees_no("exported");
    assert_eq!(desk.statuses(), before);
}
