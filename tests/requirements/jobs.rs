//! Bulk work as jobs (issue 4, point 6), and the list in a file.

use std::os::unix::fs::PermissionsExt;

use crate::support::Desk;

#[test]
fn b_lists_bulk_work_with_its_result_and_its_report() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("b").sees("Jobs").sees("No jobs yet").keys("Esc");
    app.keys("/ bulk Enter A t Right Enter").sees("15 tokens disabled");
    app.keys("F / leaked Enter Space F / robot-1 Enter Space ! r Right Enter Right Enter");
    app.sees("1 token revoked: ").keys("b");
    app.sees("> Revoke").sees("Done 1 token revoked, 1 skipped").sees("Done 15 tokens disabled");
    app.sees("Ada Admin, 2026-03-10 12:00").keys("Enter").sees("Report");
    app.sees("Skipped Already revoked").sees("TKN-1000-0005 leaked-key");
    app.keys("Esc").sees_no("Report").keys("r").sees("It has ended already");
    app.keys("s").sees("It has ended already").keys("! a").sees("It has ended already");
    app.keys("Esc").sees_no("Jobs").sees("1-1 of 1");
}

#[test]
fn the_jobs_of_others_are_their_own_but_for_a_superadmin() {
    let desk = Desk::example();
    desk.seat("ada").keys("/ bulk Enter A t Right Enter").sees("15 tokens disabled");
    desk.seat("pia").keys("b").sees("No jobs yet");
    desk.seat("rosa").keys("b").sees("Disable 15 tokens").sees("Ada Admin");
}

#[test]
fn rights_that_change_elsewhere_are_noticed_without_a_key() {
    let desk = Desk::example();
    let mut app = desk.seat("ned");
    app.keys("/ robot-1 Enter m").sees("Disable t").sees_no("Needs the manage_tokens");
    desk.take_permission("ned");
    app.await_text("Disable t Needs the manage_tokens permission");
}

#[test]
fn the_rows_that_are_listed_are_written_to_a_file() {
    let desk = Desk::example();
    let csv = desk.path().with_file_name("robots.csv");
    let mut app = desk.seat("ada");
    app.keys("/ rob Enter :").text(&format!("export {}", csv.display())).keys("Enter");
    app.sees("2 tokens written to").sees("robots.csv");
    let text = std::fs::read_to_string(&csv).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("id,name,description,status,guid,"), "{text}");
    assert!(lines[1].starts_with("TKN-1000-0001,robot-1,Moves parts between plants,"), "{text}");
    assert_eq!(lines.len(), 3);
    assert_eq!(std::fs::metadata(&csv).unwrap().permissions().mode() & 0o777, 0o600);
    app.keys(":").text(&format!("export {}", csv.display())).keys("Enter");
    app.sees("exists already and is left as it is");
    assert_eq!(std::fs::read_to_string(&csv).unwrap(), text);
}

#[test]
fn a_list_in_json_has_the_same_fields_as_one_in_csv() {
    let desk = Desk::example();
    let json = desk.path().with_file_name("robots.json");
    let mut app = desk.seat("ada");
    app.keys("/ robot-2 Enter :").text(&format!("export {}", json.display())).keys("Enter");
    app.sees("1 token written to");
    let rows: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&json).unwrap()).unwrap();
    assert_eq!(rows[0]["id"], "TKN-1000-0002");
    assert_eq!(rows[0]["access"], "Catalog Full, Orders Read, Billing Full");
}

#[test]
fn a_file_that_cannot_be_is_said_and_what_was_typed_stays() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys(":").text("export robots.txt").keys("Enter");
    app.sees("let its name end in .csv or .json").sees(":export robots.txt").keys("Esc M");
    app.sees(":export robots.txt: let its name end in .csv or .json").keys("Esc");
    app.keys(":").text("export /nowhere/robots.csv").keys("Enter");
    app.sees(
        "Could not export the list: cannot write: there is no such folder: '/nowhere/robots.csv'",
    );
}
