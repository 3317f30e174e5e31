//! Section J: the catalogue on screen, and a new operator at an empty store.

use crate::support::{App, Desk, options};

/// Puts the cursor of the catalogue on the entry of that name.
fn on<'a>(app: &'a mut App, name: &str) -> &'a mut App {
    app.keys("/").text(name).keys("Enter")
}

#[test]
fn r139_the_catalogue_has_five_lists_with_what_matters_of_each() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("3").sees("Catalog - All accounts").sees("[Accounts 3]");
    app.sees("Cedar County ACC-0001-0003 Active");
    app.keys("Tab").sees("[Modules 4]").sees("Orders MOD-0002 Acme, Borealis");
    app.keys("]").sees("[Scopes 3]").sees("Harbor");
    app.keys("l").sees("[Groups 3]").sees("Order readers").sees("Orders Read");
    app.keys("l").sees("[Users 10]").sees("Kim Keeper kim Admin Active USR-0002-0009 Cedar County");
    app.keys("Tab").sees("[Accounts 3]").keys("S-Tab").sees("[Users 10]").keys("h [");
    app.sees("[Scopes 3]").keys("1").sees("API tokens - All accounts");
}

#[test]
fn r139_the_account_of_the_title_narrows_the_lists() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("3 Tab o").text("cedar").keys("Enter").sees("Catalog - Cedar County ACC-0001-0003");
    app.sees("[Modules 2]").sees("eRecording").sees_no("Orders");
    app.keys("Tab").sees("[Scopes 0]").sees("No scopes in Cedar County");
    app.keys("Tab").sees("Support").sees_no("Billing operators");
    app.keys("Tab").sees("Carl Clerk").sees_no("Ada Admin").sees("1-4 of 4");
}

#[test]
fn r139_a_list_is_searched_while_words_are_typed() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("3 h /").text("EXA ev").sees("Eve Examiner").sees_no("Carl");
    app.keys("Enter").sees("name:EXA name:ev").sees("1-1 of 1");
    app.keys("/ Ctrl-u").text("zzz").keys("Enter").sees("No users match name:zzz - F clears");
    app.keys("F").sees("1-10 of 10").keys("/").text("usr-0002-0009").sees("Kim Keeper");
    app.keys("Esc").sees("1-10 of 10");
}

#[test]
fn r139_each_list_keeps_its_cursor_and_pages_turn() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("3 Tab G Tab S-Tab");
    assert!(app.line(">").contains("Orders"), "{}", app.screen());
    let small = desk.seat_with("rosa", &options(), (80, 12)).keys("3 h G").screen();
    assert!(small.contains("Vic Viewer"), "{small}");
}

#[test]
fn r139_the_details_of_an_entry_name_who_uses_it() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    on(app.keys("3 Tab"), "Orders").keys("Enter").sees("Module Orders");
    app.sees("ID MOD-0002").sees("Accounts Acme, Borealis").sees("In groups Order readers (Read)");
    app.keys("Esc Tab");
    on(&mut app, "South")
        .keys("Enter")
        .sees("Scope South plant")
        .sees("Held by Pia Partner, Ada Admin");
    app.keys("q").sees("[Scopes 3]");
}

#[test]
fn r139_what_is_used_is_not_removed_and_says_by_what() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    on(app.keys("3 Tab"), "Catalog")
        .keys("! d")
        .sees("Catalog is used by 20 tokens and group Support");
    app.sees_no("Are you sure").keys("3 F").sees("[Modules 4]");
    app.keys("S-Tab ! d").sees("Accounts are never removed: disable it instead");
}

#[test]
fn r139_what_nothing_uses_is_removed_after_one_question() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    on(app.keys("3 h"), "Eve").keys("! d").sees("Are you sure you want to remove Eve Examiner?");
    app.sees("USR-0002-0003").keys("Enter").sees("Eve Examiner eve");
    app.keys("! d Right Enter").sees("User Eve Examiner was removed").sees("No users match");
    app.keys("F").sees("1-9 of 9").sees_no("Eve");
}

