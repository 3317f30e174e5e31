//! What is done for many users at once: request, remove, cancel, generate & export,
//! and accepting (R51, R118 to R126, R130, R131).

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use tokendeck::tui::Options;

use crate::support::{App, Desk, options, value};

/// The users of Cedar County and what they hold of eRecording, these selected.
fn selected(desk: &Desk, keys: &str) -> App {
    let mut app = desk.seat("kim");
    app.keys("2 f j Enter").keys(keys);
    app
}

const CARL_DORA: &str = "Space Space";
const DORA_EVE: &str = "j Space Space";

#[test]
fn r051_the_actions_are_for_the_selected_users() {
    let desk = Desk::example();
    let mut app = selected(&desk, CARL_DORA);
    app.keys("m").sees("2 users selected").sees("Request new API token n");
    app.sees("Remove API token ! d").sees("Cancel pending requests ! c");
    app.sees("Generate & export tokens ! g").keys("Esc").sees_no("Remove API token");
    app.keys("!").sees("g generate & export").sees("d remove the API tokens").sees_no("revoke");
}

#[test]
fn r119_request_makes_one_pending_token_each_and_skips_those_who_wait() {
    let desk = Desk::example();
    let mut app = selected(&desk, DORA_EVE);
    app.keys("m Enter").sees("Request a token for Eve Examiner?").sees("For eRecording, Full.");
    app.sees("(1 skipped: already pending)").sees("Cedar County ACC-0001-0003");
    app.keys("Right Enter")
        .sees("1 token requested for Eve Examiner, 1 skipped (already pending)")
        .sees_no("selected");
    assert!(app.line("Eve Examiner").contains("? Pending"));
}

#[test]
fn r118_a_request_shows_pending_and_nothing_is_done_before_it_is_confirmed() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = selected(&desk, "G");
    app.keys("n").sees("> Cancel <").keys("Enter").sees_no("Request a token");
    assert_eq!(desk.statuses(), before);
    app.keys("n Right Enter").sees("1 token requested");
    assert!(app.line("Kim Keeper").contains("? Pending"));
}

#[test]
fn r120_remove_deletes_the_token_and_its_value_is_refused() {
    let desk = Desk::example();
    let mut app = selected(&desk, "Space");
    app.keys("! d").sees("Remove carl-erecording TKN-1000-0010 of Carl Clerk?");
    app.sees("1 value works until you remove it. This can't be undone.").keys("Right Enter");
    app.sees("1 token removed").sees_no("has token");
    assert!(desk.verify(&value("carl-erecording")).is_err());
}

#[test]
fn r120_more_than_one_wants_the_word_and_names_what_else_goes() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 Enter n").text("carl-two").keys("PgDn f j f Ctrl-s").sees("only time");
    app.keys("Y Esc q f j Enter").sees("- eRecording").keys("! d");
    app.sees("Remove 2 tokens of Carl Clerk?").sees("carl-two goes, also Catalog");
    app.sees("2 values work until you remove them. This can't be undone.").sees("Type delete 2:");
    app.keys("Enter").sees("type 'delete 2' first").text("delete 2").keys("Enter");
    app.sees("2 tokens removed").sees_no("has token");
    assert!(desk.verify(&value("carl-erecording")).is_err());
    app.keys("Enter").sees("Carl Clerk holds no API tokens. n makes one");
}

#[test]
fn r120_a_request_is_cancelled_instead() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = selected(&desk, "j");
    app.keys("! d").sees("Nothing to remove (1 skipped: ").sees("ancel the request");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r121_cancel_takes_requests_only() {
    let desk = Desk::example();
    let mut app = selected(&desk, CARL_DORA);
    app.keys("m j j Enter").sees("Cancel 1 pending request of Dora Deputy?");
    app.sees("(1 skipped: not pending)").keys("Right Enter");
    app.sees("1 request cancelled: dora-erecording TKN-1000-0011 of Dora Deputy, 1 skipped (not pending)").sees_no("? Pending");
    assert!(app.line("Carl Clerk").contains("+ has token"));
}

#[test]
fn r121_r123_exported_values_and_open_requests_that_go_are_counted() {
    let desk = Desk::example();
    let mut app = exporting(&desk);
    app.keys("j Space Space ! g").sees("Generate and export 2 new tokens");
    app.sees("No existing token is replaced.").sees("1 pending request is replaced with it.");
    app.keys("Right Enter").text("generate 2").keys("Enter").sees("2 tokens generated");
    app.keys("A ! c").sees("Cancel 2 pending requests of Dora Deputy, Eve Examiner?");
    app.sees("2 exported values stop working. This can't be undone.").keys("Right Enter");
    app.sees("2 requests cancelled, 2 skipped (not pending)").sees_no("? Pending");
    let text = std::fs::read_to_string(&files(&desk)[0]).unwrap();
    let values = text.split(',').filter(|cell| cell.starts_with("tdk_"));
    assert_eq!(values.filter(|value| desk.verify(value).is_err()).count(), 2);
}

