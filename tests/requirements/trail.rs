//! The audit trail of everything: a screen of its own.

use std::fs;

use tokendeck::tui::{Options, PageSize};

use crate::support::{App, Desk, Door};

const SMALL: (u16, u16) = (80, 24);

fn options() -> Options {
    Options { page_size: PageSize::Auto, ..crate::support::options() }
}

/// A server knows of the credential with which the operator came: one event more, the newest.
fn newer() -> usize {
    usize::from(matches!(crate::DOOR, Door::Remote))
}

/// "53 events", and as many more as there are.
fn events(count: usize) -> String {
    format!("{} events", count + newer())
}

/// "of 53", likewise.
fn of(count: usize) -> String {
    format!("of {}", count + newer())
}

/// The trail, as that operator sees it, on the newest event of the example.
fn trail(desk: &Desk, login: &str, size: (u16, u16)) -> App {
    let mut app = desk.seat_with(login, &options(), size);
    app.keys("4");
    (0..newer()).for_each(|_| {
        app.keys("j");
    });
    app
}

fn run<'a>(app: &'a mut App, line: &str) -> &'a mut App {
    app.keys(":").text(line).keys("Enter")
}

/// The row under the cursor.
fn row(app: &mut App) -> String {
    app.line(">  ")
}

#[test]
fn b29_the_trail_of_everything_is_a_screen_newest_first() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", SMALL);
    app.sees("Audit trail").sees(&events(53)).sees(&format!("1-18 {}", of(53)));
    let screen = app.screen();
    let first = screen.lines().find(|line| line.contains("TKN")).unwrap();
    for word in ["2026-03-05 09:20", "Kim Keeper", "requested", "dora-erecording TKN-1000-0011"] {
        assert!(first.contains(word), "{screen}");
    }
    app.keys("q").sees("API tokens").keys("4").sees("Audit trail");
    app.keys("2").sees("Users").keys("4").sees("Audit trail").keys("3").sees("Catalog");
    app.keys("4 1").sees("API tokens").sees_no("Audit trail");
    run(&mut app, "audit").sees("Audit trail").keys("Esc").sees("API tokens");
}

#[test]
fn b29_enter_shows_an_event_and_again_leads_to_its_token() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", SMALL);
    app.keys("j j").sees_no("[Event").keys("Enter").sees("[Event 51]");
    app.sees("Done revoked").sees("To token leaked-key TKN-1000-0005");
    app.sees("At 2026-03-01 08:00:00 UTC").sees("By Pia Partner USR-0001-0002");
    app.sees("Facts was Active");
    app.keys("Esc").sees_no("[Event 51]").sees(&events(53));
    assert!(row(&mut app).contains("leaked-key"));
    app.keys("Enter Enter").sees("leaked-key  TKN-1000-0005").sees("[General]");
    app.sees_no("Audit trail - ").keys("4 G Enter Enter");
    app.sees("No token to go to: it was done to USR-0001-0001");
}

#[test]
fn b29_the_details_are_under_the_list_of_a_high_window() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", (160, 50));
    app.sees("[Event 53]").sees("owner Dora Deputy").keys("j").sees("[Event 52]");
    app.sees("FACTS").sees("new GUID 90066b46");
}

#[test]
fn b29_an_event_tells_what_was_before_and_after() {
    let desk = Desk::example();
    desk.rename("robot-1", "robot-9");
    let mut app = trail(&desk, "rosa", SMALL);
    app.keys("g g Enter")
        .sees("To token robot-9 TKN-1000-0001")
        .sees("Facts name robot-1 -> robot-9");
}

#[test]
fn b29_who_was_removed_is_named() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &options(), SMALL);
    run(&mut app, "catalog users").keys("/").text("vic").keys("Enter ! d Right Enter");
    app.sees("removed").keys("4 Enter").sees("To user Vic Viewer (removed) USR-0001-0006");
    app.sees("Done deleted");
}

#[test]
fn b29_the_trail_is_narrowed_by_whom_what_and_when() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", SMALL);
    app.keys("f /").text("revoked").keys("Enter Space Enter");
    app.sees("action:revoked").sees("1-1 of 1").sees("leaked-key");
    app.keys("f /").text("kim").keys("Enter Space Enter").sees("by:Kim Keeper  action:revoked");
    app.sees("No events match by:Kim Keeper action:revoked - F clears the filters");
    app.keys("F").sees(&format!("1-18 {}", of(53))).sees_no("by:Kim");
    app.keys("f Tab").text("30d").keys("Enter").sees("since:30d").sees(&of(6));
    app.keys("f Tab j").text("2026-03-01").keys("Enter");
    app.sees("since:30d  until:2026-03-01").sees("1-3 of 3").sees_no("leaked-key");
    app.keys("f Tab Delete").text("2026-04").keys("Enter");
    app.sees("since: '2026-04' is not a time: write 24h, 30d or 2026-03-01");
    app.keys("Esc F").sees(&of(53));
    // What the event under the cursor is about, and who did it, are there to be ticked.
    app.keys("g g")
        .keys(["j j", "j j j"][newer()])
        .keys("f Space Enter")
        .sees("on:leaked-key TKN-1000-0005")
        .sees("1-2 of 2");
    app.keys("F").sees(&of(53));
}

