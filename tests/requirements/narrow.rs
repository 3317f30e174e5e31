//! Long names, reasons and messages in small windows: what the next key hangs on is what
//! stays.

use tokendeck::domain::Settings;
use tokendeck::wire::{Edit, Run};

use crate::support::desk::runtime;
use crate::support::server::{Mood, remote};
use crate::support::{App, Desk, options};

/// As long as a name may be, and told from its kin by its end alone.
const LONG: &str = "payments-settlement-reconciliation-batch-eu-west-prod-000017";

/// A desk at which robot-1 has that name.
fn desk() -> Desk {
    let desk = Desk::example();
    let runtime = runtime();
    let backend = desk.backend(&runtime, "pia");
    runtime.block_on(async {
        let token = backend.show("robot-1".to_owned()).await.unwrap().token;
        let settings = Settings { name: LONG.to_owned(), ..Settings::of(&token) };
        let edit = Edit { version: token.version, settings, new_value: false, guid: None };
        backend.edit(token.id, edit, Run::Real).await.unwrap();
    });
    drop(backend);
    desk
}

fn at(desk: &Desk, size: (u16, u16)) -> App {
    let mut app = desk.seat_with("ada", &options(), size);
    app.keys("/ payments Enter");
    app
}

#[test]
fn b23_details_of_a_long_name_show_id_and_status_and_the_end_of_the_name() {
    let desk = desk();
    for size in [(80, 24), (40, 12)] {
        let mut app = at(&desk, size);
        app.keys("Enter");
        let line = app.line("TKN-1000-0001  + Active");
        let name = line.split_whitespace().next().unwrap();
        assert!(name.starts_with("pay") && name.contains('~') && name.ends_with("017"), "{line}");
    }
}

#[test]
fn b23_the_menu_names_the_token_and_its_whole_reason() {
    let desk = desk();
    for size in [(80, 24), (40, 12)] {
        let mut app = at(&desk, size);
        let line = app.keys("m").line("TKN-1000-0001  + Active");
        assert!(line.contains('~') && line.contains("017  TKN"), "{line}");
        app.keys("Esc F / leaked Enter m");
        app.sees("TKN-1000-0005 x Revoked");
        // Wherever the cursor is, the reason of that entry can be read.
        for _ in 0..4 {
            let screen = app.screen();
            let line = screen.lines().find(|line| line.trim_start().starts_with("> ")).unwrap();
            if line.contains("Regenerate") {
                break;
            }
            app.keys("j");
        }
        app.sees("Revoked tokens cannot be regenerated");
    }
}

#[test]
fn b23_a_question_names_the_whole_token_and_its_status() {
    let desk = desk();
    for size in [(80, 24), (40, 12)] {
        let mut app = at(&desk, size);
        app.keys("! r");
        let words = app.screen().split_whitespace().collect::<String>();
        assert!(words.contains(LONG), "{}", app.screen());
        app.sees("TKN-1000-0001 + Active");
    }
}

#[test]
fn b23_a_long_message_wraps_and_stays_until_a_key() {
    let desk = Desk::example();
    for size in [(80, 24), (40, 12)] {
        let mut app = desk.seat_with("ada", &options(), size);
        app.keys("/ robot-1 Enter :").text("export no-such-folder-at-all/of-any-kind/list.csv");
        app.keys("Enter").sees("there is no such folder");
        let before = app.screen();
        app.pass(std::time::Duration::from_mins(1));
        assert_eq!(app.screen(), before);
        app.keys("j").sees_no("no such folder");
    }
}

#[test]
fn b23_what_comes_of_a_long_name_keeps_its_end_and_its_id() {
    let desk = desk();
    for size in [(80, 24), (40, 12)] {
        let mut app = at(&desk, size);
        app.keys("Space k m").sees("017 TKN-1000-0001 selected");
        app.keys("Esc u y y");
        assert!(app.line("GUID of").trim_end().ends_with("017"), "{}", app.screen());
        app.keys("Esc Enter").sees("Last access 2026-03-09 20:22").sees("TKN-1000-0001 + Active");
        app.keys("r Right Enter");
        let line = app.line("New value of");
        assert!(line.trim_end().ends_with("017"), "{}", app.screen());
        app.keys("Right Enter Esc Esc");
        let title = app.keys("2").screen();
        assert!(title.lines().next().unwrap().contains("Users"), "{title}");
    }
}

#[test]
fn b23_advice_that_has_no_room_in_its_row_is_told_in_full() {
    let desk = Desk::example();
    for size in [(80, 24), (40, 12)] {
        let (mut app, moods) = remote(&desk, &options(), size);
        app.keys("/ robot-1 Enter ! r Right Enter Right");
        moods.set(Mood::Down);
        app.keys("Enter w").sees("Not done; waits for you: retry, keep trying or dismiss");
    }
}

#[test]
fn b23_a_reason_that_has_no_room_behind_a_hidden_value_stands_under_it() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (40, 24));
    app.keys("/ leaked-key Enter Enter").sees("3d769fd8-917f-47ed-aa6d-6");
    app.keys("j j j j j j").sees("Value no longer exists");
}
