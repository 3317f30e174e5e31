//! The query language on the filter line, in the form, and by every door.

use std::process::Command;

use serde_json::Value;
use tokendeck::domain::{Query, Window};
use tokendeck::tui::{Options, PageSize};

use crate::support::desk::{Door, NOW, runtime};
use crate::support::{App, Desk, options};

/// A command on the store of the desk.
fn command(desk: &Desk, login: &str, arguments: &[&str]) -> String {
    let ran = Command::new(env!("CARGO_BIN_EXE_tokendeck"))
        .env_clear()
        .env("HOME", desk.path().parent().unwrap())
        .env("TOKENDECK_STORE", desk.path())
        .args(arguments)
        .args(["--as", login, "--now", NOW, "--yes"])
        .output()
        .unwrap();
    let (out, err) =
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    assert!(ran.status.success(), "{arguments:?}: {err}");
    out
}

/// The names in the rows of the list, from the first on screen.
fn rows(app: &mut App) -> Vec<String> {
    let screen = app.screen();
    let rows = screen.lines().skip(3).take_while(|line| !line.contains(" of ") && !line.is_empty());
    let name = |line: &str| {
        line.trim_start_matches(['>', ' ']).split_whitespace().next().map(str::to_owned)
    };
    rows.filter_map(name).collect()
}

/// Zed made two tokens, of which one is disabled; dora, who has a request, is out of service.
fn store(desk: &Desk) {
    command(
        desk,
        "rosa",
        &[
            "catalog",
            "add",
            "user",
            "zed",
            "--role",
            "admin",
            "--account",
            "Cedar County",
            "--manage-tokens",
        ],
    );
    for name in ["zed-1", "zed-2"] {
        let made =
            ["token", "create", name, "--account", "Cedar County", "--module", "eRecording=read"];
        command(desk, "zed", &made);
    }
    let bills = ["token", "create", "bills", "--account", "Acme", "--module", "Billing=full"];
    command(desk, "ada", &[&bills[..], &["--scope", "North plant", "--disabled"]].concat());
    command(desk, "rosa", &["token", "disable", "zed-2"]);
    command(desk, "rosa", &["user", "disable", "dora"]);
}

const SHOWN: [(&str, &[&str]); 7] = [
    ("level:Billing=full -status:active", &["bills"]),
    ("never owner-disabled", &["dora-erecording"]),
    ("level:Billing=full status:active", &["robot-2"]),
    ("level:Billing=any -status:active", &["bills", "old-report"]),
    ("by:zed", &["zed-1", "zed-2"]),
    ("never -by:ada", &["dora-erecording", "platform-audit", "sync-agent", "zed-1", "zed-2"]),
    ("created<2026-01-01", &["leaked-key", "nightly-export", "old-report", "platform-audit"]),
];

#[test]
fn a11_the_same_rows_by_command_by_http_and_on_the_filter_line() {
    #[cfg(feature = "server")]
    let doors = [Door::Local, Door::Remote];
    #[cfg(not(feature = "server"))]
    let doors = [Door::Local];
    for door in doors {
        let desk = Desk::example_by(door);
        store(&desk);
        let options = Options { page_size: PageSize::Rows(20), ..options() };
        let mut app = desk.seat_with("rosa", &options, (100, 40));
        for (filter, wanted) in SHOWN {
            let list = command(&desk, "rosa", &["token", "list", "-o", "json", "--filter", filter]);
            let list: Value = serde_json::from_str(&list).unwrap();
            let names: Vec<_> = list["tokens"].as_array().unwrap().iter().collect();
            let names: Vec<_> = names.iter().map(|row| row["name"].as_str().unwrap()).collect();
            assert_eq!(names, wanted, "{filter} by command");

            let runtime = runtime();
            let backend = desk.backend(&runtime, "rosa");
            let query = Query { filter: filter.to_owned(), ..Query::default() };
            let page =
                runtime.block_on(backend.list(query, Window { offset: 0, limit: 99 })).unwrap();
            let names: Vec<_> = page.tokens.iter().map(|view| view.token.name.as_str()).collect();
            assert_eq!(names, wanted, "{filter} by {door:?}");

            app.keys(":").text(&format!("filter {filter}")).keys("Enter").sees(filter);
            assert_eq!(rows(&mut app), wanted, "{filter} on the filter line");
        }
    }
}

#[test]
fn a11_a_wrong_term_is_told_where_it_is_typed() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys(":").text("filter levle:Billing=full").keys("Enter").sees("did you mean 'level:'?");
    app.keys("Ctrl-u").text("filter module:Nowhere").keys("Enter").sees("no module 'Nowhere' here");
    app.keys("Ctrl-u").text("filter -never robot").keys("Enter").sees("-never robot");
    assert_eq!(rows(&mut app), ["robot-2"]);
    app.keys("F").sees("of 21");
}

#[test]
fn a11_the_form_takes_terms_and_ticks_those_it_has_an_entry_for() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f G k k k").text("level:*=full -never").keys("Enter").sees("level:*=full -never");
    assert_eq!(rows(&mut app), ["robot-2"]);
    app.keys("f G k k k")
        .sees("level:*=full -never")
        .keys("Delete Enter")
        .sees_no("level:")
        .sees("of 21");
    app.keys("f G k k k").text("nope:1").keys("Enter").sees("'nope:1' is not a filter");
    app.keys("Esc F :").text("filter status:active exp<9m -by:ned").keys("Enter");
    app.sees("status:active exp<9m -by:ned")
        .keys("f")
        .sees("[x] Active")
        .keys("G k k k")
        .sees("-by:ned");
    app.keys("Enter").sees("status:Active  exp<9m  -by:ned");
    assert_eq!(rows(&mut app), ["robot-2"]);
}

#[test]
fn a12_the_search_looks_everywhere_and_marks_what_it_found_elsewhere() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ 1000-0003 Enter")
        .sees("nightly-export (id)")
        .sees("1-1 of 1")
        .sees("text:1000-0003");
    app.keys("/").text("moves").keys("Enter").sees("robot-1 (description)").sees("1-1 of 1");
    app.keys("/").text("robot").keys("Enter").sees("robot-1").sees_no("(description)");
    app.keys("/").text("-robot").keys("Enter").sees("No tokens match text:-robot");
    let mut kim = desk.seat("kim");
    kim.keys("1 /").text("clerk").keys("Enter").sees("carl-erecording (owner)");
}
