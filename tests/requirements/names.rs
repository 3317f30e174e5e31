//! Names that look alike, and labels, on screen.

use crate::support::{App, Desk};

/// robot-1 with a Cyrillic o.
const LIKE: &str = "r\u{43e}bot-1";

/// A new token of this name, with all that must be filled in, saved.
fn made(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat_with("ada", &crate::support::options(), (120, 40));
    app.keys("n").text(name).keys("Tab Tab Tab Tab Space PgDn r PgUp Ctrl-s");
    app
}

#[test]
fn a18_a_saved_look_alike_is_said_and_marked_in_questions() {
    let desk = Desk::example();
    let mut app = made(&desk, LIKE);
    app.sees("New value of").keys("c Esc");
    app.keys("M").sees("Its name looks like that of 'robot-1' (TKN-1000-0001) of Acme").keys("Esc");
    app.keys("/").text("robot-1").keys("Enter ! r");
    app.sees("Are you sure you want to revoke robot-1?");
    app.sees(&format!("Its name looks like that of '{LIKE}'"));
    app.keys("Esc /").keys("Ctrl-u").text("robot-2").keys("Enter ! r");
    app.sees("revoke robot-2?").sees_no("looks like");
    app.keys("Esc /").keys("Ctrl-u").text("bot-1").keys("Enter A ! r");
    app.sees("2 look like others by name");
}

#[test]
fn e03_labels_are_one_line_of_the_form_and_of_the_details() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &crate::support::options(), (120, 40));
    app.keys("/").text("robot-2").keys("Enter e S-Tab S-Tab S-Tab").sees(">Labels");
    app.text("team").keys("Tab S-Tab").sees("Write a label as NAME=TEXT");
    app.text("=pay, place=vault").sees_no("Write a label");
    app.keys("PgDn PgDn").sees("- -> place=vault, team=pay");
    app.keys("Ctrl-s").sees("API token robot-2 was updated");
    app.keys("Enter").sees("Labels place=vault, team=pay");
    app.keys("e").sees("place=vault, team=pay");
}
