//! The Users screen: who holds what, found, filtered, chosen; and a user's own
//! tokens (R9, R11, R41, R54, R61, R115 to R117, R127 to R129).

use crate::support::{App, Desk, value};

/// The users of Cedar County and what they hold of eRecording.
fn recording(desk: &Desk, login: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("2 f").sees("eRecording").keys("j Enter");
    app
}

/// The users of Cedar County, and on one of them.
fn on(desk: &Desk, name: &str) -> App {
    let mut app = recording(desk, "kim");
    app.keys("/").text(name).keys("Enter F f j Enter");
    app
}

#[test]
fn r009_without_the_permission_there_is_no_users_screen() {
    let desk = Desk::example();
    for login in ["max", "carl", "vic"] {
        let mut app = desk.seat(login);
        let before = app.line("API tokens -");
        app.keys("2").sees("Needs the manage_tokens permission").sees_no("Users -");
        assert_eq!(app.line("API tokens -"), before);
    }
    desk.seat("ada").keys("2").sees("Users - Acme").sees("Ada Admin");
}

#[test]
fn r011_the_chosen_account_stays_for_both_screens() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("o").text("ced").keys("Enter").sees("API tokens - Cedar County");
    app.keys("2").sees("Users - Cedar County").sees("Carl Clerk").sees_no("Max Member");
    app.keys("o").text("acme").keys("Enter").sees("Users - Acme").sees("Max Member");
    app.keys("1").sees("API tokens - Acme");
}

#[test]
fn r041_the_module_filter_stands_in_the_title() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 f j Enter").sees("Users - Cedar County - eRecording").sees("module:eRecording");
    app.keys("f k Space Enter").sees("Users - Cedar County - Catalog, eRecording");
    app.keys("F").sees_no("module:").sees_no("- eRecording");
}

#[test]
fn r043_each_filter_of_the_users_can_be_cleared() {
    let desk = Desk::example();
    let mut app = recording(&desk, "kim");
    app.keys("f Tab j Enter").sees("token:pending").sees("1-1 of 1").sees("Dora Deputy");
    app.keys("f Tab Delete Enter").sees_no("token:pending").sees("1-4 of 4");
    app.keys("f Tab Tab j j Enter").sees("role:Admin").sees("Kim Keeper").sees("1-1 of 1");
    app.keys("F").sees("1-4 of 4").keys("F").sees("No filter is set");
}

#[test]
fn r115_the_users_of_the_account_are_listed_and_open_to_their_tokens() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2").sees("1-4 of 4").sees("Carl Clerk").sees("Dora Deputy");
    app.sees("Eve Examiner").sees("Kim Keeper USR-0002-0009");
    app.keys("Enter").sees("API tokens of Carl Clerk").sees("[API Tokens]-General");
    app.sees("1-1 of 1").sees("carl-erecording");
}

#[test]
fn r115_the_second_tab_says_who_the_user_is() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 Enter Tab").sees("API Tokens-[General]").sees("ID USR-0002-0001");
    app.sees("Login carl").sees("E-mail carl@cedar.example").sees("Role Member");
    app.sees("Accounts Cedar County ACC-0001-0003").sees("Scopes -");
    app.keys("! r").sees("Go to the tab API Tokens first");
    app.keys("Tab").sees("[API Tokens]-General").sees("carl-erecording");
}

#[test]
fn r115_the_tabs_are_chosen_as_in_the_details_and_remembered() {
    let desk = Desk::example();
    desk.seat("kim").keys("2 Enter T j Space Esc").sees("[API Tokens]").sees_no("General-");
    let mut app = desk.seat("kim");
    app.keys("2 Enter").sees("[API Tokens]--").keys("T Space").sees("One tab always stays");
    // The tabs of the details are others.
    app.keys("Esc Enter").sees("[General]-Modules-Details-Audit trail");
}

#[test]
fn r115_esc_leads_back_to_the_same_user_and_to_the_tokens_as_they_were() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("/ dora Enter Space 2 j j").sees("> Eve Examiner").keys("Enter");
    app.sees("API tokens of Eve Examiner");
    app.sees("Eve Examiner holds no API tokens. n makes one, ? keys");
    app.keys("Esc").sees("Users - Cedar County").sees("> Eve Examiner");
    app.keys("k k Enter Enter").sees("[General]-Modules").keys("Esc").sees("[API Tokens]");
    app.keys("q").sees("> Carl Clerk").keys("1");
    app.sees("API tokens - Cedar County").sees("text:dora").sees("1 selected");
}

#[test]
fn r116_check_marks_pending_and_nothing() {
    let desk = Desk::example();
    let mut app = recording(&desk, "kim");
    assert!(app.line("Carl Clerk").contains("+ has token"));
    assert!(app.line("Dora Deputy").contains("? Pending"));
    assert!(app.line("Eve Examiner").trim_end().ends_with("USR-0002-0003"));
    app.keys("Space Space").sees("2 selected");
}

#[test]
fn r117_another_module_is_held_by_nobody_and_without_one_tokens_are_counted() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2");
    assert!(app.line("Carl Clerk").contains("1 token"));
    app.keys("f Space Enter").sees("- Catalog").sees_no("has token").sees_no("Pending");
}

