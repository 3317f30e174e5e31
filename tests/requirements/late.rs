//! Answers that are late or do not come: what is on screen stays of one answer, and what
//! is open stays open, so that a key means what its reader took it for.

use std::time::Duration;

use ratatui::style::Modifier;

use crate::support::server::{Mood, remote, remote_of};
use crate::support::{App, Desk, options};

const SIZE: (u16, u16) = (160, 50);

/// The style in which the first letter of a row's word is drawn.
fn is_dim(app: &mut App, row: &str, word: &str) -> bool {
    let (line, buffer) = (app.line(row), app.buffer());
    let place = app.screen().lines().position(|shown| shown == line).unwrap();
    let column = line.find(word).unwrap();
    let cell = &buffer[(u16::try_from(column).unwrap(), u16::try_from(place).unwrap())];
    cell.modifier.contains(Modifier::DIM) || cell.fg == ratatui::style::Color::DarkGray
}

#[test]
fn b11_the_filter_line_and_the_rows_are_of_one_answer() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ rob Enter").sees("text:rob").sees("1-2 of 2");
    moods.set(Mood::Slow);
    app.meanwhile("F").sees("text:rob").sees("1-2 of 2").sees_no("bulk-01");
    assert!(!is_dim(&mut app, "robot-1", "TKN-"), "{}", app.screen());
    // From the first second on it is said what is waited for, and the rows are dim.
    app.tick(Duration::from_secs(2)).sees("text:rob").sees("1-2 of 2");
    app.sees("all of Acme ACC-0001-0001: waiting for team ... 2 s");
    assert!(is_dim(&mut app, "robot-1", "TKN-"), "{}", app.screen());
    assert!(is_dim(&mut app, "robot-1", "Active"), "{}", app.screen());
    app.pass(Duration::from_secs(4)).sees_no("text:rob").sees("11-20 of 21").sees("bulk-11");
    assert!(!is_dim(&mut app, "bulk-11", "TKN-"), "{}", app.screen());
}

#[test]
fn b11_the_title_and_the_rows_are_of_one_account() {
    let desk = Desk::example();
    let (mut app, moods) = remote_of("rosa", &desk, &options(), SIZE);
    app.keys("o a c m Enter").sees("API tokens - Acme").sees("bulk-01");
    moods.set(Mood::Slow);
    // No row of another account stays: the selection and the details go with them.
    app.meanwhile("o b o r Enter").sees("API tokens - Borealis").sees_no("bulk-01");
    app.tick(Duration::from_secs(2)).sees("API tokens - Borealis").sees("Reading the tokens");
    app.sees("waiting for team ... 2 s").sees_no("of 21").sees_no("bulk-01");
    app.pass(Duration::from_secs(4)).sees("API tokens - Borealis").sees("sync-agent");
    app.sees_no("bulk-01").sees_no("Acme");
}

#[test]
fn b11_the_order_the_header_tells_is_the_order_of_the_rows() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.sees("NAME ^");
    moods.set(Mood::Slow);
    app.meanwhile("s Enter").tick(Duration::from_secs(2)).sees("NAME ^").sees_no("NAME v");
    app.pass(Duration::from_secs(4)).sees("NAME v").sees("summer-batch");
}

#[test]
fn b11_users_too_are_of_one_answer() {
    let desk = Desk::example();
    let (mut app, moods) = remote_of("kim", &desk, &options(), SIZE);
    app.keys("2").sees("Carl Clerk").sees("Users - Cedar County").keys("/ dor Enter");
    app.sees("find:dor").sees_no("Carl Clerk");
    moods.set(Mood::Slow);
    app.meanwhile("F").tick(Duration::from_secs(2)).sees("find:dor").sees_no("Carl Clerk");
    app.sees("waiting for team ... 2 s");
    assert!(is_dim(&mut app, "Dora Deputy", "USR-"), "{}", app.screen());
    app.pass(Duration::from_secs(4)).sees_no("find:dor").sees("Carl Clerk");
}

#[test]
fn b12_the_open_list_of_jobs_stays_where_the_server_dies_and_says_its_age() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ bulk Enter A ! r").text("revoke 15").keys("Enter").sees("15 tokens revoked");
    app.keys("b").sees("Jobs").sees("Revoke 15 tokens").sees_no("as of");
    moods.set(Mood::Down);
    app.keys("Ctrl-r").sees("Jobs no answer since 12:00:0").sees(", as of 12:00:0");
    app.sees("Revoke 15 tokens");
    // A key that means something in this list still does, and nothing else.
    app.keys("j").sees("> Revoke 15 tokens").sees("Jobs");
    moods.set(Mood::Well);
    app.keys("Ctrl-r").sees("Jobs").sees("Revoke 15 tokens").sees_no("no answer since");
}

#[test]
fn b12_a_list_of_jobs_that_was_never_read_says_why() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    moods.set(Mood::Down);
    app.keys("b Ctrl-r").sees("Jobs");
    moods.set(Mood::Well);
    app.keys("Ctrl-r").sees("No jobs yet");
}

#[test]
fn b12_a_question_about_what_is_no_longer_so_stays_and_takes_the_keys() {
    let desk = Desk::example();
    let mut ada = desk.seat_with("ada", &options(), (80, 24));
    ada.keys("/ bulk-0 Enter A ! r").sees("Revoke 9 tokens").text("revo");
    let mut pia = desk.seat("pia");
    pia.keys("/ bulk-0 Enter A ! r").text("revoke 9").keys("Enter").sees("9 tokens revoked");
    ada.await_text("They changed meanwhile: no tokens to revoke");
    // The rest of the word, and Enter, fall on the box: no form, no menu, no details.
    ada.text("ke 9").sees("They changed meanwhile").sees_no("[Save]").sees_no("Backend");
    ada.pass(Duration::from_millis(400)).keys("Enter").sees_no("Close").sees_no("[General]");
}