#[test]
fn r130_without_a_module_the_filter_opens() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat("kim");
    app.keys("2 j j m Enter").sees("Choose a module first").sees("Filters").sees_no("Cancel");
    // What was asked for goes on with the module, and asks about it.
    app.keys("j Enter").sees("- eRecording").sees("Request a token for Eve Examiner?");
    app.keys("Esc").sees("> Eve Examiner").sees("module:eRecording");
    // The first entry needs no more than Enter either.
    app.keys("F m Enter").sees("Choose a module first").keys("Enter").sees("- Catalog");
    app.sees("Request a token for Eve Examiner?").keys("Esc");
    for keys in ["! d", "! g"] {
        app.keys("F").keys(keys).sees("Choose a module first").keys("Esc");
    }
    assert_eq!(desk.statuses(), before);
}

#[test]
fn r131_without_a_selection_it_is_for_the_row_under_the_cursor() {
    let desk = Desk::example();
    let mut app = selected(&desk, "j j");
    app.keys("m").sees("Eve Examiner USR-0002-0003").keys("Enter");
    app.sees("Request a token for Eve Examiner?");
}

#[test]
fn r131_who_the_filter_hides_is_counted_and_named() {
    let desk = Desk::example();
    let mut app = selected(&desk, "Space j Space / kim Enter Space");
    app.keys("n").sees("2 hidden by the filter: Carl Clerk, Eve Examiner");
}

#[test]
fn a_dialog_for_users_starts_again_when_they_changed() {
    let desk = Desk::example();
    let mut app = selected(&desk, "A");
    app.keys("! d").sees("Remove carl-erecording");
    desk.act("kim", "delete", "carl-erecording");
    app.await_text("They changed meanwhile: nothing to remove").sees_no("Cancel");
}

#[test]
fn r126_the_owner_accepts_a_request_and_sees_its_value_once() {
    let desk = Desk::example();
    let mut kim = selected(&desk, "");
    let mut dora = desk.seat("dora");
    dora.keys("m").sees("Accept a").keys("j").sees("? Pending");
    dora.keys("Esc a").sees("This is the only time it is shown").sees("dora-erecording");
    kim.keys("Ctrl-r");
    assert!(kim.line("Dora Deputy").contains("+ has token"));
}

#[test]
fn r126_accepting_names_the_older_token_it_replaces() {
    let desk = Desk::example();
    selected(&desk, "").keys("n Right Enter").sees("1 token requested");
    let mut carl = desk.seat("carl");
    carl.keys("s Enter").sees("? Pending").keys("/ 2 Enter a").sees("Accept carl-erecording-2");
    carl.sees("It replaces carl-erecording TKN-1000-0010; its value stops working.");
    carl.keys("Enter").sees_no("It replaces").keys("a Right Enter");
    carl.sees("This is the only time it is shown");
    assert!(desk.verify(&value("carl-erecording")).is_err());
}

#[test]
fn r126_nobody_but_the_owner_accepts() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut kim = desk.seat("kim");
    kim.keys("/ dora Enter a").sees_no("only time").sees("no 12:00:00");
    let mut carl = desk.seat("carl");
    carl.keys("a").sees("no 12:00:00").keys("m").sees_no("Accept a");
    assert_eq!(desk.statuses(), before);
}

/// The screen of kim, with values to be written beside the store.
fn exporting(desk: &Desk) -> App {
    let folder = desk.path().parent().unwrap().to_owned();
    let options = Options { export_dir: folder, ..options() };
    let mut app = desk.seat_with("kim", &options, (160, 50));
    app.keys("2 f j Enter");
    app
}

/// The exported files beside the store.
fn files(desk: &Desk) -> Vec<PathBuf> {
    let folder = desk.path().parent().unwrap().to_owned();
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "csv")).collect()
}

#[test]
fn r123_r124_both_questions_say_what_is_replaced_and_the_second_wants_the_word() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = exporting(&desk);
    app.keys("Space j Space m G Enter");
    app.sees("Generate and export 2 new tokens for Carl Clerk, Eve Examiner?");
    app.sees("For eRecording, Full.").sees("api-tokens-ACC-0001-0003-TIME.csv");
    app.sees("This replaces 1 existing token; the old values stop working.").sees("> Cancel <");
    app.keys("Enter").sees_no("Generate and export").keys("! g Right Enter");
    app.sees("This replaces 1 existing token; the old values stop working.");
    app.sees("Type generate 2:").keys("Enter").sees("type 'generate 2' first");
    app.text("generate 3").keys("Enter").sees("type 'generate 2' first").keys("Esc");
    assert_eq!((desk.statuses(), files(&desk)), (before, vec![]));
}