#[test]
fn r129_users_are_found_by_name_login_id_and_mail() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 /").text("dor").sees("1-1 of 1").keys("Enter").sees("Dora Deputy");
    app.sees("find:dor").sees_no("Carl Clerk");
    for (words, name) in [
        ("kim", "Kim Keeper"),
        ("0002-0003", "Eve Examiner"),
        ("CARL@cedar", "Carl Clerk"),
        ("clerk carl", "Carl Clerk"),
    ] {
        app.keys("F /").text(words).keys("Enter").sees("1-1 of 1").sees(name);
    }
    app.keys("/").keys("Ctrl-u").text("zzz").keys("Enter");
    app.sees("No users match find:zzz - F clears the filters");
    app.keys("/ Esc").sees("1-4 of 4");
}

#[test]
fn r045_the_users_are_sorted_by_any_column_in_both_directions() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2").sees("USER ^").keys("s Enter").sees("USER v").sees("> Kim Keeper");
    app.keys("s j Enter").sees("ID ^").sees("> Carl Clerk").keys("s Enter").sees("ID v");
    app.keys("s j Enter").sees("API TOKEN ^").keys("s j Enter").sees("EXPIRES ^");
}

#[test]
fn r050_users_are_selected_as_tokens_are() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 A").sees("4 selected").keys("u").sees_no("selected").keys("u");
    app.sees("No user is selected").keys("v j j v").sees("3 selected");
    app.keys("*").sees("1 selected").keys("/ carl Enter A F").sees("2 selected");
    // A range is ended by what acts on it.
    app.keys("u g g v j m").sees("2 users selected");
}

#[test]
fn r047_the_users_have_pages_too() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &crate::support::options(), (80, 12));
    app.keys("2").sees("1-10 of 10").keys("G").sees("> Vic Viewer").keys("g g z z");
    app.keys("Home End Right Left").sees("Users - All accounts");
}

#[test]
fn r012_r049_a_refresh_keeps_the_row_and_shows_what_changed() {
    let desk = Desk::example();
    let mut app = recording(&desk, "kim");
    app.keys("j j").sees("> Eve Examiner");
    desk.act("kim", "delete", "carl-erecording");
    app.keys("Ctrl-r").sees("Refreshed 12:00:00").sees("> Eve Examiner").sees_no("has token");
}

#[test]
fn keys_that_are_for_tokens_say_so() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("kim");
    app.keys("2 r").sees("That is for a token: Enter opens the user's").sees_no("Cancel");
    for keys in ["! r", "! a", "x", "y", "C"] {
        app.keys(keys).sees("That is for a token").sees_no("Cancel");
    }
    app.keys("c").sees("The columns of the users");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r054_revoke_all_in_the_list_of_a_user_takes_theirs_only() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 Enter ! a").sees("Carl Clerk").sees("Revoke All Tokens");
    app.sees("Revoke the only token of Carl Clerk?").keys("Right Enter");
    app.sees("Revoking all tokens disables access to all associated products.");
    app.sees("Revoke All Tokens").keys("Right Enter").sees("1 token revoked");
    assert_eq!(desk.verify(&value("carl-erecording")), Err("revoked".to_owned()));
    let dora = desk.statuses().into_iter().find(|line| line.contains("TKN-1000-0011"));
    assert!(dora.is_some_and(|line| line.contains("Pending")), "Dora's is as it was");
}

#[test]
fn r061_in_the_list_of_a_user_the_button_reads_revoke_token() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 Enter ! r").sees("Are you sure you want to revoke carl-erecording?");
    app.sees("Revoke Token").keys("Esc").sees("Active");
}

#[test]
fn r128_the_help_names_what_can_be_done_in_the_list_of_a_user() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 Enter ?").sees("n make a token").sees("e change the settings");
    app.sees("r new value for the token")
        .sees("! r revoke the token")
        .sees("! a Revoke all tokens");
}

#[test]
fn r007_the_names_of_users_never_leave_their_account() {
    let desk = Desk::example();
    desk.seat("ada").keys("2").sees_no("Carl Clerk").sees_no("Kim Keeper");
    let mut app = on(&desk, "carl");
    app.sees_no("Ada Admin");
}

#[test]
fn r093_a_token_made_in_the_list_of_a_user_is_issued_to_them() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 j j Enter").sees("API tokens of Eve Examiner").keys("n");
    app.sees("Owner Eve Examiner USR-0002-0003").sees("(o) 6 months").sees("2026-09-10");
    // The owner can't be chosen: after the name and the description comes what follows it.
    app.keys("Tab Tab").sees(">Enabled").keys("S-Tab S-Tab").text("eve-first");
    app.keys("PgDn f Ctrl-s").sees("This is the only time it is shown");
    app.keys("Esc").sees("Not copied. It can't be shown again. Close?").keys("Enter");
    app.sees("This is the only time it is shown").keys("Y Esc").sees_no("Not copied");
    app.sees("API tokens of Eve Examiner").sees("eve-first").sees("1-1 of 1");
}

#[test]
fn r127_a_user_may_hold_several_tokens() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 Enter");
    for name in ["carl-two", "carl-three"] {
        app.keys("n").text(name).keys("PgDn f Ctrl-s").sees("only time").keys("Y Right Enter");
    }
    app.sees("API tokens of Carl Clerk").sees("1-3 of 3");
}
