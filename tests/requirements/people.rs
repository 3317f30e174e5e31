//! Users as they are run from their own screen: what they hold at first sight, out of
//! service and back, and their fields.

use crate::support::{App, Desk, options};

/// Kim at the users of Cedar County.
fn kim(desk: &Desk) -> App {
    let mut app = desk.seat("kim");
    app.keys("2").sees("Users - Cedar County");
    app
}

#[test]
fn b16_without_a_module_what_waits_is_counted_too() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    assert!(app.line("Dora Deputy").contains(" 1 pending "), "{}", app.screen());
    assert!(app.line("Dora Deputy").trim_end().ends_with("+6 months"), "{}", app.screen());
    app.keys("f j Enter n Right Enter").sees("1 token requested for Carl Clerk").keys("F");
    assert!(app.line("Carl Clerk").contains(" 1 token, 1 pending "), "{}", app.screen());
    app.resize(40, 12).keys("Ctrl-r");
    assert!(app.line(">  Carl Clerk").contains("1 token, 1 pending"), "{}", app.screen());
}

#[test]
fn b16_the_module_chosen_last_is_there_at_the_next_start() {
    let desk = Desk::example();
    kim(&desk).keys("f j Enter").sees("- eRecording").keys("F");
    let mut app = kim(&desk);
    app.sees("Users - Cedar County - eRecording").sees("module:eRecording");
    assert!(app.line("Carl Clerk").contains("+ has token"));
    // It is kept for who chose it, and for the accounts that have it.
    desk.seat("ada").keys("2").sees("Users - Acme").sees_no("module:");
    app.keys("f Space Enter").sees_no("module:");
    kim(&desk).sees_no("module:").sees("1 pending");
}

#[test]
fn b17_a_request_ends_months_after_it_is_accepted_and_not_never() {
    let desk = Desk::example();
    let mut app = desk.seat_with("kim", &options(), (120, 40));
    app.keys("/ dora Enter");
    let row = app.line("dora-erecording");
    assert!(row.contains("eRecording    +6 months"), "{row}");
    app.keys("Enter Tab Tab").sees("[Details]").sees("Expires 6 months from acceptance");
    app.keys("Esc C").sees("New API token like dora-erecording").sees("(o) 6 months");
    app.keys("PgDn PgDn").sees("[Overview]").sees("Expires 2026-09-10").sees_no("Expires Never");
}

#[test]
fn b21_who_a_user_is_can_be_changed_where_it_stands() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("Enter Tab").sees("[General]").sees("Status Active");
    app.keys("e").sees("Edit user Carl Clerk").keys("Tab Ctrl-u").text("Carl Notary");
    app.keys("Ctrl-s").sees("User Carl Notary was updated").sees_no("Edit user");
    app.sees("API tokens of Carl Notary").sees("[General]").sees("Name Carl Notary");
    app.keys("q").sees("Carl Notary");
    // The same rules as in the catalogue.
    app.keys("/ kim Enter Enter Tab e").sees("Edit user Kim Keeper").keys("Esc");
    app.keys("m").sees("Kim Keeper USR-0002-0009").sees("> Edit user e");
    app.sees("Disable user t Nobody disables themselves");
}

#[test]
fn b21_keys_that_do_nothing_there_are_not_offered() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("Enter Tab");
    let footer = app.screen().lines().last().unwrap_or_default().to_owned();
    for (there, words) in
        [(false, ["select", "details", "value"]), (true, ["edit", "help", "back"])]
    {
        for word in words {
            assert_eq!(footer.contains(word), there, "{word}: {footer}");
        }
    }
    app.keys("m").sees_no("Regenerate").sees_no("Clone").keys("Esc");
    for keys in ["x", "r", "C", "Y", "Space", "f"] {
        app.keys(keys).sees("Go to the tab API Tokens first");
    }
}

#[test]
fn a05_on_the_users_screen_they_are_disabled_and_enabled() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("+").sees("Already enabled").keys("t").sees("disable Carl Clerk?");
    app.sees("Their token is refused, and so are their credentials").sees("> Cancel <");
    app.keys("Right Enter").sees("User Carl Clerk was disabled").sees("Carl Clerk (disabled)");
    app.keys("-").sees("Already disabled").sees_no("Are you sure");
    app.keys("m").sees("Enable user t").sees("Edit user e").keys("Esc");
    app.keys("Enter").sees("API tokens of Carl Clerk (disabled)").sees("Disabled (owner)");
    app.keys("Tab").sees("Status Disabled since").keys("t").sees("enable Carl Clerk?");
    app.keys("Right Enter").sees("User Carl Clerk was enabled").sees("Status Active");
    app.keys("q").sees_no("(disabled)").keys("j -").sees("disable Dora Deputy?");
    app.sees("Their credentials are refused").sees("no token of theirs works now").keys("Esc");
}

#[test]
fn a05_who_may_not_be_disabled_says_why_and_many_are_not_at_once() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("G t").sees("Nobody disables themselves").keys("m");
    app.sees("Disable user t Nobody disables themselves").sees("> Request new API token");
    app.keys("Esc g g Space Space t").sees("One user at a time: u clears the selection");
    app.keys("e").sees("One user at a time").keys("m").sees_no("Disable user");
    app.keys("Esc u g g Space k t").sees("disable Carl Clerk?");
}

#[test]
fn a05_the_catalogue_has_a_column_and_a_menu_for_it() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("3 h").sees("STATUS");
    assert!(app.line("Carl Clerk").contains(" Active "), "{}", app.screen());
    app.keys("-").sees("disable Carl Clerk?").sees("Their token is refused");
    app.keys("Right Enter").sees("User Carl Clerk was disabled");
    assert!(app.line("Carl Clerk").contains(" Disabled "), "{}", app.screen());
    app.keys("+").sees("enable Carl Clerk?").keys("Right Enter").sees("was enabled");
}

#[test]
fn b18_the_menu_of_the_catalogue_says_why_too() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("3 h G m").sees("Kim Keeper USR-0002-0009").sees("> Edit user e");
    app.sees("Disable user t Nobody disables themselves").sees("Remove ! d");
    app.keys("Enter").sees("Edit user Kim Keeper").keys("Esc h m").sees("Edit e");
    app.sees_no("Disable");
}
