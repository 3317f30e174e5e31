//! Rotation with an overlap on screen: any length of it, and the tokens of accounts many at
//! once, whose new values go into a file (A13).

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use tokendeck::tui::options::Options;

use crate::support::{App, Desk, options, value};

/// A screen that proposes files beside the store.
fn seat(desk: &Desk, login: &str) -> App {
    let folder = desk.path().parent().unwrap().canonicalize().unwrap();
    let options = Options { export_dir: folder, ..options() };
    desk.seat_with(login, &options, (160, 50))
}

fn file(desk: &Desk) -> PathBuf {
    let folder = desk.path().parent().unwrap().canonicalize().unwrap();
    folder.join("api-tokens-20260310T120000Z.csv")
}

#[test]
fn a13_any_overlap_is_typed_and_a_bare_m_is_refused() {
    let desk = Desk::example();
    let old = value("robot-1");
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter r").sees("( ) other, up to 90d").keys("Tab").text("10m");
    app.sees("(o) other: 10m_").sees("m may be minutes or months: write 30min for minutes");
    app.keys("Right Enter").sees("m may be minutes or months").sees_no("New value");
    for (typed, said) in [("91d", "at most 90d"), ("0h", "write none"), ("x", "write none, or")] {
        app.keys("Ctrl-u").text(typed).keys("Enter").sees(said).sees_no("New value");
    }
    app.keys("Ctrl-u").text("36h").sees("The old value stops working on 2026-03-12 00:00 UTC.");
    app.keys("Enter").sees("New value of robot-1");
    assert_eq!(desk.verify(&old), Ok(()));
    app.keys("Enter").sees("passes until 2026-03-12 00:00:00 UTC (in 36 h)");
    app.sees("old value last used 2026-03-09, new one never");
}

#[test]
fn a13_selected_tokens_of_accounts_get_new_values_in_a_file() {
    let desk = Desk::example();
    let old = value("bulk-01");
    let mut app = seat(&desk, "ada");
    app.keys("/ bulk Enter A r").sees("Regenerate 15 tokens").sees("(o) 6 months");
    app.sees(&format!("File {}", file(&desk).display())).sees("> Cancel <");
    app.keys("Tab").text("2d").sees("The old values stop working in 2d.").keys("Right Enter");
    app.sees("15 tokens get new values. This can't be undone.").sees("Type regenerate 15:");
    app.sees("They expire 2026-09-10. The old values stop working in 2d.");
    app.sees(&format!("File {}", file(&desk).display()));
    app.sees("It holds the new values in the clear, for you alone: keep it safe.");
    app.keys("Enter").sees("type 'regenerate 15' first");
    assert!(!file(&desk).exists());
    app.text("regenerate 15").keys("Enter").sees("15 tokens regenerated: ");
    app.sees_no("selected");
    let mode = std::fs::metadata(file(&desk)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = std::fs::read_to_string(file(&desk)).unwrap();
    let new: Vec<_> = text.split([',', '\n']).filter(|cell| cell.starts_with("tdk_")).collect();
    assert_eq!(new.len(), 15);
    assert!(new.iter().all(|value| desk.verify(value).is_ok()));
    assert_eq!(desk.verify(&old), Ok(()), "the old one passes two days more");
    app.sees_no("tdk_").keys("b Enter").sees_no("tdk_");
}

#[test]
fn a13_tokens_of_users_are_skipped_and_named() {
    let desk = Desk::example();
    let mut app = seat(&desk, "rosa");
    for name in ["robot-1", "carl-erecording"] {
        app.keys("/").text(name).keys("Enter Space F");
    }
    app.keys("m").sees("Regenerate 2 tokens r").keys("r").sees("Regenerate 1 token");
    app.sees("(1 skipped: has an owner: use generate & export)").sees("Skipped: carl-erecording");
    app.keys("Tab Tab Ctrl-u Right Enter").sees("Say where the new values go: a new file");
    app.text(&file(&desk).display().to_string())
        .keys("Enter")
        .sees("1 token gets a new value. This");
    app.keys("Enter").sees_no("This can't").sees("2 selected");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    app.keys("r Right Enter Right Enter")
        .sees("1 token regenerated: robot-1 TKN-1000-0001, 1 skipped (has an owner");
    assert!(desk.verify(&value("robot-1")).is_err());
    assert_eq!(desk.verify(&value("carl-erecording")), Ok(()));
}

#[test]
fn a13_a_file_that_is_there_is_not_written_over_and_nothing_changes() {
    let desk = Desk::example();
    let before = desk.statuses();
    std::fs::write(file(&desk), "mine").unwrap();
    let mut app = seat(&desk, "ada");
    app.keys("Space Space r Right Enter").text("regenerate 2").keys("Enter");
    app.sees("Could not regenerate tokens").sees("no token was changed").sees("2 selected");
    assert_eq!(std::fs::read_to_string(file(&desk)).unwrap(), "mine");
    assert_eq!(desk.statuses(), before);
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
}

#[test]
fn a13_one_selected_token_shows_its_value_and_members_are_refused() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter Space k r").sees("Regenerate robot-1").sees_no("File");
    let mut app = desk.seat("vic");
    app.keys("Space Space r").sees("Needs the manage_tokens permission").sees_no("Cancel");
}