#[test]
fn r139_others_see_it_read_only_with_the_reason() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("3").sees("Catalog - Acme").sees("[Accounts 1]").sees_no("Borealis");
    app.keys("Tab ! d").sees("Needs the role Superadmin").sees_no("Are you sure");
    let mut app = desk.seat("vic");
    app.keys("3 Tab Tab ! d").sees("Needs the role Admin");
}

#[test]
fn r139_what_is_for_tokens_does_nothing_to_the_catalogue() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    for keys in ["t", "r", "x", "Y", "! r", "! a", "C", "A", "s"] {
        app.keys("3").keys(keys).sees("Not for the catalogue: 1 shows the tokens");
        app.sees("[Accounts 3]");
    }
}

#[test]
fn r139_the_command_line_goes_to_a_list() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys(":").text("catalog modules").keys("Enter").sees("[Modules 4]");
    app.keys(":").text("catalog").keys("Enter").sees("[Modules 4]");
    app.keys(":").text("catalog books").keys("Enter").sees("'books' is not a list");
    app.keys("Esc :").text("filter name:robot").keys("Enter").sees("API tokens").sees("robot-1");
}

#[test]
fn r139_what_another_process_changes_is_seen_at_once() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("3 h").sees("Ned North").sees("[Users 5]");
    let mut other = desk.seat("rosa");
    on(other.keys("3 h"), "ned").keys("! d Right Enter").sees("User Ned North was removed");
    app.await_text("[Users 4]").sees_no("Ned North");
}

#[test]
fn r139_a_module_that_is_added_is_in_the_form_of_a_token() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("3 Tab n").sees("New module").text("Archive");
    app.keys("Tab Space Ctrl-s").sees("Module Archive was added").sees("[Modules 5]");
    assert!(app.line("> ").contains("Archive MOD-0005 Acme") || app.line("> ").contains("Archive"));
    let mut ada = desk.seat("ada");
    ada.keys("n PgDn").sees("Archive").sees_no("eRecording");
}

#[test]
fn r139_an_entry_is_edited_in_a_filled_form() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    on(app.keys("3 Tab Tab Tab"), "Order").keys("e").sees("Edit group Order readers");
    app.sees("Account Acme ACC-0001-0001").sees("Orders MOD-0002 ( ) No (o) Read ( ) Full");
    app.keys("Tab Down f Ctrl-s").sees("Group Order readers was updated");
    app.keys("Enter").sees("Orders Read").sees("Full");
}

#[test]
fn r139_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("3 n Ctrl-s").sees("New account").sees("Name is required").text("ACME");
    app.sees("Name already in use").keys("Tab Tab").text("ftp//x").keys("Ctrl-s");
    app.sees("Write a URL such as https://").sees("ACME");
    app.keys("Esc").sees("Discard changes?").keys("Right Enter").sees("[Accounts 3]");
}

#[test]
fn r139_a_user_gets_role_accounts_and_scopes_and_no_more_than_the_role_can_have() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("3 h n").sees("New user").text("zoe").keys("Tab").text("Zoe New");
    app.sees("no: a Member cannot be given it").sees_no("Superadmin ");
    app.keys("Tab Tab Left Left").sees("(o) Admin").sees("API tokens [x]");
    app.keys("Ctrl-s").sees("User Zoe New was added").sees("zoe Admin");
}

#[test]
fn r138_a_stale_edit_of_an_entry_asks_and_keeps_what_was_typed() {
    let desk = Desk::example();
    let (mut one, mut two) = (desk.seat("rosa"), desk.seat("rosa"));
    for app in [&mut one, &mut two] {
        on(app.keys("3 Tab"), "Billing").keys("e").sees("Edit module Billing");
    }
    two.keys("Tab Tab").text(" /new").keys("Ctrl-s").sees("Module Billing was updated");
    one.text("X").keys("Ctrl-s").sees("Changed by Rosa Root at").sees("reload?");
    one.keys("Right Enter").sees("BillingX").sees("/new").sees("changed meanwhile");
    one.keys("Ctrl-s").sees("Module BillingX was updated");
}

