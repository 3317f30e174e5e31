//! What is taken away is counted as it will be, named where it is one, and never
//! offered where nothing is left of it.

use tokendeck::tui::Options;

use crate::support::{App, Desk, options, value};

/// Kim at the users of Cedar County and what they hold of eRecording, with values to be
/// written beside the store.
fn kim(desk: &Desk) -> App {
    let folder = desk.path().parent().unwrap().to_owned();
    let options = Options { export_dir: folder, ..options() };
    let mut app = desk.seat_with("kim", &options, (160, 50));
    app.keys("2 f j Enter");
    app
}

/// The values in the files beside the store.
fn exported(desk: &Desk) -> Vec<String> {
    let folder = desk.path().parent().unwrap().to_owned();
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.extension().is_some_and(|end| end == "csv"));
    let text: String = files.map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let cells = text.split([',', '\n']).filter(|cell| cell.starts_with("tdk_"));
    cells.map(str::to_owned).collect()
}

#[test]
fn a08_remove_takes_and_counts_an_exported_value_beside_an_accepted_token() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("! g Right Enter").text("generate 1").keys("Enter").sees("1 token generated");
    app.keys("Enter n").text("carl-two").keys("PgDn j f Ctrl-s").sees("only time");
    app.keys("Y Esc q").sees("- eRecording").keys("! d");
    app.sees("Remove 2 tokens of Carl Clerk?")
        .sees("2 values work until you remove them, 1 of them exported.");
    app.text("delete 2").keys("Enter").sees("2 tokens removed: Carl Clerk");
    let [value] = &exported(&desk)[..] else { panic!("one value") };
    assert!(desk.verify(value).is_err(), "the exported value works on");
}

#[test]
fn a08_an_exported_value_alone_is_removed_like_an_accepted_token() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("j j ! g Right Enter").text("generate 1").keys("Enter").sees("1 token generated");
    app.keys("! d").sees("Remove eve-erecording TKN-");
    app.sees("1 exported value works until you remove it.");
    app.keys("Right Enter").sees("1 token removed: eve-erecording TKN-");
    let [value] = &exported(&desk)[..] else { panic!("one value") };
    assert!(desk.verify(value).is_err(), "the exported value works on");
}

#[test]
fn a08_a_request_beside_an_accepted_token_is_cancelled_with_it() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("n Right Enter").sees("1 token requested for Carl Clerk").sees("Pending (has token)");
    app.keys("! d").sees("Remove 2 tokens of Carl Clerk?");
    app.sees("1 open request is cancelled with it.").sees("1 value works until you remove it.");
    app.text("delete 2").keys("Enter").sees("2 tokens removed: Carl Clerk").sees_no("has token");
    desk.seat("carl").sees("0 tokens");
    assert!(desk.verify(&value("carl-erecording")).is_err());
}

#[test]
fn a08_revoke_all_counts_exported_values() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("j j ! g Right Enter").text("generate 1").keys("Enter").sees("1 token generated");
    app.keys("1 ! a").sees("Revoke all 3 tokens of Cedar County?");
    app.sees("2 open requests are cancelled with it.").sees("1 exported value stops working.");
    app.text("revoke 3").keys("Enter").sees("3 tokens revoked");
    assert!(desk.verify(&exported(&desk)[0]).is_err());
}

#[test]
fn a08_cancelling_one_exported_token_says_that_its_value_stops() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("j j ! g Right Enter").text("generate 1").keys("Enter").sees("1 token generated");
    app.keys("1 / eve Enter ! r").sees("cancel the request for eve-erecording?");
    app.sees("Its exported value stops working. This can't be undone.");
}

#[test]
fn a09_a_second_export_says_that_the_first_value_dies() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("j j ! g").sees("No existing token is replaced.").keys("Right Enter");
    app.text("generate 1").keys("Enter").sees("1 token generated").keys("! g");
    app.sees("This replaces 1 existing token; the old values stop working.");
    app.sees("1 exported value stops working.").keys("Right Enter");
    app.sees("1 exported value stops working.").text("generate 1").keys("Enter");
    app.sees("1 token generated");
    let values = exported(&desk);
    let working = values.iter().filter(|value| desk.verify(value).is_ok()).count();
    assert_eq!((values.len(), working), (2, 1));
}

#[test]
fn b18_a_result_counts_what_its_question_counted_and_names_the_only_one() {
    let desk = Desk::example();
    let mut app = kim(&desk);
    app.keys("Space ! d").sees("Remove carl-erecording TKN-1000-0010 of Carl Clerk?");
    app.keys("Right Enter").sees("1 token removed: carl-erecording TKN-1000-0010 of Carl Clerk");
    app.keys("! c").sees("Cancel 1 pending request of Dora Deputy?").keys("Right Enter");
    app.sees("1 request cancelled: dora-erecording TKN-1000-0011 of Dora Deputy");
    let mut ada = desk.seat("ada");
    ada.keys("/ robot-1 Enter Space ! d").sees("delete robot-1?").keys("Right Enter");
    ada.sees("1 token deleted: robot-1 TKN-1000-0001");
}

#[test]
fn b18_entries_for_which_nothing_is_left_are_dim_and_say_why() {
    let desk = Desk::example();
    let mut ada = desk.seat("ada");
    ada.keys("/ leaked Enter Space m").sees("leaked-key TKN-1000-0005 selected");
    ada.sees("Enable 1 token + Revoked tokens cannot be enabled");
    ada.sees("Disable 1 token - Revoked tokens cannot be disabled");
    ada.sees("Revoke 1 token ! r Already revoked").sees("> Delete 1 token");
    ada.keys("Esc !").sees("Already revoked");
    // With one that can, the others are skipped.
    ada.keys("Esc F / robot-1 Enter Space m").sees("2 tokens selected").sees_no("cannot be");
    let mut app = kim(&desk);
    app.keys("j j m").sees("Remove API token ! d No API token to remove");
    app.sees("Cancel pending requests ! c Not pending").sees("> Request new API token");
    app.keys("Esc !").sees("No API token to remove").keys("Esc");
    app.keys("k m").sees("Request new API token n Already pending").sees("> Edit user");
    app.keys("Esc Space j Space m").sees("2 users selected").sees_no("Already pending");
    app.keys("Esc V F Esc Space m").sees_no("1 user selected");
}

#[test]
fn b18_the_only_selected_user_is_named_in_the_menu() {
    let desk = Desk::example();
    kim(&desk).keys("j j Space k m").sees("Eve Examiner USR-0002-0003 selected");
}

#[test]
fn b18_revoke_all_of_nothing_but_a_request_cancels_it() {
    let desk = Desk::example();
    desk.act("kim", "revoke", "carl-erecording");
    let mut app = desk.seat("kim");
    app.keys("! a").sees("Cancel 1 request").sees("Cancel the only request of Cedar County?");
    app.sees("This cancels 1 request: nothing is revoked.").sees_no("Revoking");
    app.keys("Right Enter").sees("1 request cancelled: dora-erecording TKN-1000-0011");
    app.sees_no("Pending");
}

#[test]
fn b18_a_request_has_one_entry_that_cancels_it() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("/ dora Enter m").sees("Cancel request ! r").sees_no("Cancel request ! d");
    // Whoever may not accept or edit starts at what can be done.
    app.sees_no("> Accept").sees_no("> Edit").keys("Esc !").sees("r cancel the request");
    app.sees_no("d cancel the request").keys("d").sees("cancel the request for dora-erecording?");
    desk.seat("dora").keys("m").sees("> Accept a");
}