#[test]
fn b29_the_trail_is_narrowed_to_one_record() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", SMALL);
    app.keys("/").text("robot-1").keys("Enter").sees("on:robot-1 TKN-1000-0001").sees("1-1 of 1");
    app.keys("/").text("billing").keys("Enter").sees("on:Billing MOD-0003").sees("1-1 of 1");
    app.keys("/").text("USR-0001-0003").keys("Enter").sees("on:Ada Admin USR-0001-0003");
    app.keys("#").text("f5d70a36").keys("Esc").sees("on:Ada Admin USR-0001-0003");
    app.keys("/").text("nothing-like-it").keys("Enter").sees("nothing-like-it");
    app.sees("on:Ada Admin USR-0001-0003").keys("/ Enter").sees(&of(53));
}

#[test]
fn b29_only_what_is_looked_at_is_read_and_the_ends_are_one_key_away() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", (80, 12));
    app.sees(&format!("1-6 {}", of(53)))
        .keys("G")
        .sees(&format!("{}-{} {}", 48 + newer(), 53 + newer(), of(53)))
        .sees("Rosa Root USR-0001-0001");
    app.keys("g g").sees(&format!("1-6 {}", of(53))).sees("dora-erecording");
    for _ in 0..8 {
        app.keys("PgDn");
        let screen = app.screen();
        assert_eq!(
            screen.lines().filter(|line| line.get(3..5) == Some("20")).count(),
            6,
            "{screen}"
        );
    }
    app.sees("Rosa Root");
    app.keys("PgUp PgUp PgUp PgUp PgUp PgUp PgUp PgUp")
        .sees(&format!("1-6 {}", of(53)))
        .sees("dora-erecording");
}

#[test]
fn b29_news_come_and_the_cursor_stays_on_its_event() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", SMALL);
    app.keys("j j");
    assert!(row(&mut app).contains("leaked-key"));
    desk.act("ada", "disable", "robot-1");
    app.keys("Ctrl-r").sees(&events(54 + newer())).sees("robot-1 TKN-1000-0001");
    assert!(row(&mut app).contains("leaked-key"), "{}", app.screen());
}

#[test]
fn b29_everybody_sees_what_they_may_see() {
    let desk = Desk::example();
    trail(&desk, "kim", SMALL).sees("Audit trail - what you may see").sees(&events(11));
    let mut app = trail(&desk, "max", SMALL);
    app.sees("Audit trail - what you may see").sees_no("Kim Keeper");
}

#[test]
fn b29_what_is_listed_goes_into_a_file() {
    let desk = Desk::example();
    let folder = desk.path().with_file_name("out");
    fs::create_dir(&folder).unwrap();
    let path = |name: &str| folder.join(name).display().to_string();
    let mut app = trail(&desk, "kim", (160, 30));
    run(&mut app, &format!("export {}", path("a.csv"))).sees(&format!("{} written to", events(11)));
    let csv = fs::read_to_string(path("a.csv")).unwrap();
    assert!(csv.starts_with("sequence,at,by,by_name,system_login,action,subject_kind,subject"));
    assert_eq!(csv.lines().count(), 12 + newer(), "{csv}");
    run(&mut app, &format!("export {}", path("a.csv"))).sees("there is such a file already");
    run(&mut app, &format!("export {}", path("none/a.csv"))).sees("there is no such folder");
    run(&mut app, "export a.txt").sees("let its name end in .csv or .jsonl").keys("Esc");
    app.keys("f /").text("accepted").keys("Enter Space Enter").sees("1-1 of 1");
    run(&mut app, &format!("export {}", path("b.jsonl"))).sees("1 event written to");
    let lines = fs::read_to_string(path("b.jsonl")).unwrap();
    assert!(lines.contains("\"action\":\"accepted\"") && lines.lines().count() == 1, "{lines}");
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()).collect();
    assert_eq!(left.len(), 2, "nothing else is left there");
}

#[test]
fn b29_the_keys_of_a_list_under_the_trail_do_nothing_to_it() {
    let desk = Desk::example();
    let mut app = trail(&desk, "ada", SMALL);
    app.keys("Space A ! r").sees("Audit trail").keys("Esc Esc").sees_no("selected");
    run(&mut app, "audit");
    run(&mut app, "filter status:revoked").sees("API tokens").sees("leaked-key");
}

#[test]
fn b29_the_trail_has_room_in_the_smallest_window() {
    let desk = Desk::example();
    let mut app = trail(&desk, "rosa", (40, 12));
    app.sees("2026-03-05").sees("dora-ereco").sees("requested").keys("Enter").sees("[Event 53]");
    app.sees("Done requested")
        .keys("j j j")
        .sees("By Kim Keeper")
        .keys("Esc")
        .sees(&format!("1-6 {}", of(53)));
}