#[test]
fn r140_an_empty_store_says_what_to_press_and_three_keys_lead_to_a_value() {
    let desk = Desk::empty();
    let mut app = desk.seat("tester");
    app.sees("No API tokens yet").sees("n makes one, key 3: modules and accounts, ? keys");
    app.keys("n").text("first").keys("Ctrl-s").sees("API token first was created");
    let screen = app.screen();
    let value = screen.lines().find(|line| line.starts_with("tdk_")).unwrap().to_owned();
    assert_eq!(desk.verify_as("tester", &value), Ok(()));
    app.keys("Right Enter").sees("first");
}

#[test]
fn r140_who_may_not_make_tokens_is_not_told_to() {
    let desk = Desk::example();
    let mut app = desk.seat("max");
    app.sees("You hold no tokens").sees_no("makes one");
}

#[test]
fn r140_from_an_empty_store_to_a_revoked_token_by_what_the_screen_says() {
    let desk = Desk::empty();
    let mut app = desk.seat_with("tester", &options(), (80, 24));
    app.sees("n makes one").keys("n").sees("Ctrl-s save").text("first").keys("Ctrl-s");
    app.sees("tdk_").sees("press").keys("Right Enter");
    app.sees("first").sees("! danger").keys("!").sees("r revoke the token, for good").keys("r");
    app.sees("Are you sure you want to revoke first?").keys("Right Enter Right Enter");
    app.sees("API token first was successfully revoked").sees("Revoked");
}

#[test]
fn r099_r101_a_grid_of_two_hundred_modules_scrolls_and_is_searched() {
    let desk = Desk::example();
    desk.add_modules("rosa", 200);
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("n")
        .text("many")
        .keys("PgDn")
        .sees("203 modules")
        .sees("> Catalog")
        .sees_no("extra-150");
    for _ in 0..26 {
        app.keys("Ctrl-d");
    }
    app.sees("> extra-200").sees_no("extra-100").keys("/").text("a-15").sees("extra-150");
    app.sees("extra-159").sees_no("extra-160").keys("Enter f").sees("(o) Full").keys("Esc");
    app.keys("g Up f Right Space").sees("[x] Apply to all").keys("Down n").sees("[ ] Apply to all");
    app.sees("( ) No ( ) Read (o) Full");
}

#[test]
fn r107_the_calendar_crosses_the_end_of_a_month_and_stops_at_today() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("n").text("x").keys("Tab Tab Tab Tab Tab Down").sees("March 2026").sees("[10]");
    for _ in 0..20 {
        app.keys("Left");
    }
    app.sees("[10]").keys("End").sees("[31]").keys("Right").sees("April 2026").sees("[ 1]");
    app.keys("Left ]").sees("April 2026").sees("[30]").keys("]").sees("May 2026").sees("[31]");
    app.keys("Enter").sees("Valid from 2026-05-31");
}

#[test]
fn a26_on_screen_nobody_makes_something_else_of_who_holds_more() {
    let desk = Desk::example();
    let mut app = desk.seat("ned");
    let more = "Holds more than you do (South plant)";
    on(app.keys("3 h"), "Vic").keys("! d").sees(more).sees_no("Are you sure");
    app.keys("e").sees("Vic Viewer").keys("Tab Tab Tab Right Ctrl-s").sees(more);
}

#[test]
fn a05_a_user_is_disabled_and_enabled_from_their_list() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    on(app.keys("3 h"), "Carl").keys("t").sees("Are you sure you want to disable Carl Clerk?");
    app.keys("Enter").sees_no("Are you sure");
    app.keys("t Right Enter").sees("User Carl Clerk was disabled");
    app.keys("Enter").sees("Disabled since").keys("Esc");
    app.keys("t").sees("Are you sure you want to enable Carl Clerk?").keys("Esc");
    // His token says so wherever its status is told, and the key is still for its own flag.
    app.keys("1").text("/").text("carl").keys("Enter Enter").sees("Disabled (owner)");
    app.keys("t Right Enter").sees("API token carl-erecording was disabled");
    app.keys("t Right Enter").sees("it stays Disabled: its owner is disabled");
    app.keys("Esc 2").sees("Carl Clerk (disabled)");
    app.keys("3 t Right Enter").sees("User Carl Clerk was enabled");
    app.keys("F").sees("Kim Keeper");
    on(&mut app, "Kim").keys("t").sees("Nobody disables themselves");
}