#[test]
fn r122_r125_generate_and_export_writes_the_values_and_makes_both_pending() {
    let desk = Desk::example();
    let mut app = exporting(&desk);
    app.keys("Space j Space ! g Right Enter").text("generate 2").keys("Enter");
    app.sees("2 tokens generated").sees_no("selected");
    let [file] = &files(&desk)[..] else { panic!("one file: {:?}", files(&desk)) };
    app.sees(&format!(":{}", file.canonicalize().unwrap().display()));
    assert!(app.line("Carl Clerk").contains("? Pending"));
    assert!(app.line("Eve Examiner").contains("? Pending"));
    let mode = std::fs::metadata(file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(desk.verify(&value("carl-erecording")).is_err());
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<_> = text.lines().collect();
    assert_eq!(rows.len(), 3, "a head and two rows");
    assert_eq!(rows[0], "user_id,user_name,account,service,token_id,guid,token,expires_at");
    let name = file.file_name().unwrap().to_str().unwrap();
    assert_eq!(name, "api-tokens-ACC-0001-0003-20260310T120000Z.csv");
    for row in rows.iter().skip(1) {
        let token = row.split(',').find(|cell| cell.starts_with("tdk_")).unwrap();
        assert_eq!(desk.verify(token), Ok(()));
    }
    // The first use accepted them.
    app.keys("Ctrl-r");
    assert!(app.line("Eve Examiner").contains("+ has token"));
}

#[test]
fn r125_where_the_line_is_too_short_a_box_says_where_the_file_is() {
    let desk = Desk::example();
    let folder = desk.path().parent().unwrap().join("a-folder-with-a-long-name-for-the-handover");
    std::fs::create_dir(&folder).unwrap();
    let options = Options { export_dir: folder, ..options() };
    let mut app = desk.seat_with("kim", &options, (80, 24));
    app.keys("2 f j Enter Space ! g Right Enter").text("generate 1").keys("Enter");
    // The path runs over two lines, so its end shows that nothing was cut.
    app.sees("Report").sees("1 token generated: ").sees("Z.csv").keys("Esc").sees("? Pending");
}

#[test]
fn r125_where_the_file_cannot_be_written_no_token_changes() {
    let desk = Desk::example();
    let before = desk.statuses();
    let folder = desk.path().parent().unwrap().join("nowhere");
    let options = Options { export_dir: folder, ..options() };
    let mut app = desk.seat_with("kim", &options, (160, 50));
    app.keys("2 f j Enter A ! g Right Enter").text("generate 4").keys("Enter");
    app.sees("Could not generate").sees("no token was changed").sees("4 selected");
    assert_eq!(desk.statuses(), before);
    // The file that was tried on the way has a name that tells nobody anything.
    app.sees("nowhere").sees_no(".part");
}

#[test]
fn r125_a_message_that_is_cut_names_the_key_that_shows_all_of_it() {
    let desk = Desk::example();
    let folder = desk.path().parent().unwrap().join("a-folder-that-nobody-made-yet");
    let options = Options { export_dir: folder, ..options() };
    let mut app = desk.seat_with("kim", &options, (40, 12));
    app.keys("2 f j Enter A ! g Right Enter").text("generate 4").keys("Enter");
    app.sees("Could not generate").sees("M all");
    app.keys("M").sees("no token was changed");
    // Where it fits in a few rows all of it is there at once, and it stays.
    let mut app = desk.seat_with("kim", &options, (80, 24));
    app.keys("2 A ! g Right Enter").text("generate 4").keys("Enter");
    app.sees("Could not generate").sees("no token was changed").sees_no("M all");
}

#[test]
fn r126_the_footer_says_how_to_accept_what_waits_for_oneself() {
    let desk = Desk::example();
    desk.seat("kim").keys("/ dora Enter").sees("? Pending").sees_no("a accept");
    desk.seat("dora").sees("? Pending").sees("a accept").keys("a").sees("was accepted");
}

#[test]
fn r126_an_exported_value_is_accepted_by_its_owner_without_being_shown_again() {
    let desk = Desk::example();
    let mut app = exporting(&desk);
    app.keys("j j ! g Right Enter").text("generate 1").keys("Enter").sees("1 token generated");
    let mut eve = desk.seat("eve");
    eve.sees("? Pending").keys("a").sees("was accepted").sees("+ Active").sees_no("only time");
}
