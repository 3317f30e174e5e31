//! Commands of the operator's own, and reports: by keys and by name.

use std::fs;

use tokendeck::tui::{Keymap, Options, OwnCommand, OwnCommands, OwnEnd, OwnGround};

use crate::support::{App, Desk, options};

fn command(name: &str, key: Option<&str>) -> OwnCommand {
    OwnCommand {
        name: name.to_owned(),
        key: key.map(str::to_owned),
        run: vec!["open-ticket".to_owned(), "--queue".to_owned(), "leaks".to_owned()],
        description: "open a ticket".to_owned(),
        on: OwnGround::Selection,
        confirm: true,
        wait: true,
    }
}

fn at_with(desk: &Desk, commands: Vec<OwnCommand>, read_only: bool) -> App {
    let own = OwnCommands(commands);
    let keymap = Keymap::default().with_own(&own).unwrap();
    let options = Options { own, keymap, read_only, ..options() };
    desk.seat_with("ada", &options, (100, 30))
}

fn variable(app: &App, name: &str) -> String {
    let (_, environment) = app.lent().pop().unwrap();
    environment.into_iter().find(|(known, _)| known == name).unwrap().1
}

#[test]
fn a_command_of_ones_own_is_asked_first_and_gets_ids_and_names() {
    let desk = Desk::example();
    let mut app = at_with(&desk, vec![command("ticket", Some("! t"))], false);
    app.keys("/").text("robot-1").keys("Enter");
    app.keys("! t")
        .sees("Run ticket")
        .sees("Run open-ticket --queue leaks on robot-1 TKN-1000-0001?");
    app.keys("Enter").sees_no("Run ticket");
    assert_eq!(app.lent(), []);
    app.keys("! t Right Enter").sees("ok  12:00:00  ticket is done");
    let (words, _) = app.lent().pop().unwrap();
    assert_eq!(words, ["open-ticket", "--queue", "leaks"]);
    assert_eq!(variable(&app, "TOKENDECK_IDS"), "TKN-1000-0001");
    assert_eq!(variable(&app, "TOKENDECK_NAMES"), "robot-1");
    assert_eq!(variable(&app, "TOKENDECK_ACCOUNTS"), "ACC-0001-0001");
    assert!(!variable(&app, "TOKENDECK_BACKEND").is_empty());
}

#[test]
fn it_is_run_on_the_selection_and_by_its_name() {
    let desk = Desk::example();
    let mut app = at_with(&desk, vec![command("ticket", None)], false);
    app.keys("/").text("robot").keys("Enter Space Space").keys(":").text("ticket").keys("Enter");
    app.sees("on 2 tokens: robot-1, robot-2?").keys("Right Enter").sees("ticket is done");
    assert_eq!(variable(&app, "TOKENDECK_NAMES"), "robot-1\nrobot-2");
    assert_eq!(variable(&app, "TOKENDECK_IDS"), "TKN-1000-0001\nTKN-1000-0002");
    // One that is for a row is for the one under the cursor, and for no other.
    let row = OwnCommand { on: OwnGround::Row, ..command("look", Some("Ctrl-o")) };
    let mut app = at_with(&desk, vec![row], false);
    app.keys("/").text("robot").keys("Enter Space Ctrl-o").sees("One token at a time");
    assert_eq!(app.lent(), []);
}

#[test]
fn one_that_asks_nothing_is_run_at_once_and_how_it_ended_is_told() {
    let desk = Desk::example();
    let quick = OwnCommand { confirm: false, ..command("quick", Some("Ctrl-o")) };
    let mut app = at_with(&desk, vec![quick], false);
    app.lends_to(Ok(OwnEnd::Code(3))).keys("Ctrl-o").sees("quick ended with 3");
    app.lends_to(Ok(OwnEnd::Signal(2))).keys("Ctrl-o").sees("quick was ended by signal 2");
    app.lends_to(Err("'open-ticket': not there".to_owned())).keys("Ctrl-o");
    app.sees("Could not run quick: 'open-ticket': not there");
    assert_eq!(app.lent().len(), 3);
}

#[test]
fn with_read_only_none_is_run_and_the_help_names_each() {
    let desk = Desk::example();
    let mut app = at_with(&desk, vec![command("ticket", Some("Ctrl-o"))], true);
    app.keys("Ctrl-o").sees_no("Run ticket");
    app.keys(":").text("ticket").keys("Enter").sees_no("Run ticket");
    assert_eq!(app.lent(), []);
    app.keys("Esc Esc ?");
    while !app.has("Ctrl-o :ticket open a ticket") {
        let before = app.screen();
        app.keys("PgDn");
        assert_ne!(app.screen(), before, "the help has no line for it");
    }
}

#[test]
fn a_report_is_written_by_a_key_for_the_row_and_the_selection() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    let file = desk.path().with_file_name("report.md");
    app.keys("/").text("robot-1").keys("Enter W").sees(":report ").sees("report-TKN-1000-0001.md");
    app.keys("Ctrl-u").text(&format!("report {}", file.display())).keys("Enter");
    app.sees("Report on 1 token written to");
    let report = fs::read_to_string(&file).unwrap();
    assert!(report.starts_with("# Report on the API token robot-1\n"), "{report}");
    let file = desk.path().with_file_name("report.json");
    app.keys("/").text("robot").keys("Enter Space Space W").sees("report-2-tokens.md");
    app.keys("Ctrl-u").text(&format!("report {}", file.display())).keys("Enter");
    app.sees("Report on 2 tokens written to");
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(report["summary"]["tokens"], 2);
    // What an Admin may not read is said, and never left out in silence.
    assert!(report["chain"].is_object(), "{report}");
    app.keys("W").keys("Ctrl-u").text("report x.txt").keys("Enter");
    app.sees("let its name end in .md or .json");
}
