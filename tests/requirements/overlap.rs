//! Two values in force: what the details say of an overlap, and its early end (issue
//! 4, point 8).

use crate::support::{App, Desk, value};

/// robot-1 with a new value whose older one passes for another day, its details open.
fn overlapping(desk: &Desk) -> (App, String) {
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter r Tab Down Down Right Enter").sees("New value of robot-1");
    let screen = app.screen();
    let new = screen.lines().find(|line| line.starts_with("tdk_")).unwrap_or_default().to_owned();
    app.keys("Enter");
    (app, new)
}

#[test]
fn an_overlap_is_shown_with_both_values_and_its_end() {
    let desk = Desk::example();
    let (mut app, new) = overlapping(&desk);
    app.sees("+ Active old value passes too").sees("GUID");
    app.sees("Old value f5d70a36... passes until 2026-03-11 12:00:00 UTC (in 24 h) ! o drop");
    app.keys("Tab Tab").sees("Old value f5d70a36-5c9e-4ee4-8e25-60a7c4af9321 passes until");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    assert_eq!(desk.verify(&new), Ok(()));
}

#[test]
fn dropping_the_old_value_leaves_only_the_new_one_in_force() {
    let desk = Desk::example();
    let (mut app, new) = overlapping(&desk);
    app.keys("! o")
        .sees(&format!("Drop old value Acme ACC-0001-0001 {}", desk.title()))
        .sees("> Cancel <");
    app.sees("Are you sure you want to drop the old value of robot-1?").sees("TKN-1000-0001");
    app.sees("The old value f5d70a36 stops working now instead of on 2026-03-11 12:00:00 UTC.");
    app.sees("stays. Old value last used 2026-03-09, new one never. This can't be undone.")
        .keys("Enter");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    app.keys("! o Right Enter").sees("The old value of robot-1 was dropped");
    app.sees_no("Old value").sees_no("passes too");
    assert!(desk.verify(&value("robot-1")).is_err());
    assert_eq!(desk.verify(&new), Ok(()));
    app.keys("! o").sees("No older value is in force").sees_no("Cancel");
}

#[test]
fn where_no_older_value_passes_more_options_says_so() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter m").sees("Drop old value ! o No older value is in force");
    app.keys("Esc F Space Space ! o").sees("One token at a time: u clears the selection");
    let mut app = desk.seat("vic");
    app.keys("/ robot-1 Enter ! o").sees("Needs the manage_tokens permission");
}
