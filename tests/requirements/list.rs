//! Sections A to C: start, columns and values, search, pages.

use ratatui::style::Color;
use tokendeck::tui::{Options, PageSize};

use crate::support::{App, Desk, color_of, options};

fn walk_pages(app: &mut App) -> String {
    let mut seen = app.screen();
    for _ in 0..2 {
        seen.push_str(&app.keys("Right").screen());
    }
    seen
}

#[test]
fn r001_enter_opens_details_with_their_tabs() {
    let desk = Desk::example();
    for size in [(80, 24), (140, 40)] {
        let mut app = desk.seat_with("ada", &options(), size);
        app.keys("Enter").sees("General").sees("Modules").sees("Details");
    }
}

#[test]
fn r004_the_start_screen_shows_all_tokens_of_the_account() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.sees("API tokens - Acme").sees("1-10 of 21").sees("21 tokens");
}

#[test]
fn r007_the_title_names_the_role() {
    let desk = Desk::example();
    for (login, role, place) in [
        ("ada", "Admin", "Acme ACC-0001-0001"),
        ("pia", "Partner", "All my accounts"),
        ("rosa", "Superadmin", "All accounts"),
    ] {
        desk.seat(login).sees(&format!("{login} {role}")).sees(&format!("API tokens - {place}"));
    }
}

#[test]
fn r008_without_the_permission_nothing_is_done_and_the_reason_is_said() {
    let desk = Desk::example();
    let mut carl = desk.seat("carl");
    carl.sees("1-1 of 1").sees("carl-erecording");
    carl.keys("t").sees("Needs the manage_tokens permission").sees_no("Cancel");
    let mut vic = desk.seat("vic");
    vic.sees("1-10 of 21").keys("x").sees("Needs the manage_tokens permission");
    vic.keys("! r").sees("Needs the manage_tokens permission").sees_no("Cancel");
}

#[test]
fn r015_names_come_in_their_order() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    let screen = app.screen();
    let first = screen.lines().find(|line| line.starts_with('>')).unwrap();
    assert!(first.contains("bulk-01") && first.contains("TKN-1000-0101"), "{first}");
}

#[test]
fn r016_the_id_stands_beside_the_name() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter").sees("robot-1 + Active TKN-1000-0001");
}

#[test]
fn r017_modules_are_named_if_one_and_counted_if_many() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter");
    assert!(app.line(" robot-1 ").contains("Catalog"));
    assert!(app.line(" robot-2 ").contains("3 modules"));
}

#[test]
fn r018_r019_r020_r022_the_columns_say_when_and_by_whom() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter");
    let (one, two) = (app.line("TKN-1000-0001"), app.line("TKN-1000-0002"));
    for text in ["Never", "2026-03-09 20:22"] {
        assert!(one.contains(text), "'{text}' in {one}");
    }
    assert!(two.contains("2026-09-01") && two.contains("Never"), "{two}");
    let one = app.keys("l l l l").line(" robot-1 ");
    for text in ["2026-01-05 09:14", "Ada Admin USR-0001-0003"] {
        assert!(one.contains(text), "'{text}' in {one}");
    }
}

#[test]
fn r028_every_status_is_a_word() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    let seen = walk_pages(&mut app);
    for word in ["Active", "Scheduled", "Disabled", "Expired", "Revoked"] {
        assert!(seen.contains(word), "{word}");
    }
}

#[test]
fn r029_r030_r031_r033_statuses_have_their_colours() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    for (name, word, color) in [
        ("robot-1", "Active", Color::Green),
        ("nightly-export", "Disabled", Color::Red),
        ("leaked-key", "Revoked", Color::Red),
        ("old-report", "Expired", Color::Red),
        ("summer-batch", "Scheduled", Color::Yellow),
    ] {
        app.keys("/ Ctrl-u").text(name).keys("Enter");
        assert_eq!(color_of(&mut app, word), color, "{name}");
    }
}

#[test]
fn r003_without_colour_every_status_is_still_a_word() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &Options { color: false, ..options() }, (160, 50));
    let seen = walk_pages(&mut app);
    for word in ["+ Active", "~ Scheduled", "- Disabled", "x Expired", "x Revoked"] {
        assert!(seen.contains(word), "{word}");
    }
    assert_eq!(color_of(&mut app, "Scheduled"), Color::Reset);
}

