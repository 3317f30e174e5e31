//! A backend with other facts than ours: its own columns are shown, sorted and written, and
//! no screen offers a column, filter, field or tab that it has not.

use std::sync::Arc;

use super::lacking::walk;
use crate::support::foreign::Foreign;
use crate::support::lacking::seat_with;
use crate::support::{App, Desk, options};

fn foreign(desk: &Desk) -> App {
    seat_with((desk, "rosa"), |inner| Arc::new(Foreign::new(inner)), &options(), (200, 40))
}

/// What no screen of a backend without it may offer.
const ABSENT: &[&str] = &[
    "Account",
    "account",
    "Superadmin",
    "GUID",
    "Expires",
    "Last access",
    "Modules",
    "Labels",
    "Audit trail",
    "Never",
    "Disabled",
    "Revoked",
];

fn offers_nothing_absent(app: &mut App, what: &str) {
    // The last line names commands, dimmed where they can't be given.
    let screen = app.screen();
    let screen: Vec<_> = screen.lines().collect();
    let screen = screen.split_last().unwrap().1.join("\n");
    for word in ABSENT {
        assert!(!screen.contains(word), "{what} offers {word}\n{screen}");
    }
}

#[test]
fn a_backend_with_columns_of_its_own_shows_and_sorts_them_and_offers_nothing_that_it_has_not() {
    let desk = Desk::example();
    let mut app = foreign(&desk);
    app.sees("SEATS").sees("LAST ROTATED").sees("ROOT").sees("* Unknown").sees("Night");
    app.sees("API tokens - All tokens").sees("25 Unknown");
    offers_nothing_absent(&mut app, "the list");
    // Choosing from columns, orders and filters.
    let named = |app: &mut App| app.screen().matches("Team<").count();
    let before = named(&mut app);
    app.keys("c").sees("Seats").sees("Last rotated");
    assert_eq!(named(&mut app), before + 1);
    offers_nothing_absent(&mut app, "columns");
    app.keys("Esc s").sees("Seats");
    assert_eq!(named(&mut app), before, "it can't be sorted by");
    offers_nothing_absent(&mut app, "orders");
    app.keys("Esc f").sees("Unknown").sees("Terms").sees_no("Unused for").sees_no("Inactive");
    app.keys("Esc #").sees("There is no filter 'guid' here");
}

#[test]
fn it_is_sorted_and_narrowed_by_what_it_has_and_by_nothing_else() {
    let desk = Desk::example();
    let mut app = foreign(&desk);
    app.text(":sort own:seats").keys("Enter").sees("SEATS ^");
    app.text(":sort -own:seats").keys("Enter").sees("SEATS v");
    app.text(":sort own:team").keys("Enter").sees("nothing to sort by here: name");
    app.keys("Esc").text(":sort expires").keys("Enter").sees("nothing to sort by here");
    app.keys("Esc").text(":filter exp<30d").keys("Enter").sees("There is no filter 'exp' here");
    app.keys("Esc").text(":filter status:active").keys("Enter").sees("no token is active here");
    app.keys("Esc").text(":filter status:").keys("Tab").sees("unknown").sees_no("scheduled");
}

#[test]
fn its_details_say_what_it_knows_and_its_forms_ask_for_what_it_takes() {
    let desk = Desk::example();
    let mut app = foreign(&desk);
    app.keys("Enter").sees("[General]").sees("Last rotated").sees("Night").sees_no("Dates");
    offers_nothing_absent(&mut app, "the details");
    app.keys("T").sees("General");
    offers_nothing_absent(&mut app, "the choice of tabs");
    app.keys("Esc Esc e").sees("Name").sees_no("Owner");
    offers_nothing_absent(&mut app, "the form that edits");
    app.keys("Esc Esc n").sees("Name").sees("Description").sees_no("Owner").sees_no("Scopes");
    offers_nothing_absent(&mut app, "the form for a new one");
}

#[test]
fn without_status_version_and_account_what_the_backend_can_is_asked_and_done() {
    let desk = Desk::example();
    let mut app = foreign(&desk);
    let first = app.line("* Unknown");
    // Its state refuses nothing, and there is no version to compare with.
    app.keys("-").sees("All tokens").keys("Right Enter").sees("API token bulk-01 was disabled");
    app.keys("e").text("x").keys("Ctrl-s").sees("API token bulk-01x was updated");
    assert_ne!(app.line("* Unknown"), first);
    app.keys("n").text("made-there").keys("Ctrl-s").sees("made-there");
    walk(&mut app, "other facts");
}

#[test]
fn columns_of_its_own_are_written_to_files() {
    let desk = Desk::example();
    let mut app = foreign(&desk);
    for (name, expected) in
        [("own.csv", ",seats,rotated,team,root\n"), ("own.json", "\"rotated\":\"20")]
    {
        let path = desk.path().with_file_name(name);
        app.text(&format!(":export {}", path.display())).keys("Enter").sees("25 tokens");
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(expected), "{text}");
        app.keys("Esc");
    }
}
