//! Two operators at two screens on one store or server (R138): whoever comes second is
//! asked or told, what they typed stays, and a revoke wins whatever it meets.

use crate::support::{App, Desk, value};

/// The form of a token, open at that user's screen.
fn editing(desk: &Desk, login: &str, name: &str) -> App {
    let mut app = at(desk, login, name);
    app.keys("e").sees(&format!("Edit {name}"));
    app
}

/// That user's screen, with the cursor on a token.
fn at(desk: &Desk, login: &str, name: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("/").text(name).keys("Enter").sees("1-1 of 1");
    app
}

/// A new token, filled in and not saved.
fn making(desk: &Desk, login: &str, name: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("n").text(name).keys("Tab Tab Tab Tab Space PgDn r PgUp");
    app
}

#[test]
fn r138_a_token_disabled_during_an_edit_stays_disabled_and_keeps_what_was_typed() {
    let desk = Desk::example();
    let mut ada = editing(&desk, "ada", "robot-1");
    ada.keys("Tab").text(" By Ada.");
    at(&desk, "pia", "robot-1").keys("t Right Enter").sees("robot-1 was disabled");
    ada.keys("Ctrl-s").sees("Changed by Pia Partner at").sees("reload?").keys("Right Enter");
    ada.sees("By Ada.").sees("changed by Pia Partner: yes -> no").sees("Enabled [ ]");
    ada.keys("Ctrl-s").sees("robot-1 was updated").sees("robot-1 - Disabled");
    ada.keys("Enter").sees("By Ada.");
    assert_eq!(desk.verify(&value("robot-1")), Err("disabled".to_owned()));
}

#[test]
fn r138_a_token_revoked_during_an_edit_stays_revoked_and_nothing_typed_is_lost() {
    let desk = Desk::example();
    let mut ada = editing(&desk, "ada", "robot-1");
    ada.keys("Ctrl-u").text("typed");
    let mut pia = at(&desk, "pia", "robot-1");
    pia.keys("! r Right Enter Right Enter").sees("robot-1 was successfully revoked");
    ada.keys("Ctrl-s").sees("Revoked tokens cannot be edited").sees(">Name * typed");
    assert_eq!(desk.verify(&value("robot-1")), Err("revoked".to_owned()));
}

#[test]
fn r138_an_edit_during_the_question_does_not_save_a_token_from_being_revoked() {
    let desk = Desk::example();
    let mut ada = at(&desk, "ada", "robot-1");
    ada.keys("! r Right Enter Right").sees("> Revoke <");
    editing(&desk, "pia", "robot-1").text("-pia").keys("Ctrl-s").sees("robot-1-pia was updated");
    // Where the change was seen first, the question starts again.
    ada.keys("Enter");
    if ada.has("It changed meanwhile: look again") {
        ada.keys("Right Enter Right Enter");
    }
    ada.sees("was successfully revoked");
    assert_eq!(desk.verify(&value("robot-1")), Err("revoked".to_owned()));
}

#[test]
fn r138_who_revokes_what_another_revoked_is_told() {
    let desk = Desk::example();
    let mut ada = at(&desk, "ada", "robot-1");
    ada.keys("! r Right Enter Right");
    at(&desk, "pia", "robot-1").keys("! r Right Enter Right Enter").sees("successfully revoked");
    ada.keys("Enter").sees("Already revoked").sees("robot-1 x Revoked").sees_no("successfully");
}

#[test]
fn r138_of_two_who_give_one_name_the_second_is_told_at_the_field() {
    let desk = Desk::example();
    let (mut one, mut two) = (making(&desk, "ada", "parts"), making(&desk, "ada", "Parts"));
    one.keys("Ctrl-s").sees("New value of parts");
    two.keys("Ctrl-s").sees("Name already in use").sees("Parts").sees_no("New value");
    two.keys("End").text("-2").keys("Ctrl-s").sees("New value of Parts-2");
}

#[test]
fn r138_a_scope_removed_while_a_form_offers_it_is_refused_and_nothing_typed_is_lost() {
    let desk = Desk::example();
    let mut one = desk.seat("rosa");
    one.keys("o acme Enter 3 Tab Tab n").sees("New scope").text("West plant").keys("Ctrl-s");
    one.sees("Scope West plant was added");
    let mut two = desk.seat("rosa");
    two.keys("o acme Enter n").text("westward").keys("Tab Tab Tab Tab Tab Right Right Space");
    two.sees("[x] West plant");
    one.keys("! d Right Enter").sees("Scope West plant was removed");
    two.keys("PgDn r Ctrl-s").sees("You hold no scope SCP-0004 of Acme").sees("westward");
}

#[test]
fn r138_an_entry_removed_during_its_edit_is_told_and_nothing_typed_is_lost() {
    let desk = Desk::example();
    let mut one = desk.seat("rosa");
    one.keys("3 Tab n").text("Archive").keys("Tab Space Ctrl-s").sees("Module Archive was added");
    let mut two = desk.seat("rosa");
    two.keys("3 Tab / Archive Enter e").sees("Edit module Archive").keys("End").text("s");
    one.keys("! d Right Enter").sees("Module Archive was removed");
    two.keys("Ctrl-s").sees("Could not update the module: no module 'MOD-0005' here");
    two.sees("Edit module Archive").sees("Archives");
}

#[test]
fn r138_an_entry_renamed_elsewhere_is_saved_by_what_it_is_and_shown_by_its_name() {
    let desk = Desk::example();
    let mut ada = making(&desk, "ada", "parts");
    let mut rosa = desk.seat("rosa");
    rosa.keys("3 Tab / Catalog Enter e End").text("ue").keys("Ctrl-s");
    rosa.sees("Module Catalogue was updated");
    ada.keys("Ctrl-s").sees("New value of parts").keys("Esc / parts Enter Enter Tab");
    ada.sees("Catalogue");
}

#[test]
fn r138_of_two_who_ask_for_one_user_the_second_makes_no_second_request() {
    let desk = Desk::example();
    let asking = |app: &mut App| {
        app.keys("2 f j Enter / Eve Enter Space n").sees("Request a token for Eve Examiner?");
    };
    let (mut one, mut two) = (desk.seat("kim"), desk.seat("kim"));
    asking(&mut one);
    asking(&mut two);
    one.keys("Right Enter").sees("1 token requested");
    two.keys("Right Enter").sees_no("1 token requested");
    let asked = desk.statuses().iter().filter(|line| line.contains("Pending")).count();
    assert_eq!(asked, 2, "{:?}", desk.statuses());
}