#[test]
fn r032_deleted_tokens_are_found_by_no_search() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ gone Enter").sees("No tokens match");
}

#[test]
fn r034_the_footer_names_the_rows() {
    let desk = Desk::example();
    desk.seat("ada").sees("1-10 of 21  page 1/3  10 rows");
}

#[test]
fn r036_words_are_anded_and_the_list_narrows_while_typing() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("EXP").sees("1-1 of 1");
    app.text(" nig").keys("Enter").sees("nightly-export").sees("1-1 of 1").sees("text:EXP nig");
    app.keys("/ Esc").sees("of 21").sees_no("name:");
}

#[test]
fn r036_the_search_takes_the_readline_keys() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("robot old").keys("Ctrl-w").text("2");
    app.sees("1-1 of 1").sees("robot-2");
    app.keys("Ctrl-u").sees("of 21");
    app.text("robor").keys("Backspace Ctrl-a Ctrl-e").text("t-1").sees("1-1 of 1");
}

#[test]
fn r044_an_empty_result_says_what_clears_it() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ zzz Enter").sees("No tokens match text:zzz - F clears the filters");
    app.keys("F").sees("1-10 of 21").keys("F").sees("No filter is set");
}

#[test]
fn r044_r140_an_empty_store_says_what_to_do() {
    let desk = Desk::empty();
    let mut app = desk.seat("tester");
    app.sees("No API tokens yet").sees("n makes one, key 3: modules and accounts, ? keys");
    app.keys("Enter").sees("No token here").keys("! r").sees("No token here");
}

#[test]
fn r046_the_page_size_changes_and_is_kept() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("z").sees("1-21 of 21  page 1/1  25 rows").keys("z").sees("50 rows");
    desk.seat("ada").sees("1-21 of 21  page 1/1  50 rows").keys("z z").sees("auto").keys("z");
    assert!(!std::fs::read_to_string(desk.state_path()).unwrap().contains("page_size"));
}

#[test]
fn r046_a_damaged_view_state_is_said_and_replaced() {
    let desk = Desk::example();
    desk.seat("ada").keys("z");
    std::fs::write(desk.state_path(), "columns = [").unwrap();
    desk.seat("ada").sees("the view state was damaged").keys("z").sees("25 rows");
    desk.seat("ada").sees_no("damaged").sees("25 rows");
}

#[test]
fn r047_pages_turn_and_nothing_happens_at_the_ends() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Right Right").sees("21-21 of 21  page 3/3");
    app.keys("Right").sees("21-21 of 21  page 3/3");
    app.keys("Left").sees("11-20 of 21  page 2/3");
    app.keys("Left").sees("page 1/3").keys("Left").sees("1-10 of 21  page 1/3");
}

#[test]
fn r047_the_cursor_crosses_to_the_next_page() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("j j j j j j j j j").sees("page 1/3").keys("j").sees("11-20 of 21  page 2/3");
    app.keys("k").sees("page 1/3").keys("G").sees("page 3/3").keys("g g").sees("page 1/3");
}

#[test]
fn r048_home_and_end_lead_to_the_first_and_last_page() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("End").sees("page 3/3").keys("Home").sees("page 1/3");
}

#[test]
fn r049_a_refresh_keeps_the_cursor_on_its_token() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("G k").sees("page 2/3");
    assert!(app.line(">").contains("robot-2"), "{}", app.screen());
    app.keys("Ctrl-r").sees("page 2/3");
    assert!(app.line(">").contains("robot-2"), "{}", app.screen());
}

#[test]
fn an_automatic_page_scrolls_by_row() {
    let desk = Desk::example();
    let options = Options { page_size: PageSize::Auto, ..options() };
    let mut app = desk.seat_with("ada", &options, (80, 16));
    app.sees("1-10 of 21");
    for _ in 0..10 {
        app.keys("j");
    }
    app.sees("2-11 of 21").keys("PgDn").sees("12-21 of 21").sees("summer-batch");
}

#[test]
fn r012_refresh_shows_what_changed_behind_and_says_when() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter").sees("+ Active");
    desk.act("pia", "disable", "robot-1");
    app.keys("Ctrl-r").sees("- Disabled").sees("Refreshed 12:00:00");
}

#[test]
fn a_change_by_another_process_shows_without_a_key() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter").sees("+ Active");
    desk.act("pia", "disable", "robot-1");
    app.await_text("- Disabled");
}
