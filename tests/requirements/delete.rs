//! Delete, one token at a time, and cancelling a request (R64, R66).

use crate::support::{App, Desk, value};

fn at(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn r066_delete_asks_once_and_the_token_leaves_the_list() {
    let desk = Desk::example();
    let mut app = at(&desk, "bulk-01");
    app.keys("! d").sees("Are you sure you want to delete bulk-01?");
    app.sees("Its value works until you delete it. This can't be undone.");
    app.keys("Enter").sees("bulk-01 + Active");
    app.keys("! d Right Enter").sees("API token bulk-01 was deleted").keys("F");
    app.sees("1-10 of 20").sees_no("bulk-01");
    assert!(desk.verify(&value("bulk-01")).is_err());
}

#[test]
fn r066_the_dialog_says_that_a_value_does_not_work_any_more() {
    let desk = Desk::example();
    let mut app = at(&desk, "leaked-key");
    app.keys("! d").sees("Its value does not work now.").keys("Right Enter");
    app.sees("API token leaked-key was deleted").sees("No tokens match");
}

#[test]
fn r066_deleting_from_the_details_leaves_them() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &crate::support::options(), (80, 24));
    app.keys("Enter ! d Right Enter").sees("API token bulk-01 was deleted").sees_no("[General]");
    app.sees("1-10 of 20");
}

#[test]
fn r066_a_deleted_token_is_selected_no_longer() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Space k").sees("1 selected").keys("Enter ! d Right Enter");
    app.sees("API token bulk-01 was deleted").sees_no("selected");
    // And not even unseen: the next one is the first.
    app.keys("Space").sees("1 selected").sees("* bulk-02");
    app.keys("A").sees("20 selected");
}

#[test]
fn r064_revoking_a_request_cancels_it() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("/ dora Enter ! r").sees("Cancel request");
    app.sees("Are you sure you want to cancel the request for dora-erecording?");
    app.keys("Enter").sees("? Pending");
    app.keys("! r Right Enter").sees("The request for dora-erecording was cancelled");
    app.sees("No tokens match");
}

#[test]
fn b34_the_question_says_how_long_the_value_works() {
    let desk = Desk::example();
    let mut app = at(&desk, "robot-1");
    app.keys("! d").sees("Its value works until you delete it. This can't be undone.");
    app.sees_no("still works").keys("Esc");
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter A F ! d").sees("Their values work until you delete them;");
    app.keys("Esc / leaked Enter Space F ! d").sees("2 of 3 values work until you delete them;");
    app.keys("Esc u / leaked Enter Space F ! d").sees("Its value does not work now;");
}
