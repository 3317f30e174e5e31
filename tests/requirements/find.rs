//! Sections A to C: accounts, columns, filters, order, GUIDs, by keys.

use ratatui::style::Modifier;
use tokendeck::tui::input::Input;
use tokendeck::tui::{Options, PageSize};

use crate::support::{App, Desk, options};

/// What a picker's cursor is on, on a line of the screen: `> Scopes  [ ] North plant`.
fn under_cursor(line: &str) -> Option<&str> {
    let (_, entry) = line.split_once("> ")?;
    let entry = entry.split_once("] ").map_or(entry, |(_, text)| text);
    let entry = entry.trim_start_matches(|c: char| " ^v0123456789".contains(c));
    Some(entry.split_once("  ").map_or(entry, |(text, _)| text).trim_end())
}

/// Puts the cursor of a picker on an entry and presses keys there.
fn pick(app: &mut App, entry: &str, keys: &str) {
    app.keys("g g");
    for _ in 0..60 {
        if app.screen().lines().any(|line| under_cursor(line) == Some(entry)) {
            app.keys(keys);
            return;
        }
        app.keys("Down");
    }
    panic!("no entry '{entry}':\n{}", app.screen());
}

/// The names in the rows of the list, from the first on screen.
fn names(app: &mut App) -> Vec<String> {
    let screen = app.screen();
    let rows = screen.lines().skip(3).take_while(|line| !line.contains(" of ") && !line.is_empty());
    let name = |line: &str| {
        line.trim_start_matches(['>', ' ']).split_whitespace().next().map(str::to_owned)
    };
    rows.filter_map(name).collect()
}

#[test]
fn r010_the_account_is_found_by_any_part_of_its_line() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("o").sees("All accounts").sees("Acme ACC-0001-0001 Active");
    app.text("ced").sees("Cedar County ACC-0001-0003 Active").sees_no("ACC-0001-0002");
    app.keys("Enter").sees("API tokens - Cedar County ACC-0001-0003").sees("1-2 of 2");
    for words in ["0001-0002", "BOR act", "borealis"] {
        app.keys("o").text(words).keys("Enter").sees("API tokens - Borealis");
        app.keys("o").text("all acc").keys("Enter").sees("API tokens - All accounts");
    }
    app.keys("o").text("xyz").sees("nothing matches").keys("Enter").sees("nothing matches");
    app.keys("Esc").sees("API tokens - All accounts");
}

#[test]
fn r011_the_account_stays_and_is_the_first_one_of_the_next_run() {
    let desk = Desk::example();
    desk.seat("rosa").keys("o").text("ced").keys("Enter");
    let mut app = desk.seat("rosa");
    app.sees("API tokens - Cedar County").sees("1-2 of 2").sees("2 tokens");
    desk.seat("pia").sees("API tokens - All my accounts");
    app.keys("o Ctrl-u").text("all").keys("Enter").sees("API tokens - All accounts");
    desk.seat("rosa").sees("API tokens - All accounts");
}

#[test]
fn r012_the_time_of_the_last_load_stands_under_the_list() {
    let desk = Desk::example();
    desk.seat("ada").sees("as of 12:00:00");
}

#[test]
fn r018_r019_r020_r022_r024_r025_r026_r027_r023_ticked_columns_show_their_values() {
    let desk = Desk::example();
    for (column, found, text) in [
        ("Created by", "robot-1", "Ada Admin USR-0001-0003"),
        ("Created", "robot-1", "2026-01-05 09:14"),
        ("Last access", "robot-1", "2026-03-09 20:22"),
        ("Last access", "robot-2", "Never"),
        ("Expires", "robot-2", "2026-09-01"),
        ("Active from", "robot-2", "2026-02-01"),
        ("Revoked at", "leaked-key", "2026-03-01"),
        ("Revoked by", "leaked-key", "Pia Partner"),
        ("GUID", "robot-1", "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321"),
        ("Is active", "robot-1", "+ yes"),
        ("Is active", "old-report", "x no"),
    ] {
        let mut app = desk.seat_with("ada", &options(), (80, 24));
        app.keys("c");
        pick(&mut app, column, "");
        // Whatever the run before left: on and in sight in the end.
        if app.line(&format!("> [ ] {column}")).is_empty() && app.has("no room") {
            app.keys("Space");
        }
        if !app.line(&format!("> [ ] {column}")).is_empty() {
            app.keys("Space");
        }
        app.keys("Esc / Ctrl-u").text(found).keys("Enter");
        assert!(app.line(">").contains(text), "{column}: {}", app.screen());
    }
}

#[test]
fn r024_r025_r023_what_did_not_happen_is_never_or_blank() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    for column in ["Revoked at", "Revoked by", "Active from"] {
        app.keys("c");
        pick(&mut app, column, "Space Esc");
    }
    app.keys("/ robot-1 Enter");
    let (header, row) = (app.line("REVOKED BY"), app.line("TKN-1000-0001") + &" ".repeat(160));
    let cell = |title: &str| {
        let at = header.find(title).unwrap();
        row.get(at..at + 10).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(cell("REVOKED AT"), "Never");
    assert_eq!((cell("REVOKED BY"), cell("ACTIVE FROM")), (String::new(), String::new()));
}

#[test]
fn r035_columns_go_stay_gone_and_come_back() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.sees("MODULES").keys("c");
    pick(&mut app, "Modules", "Space Esc");
    app.sees_no("MODULES").sees("EXPIRES");
    let mut app = desk.seat("ada");
    app.sees_no("MODULES").keys("c G Space Esc").sees("MODULES");
    desk.seat("ada").sees("MODULES");
}

#[test]
fn r035_the_name_stays_on() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("c").sees("[x] Name always on").keys("Space").sees("[x] Name").keys("Esc");
    app.sees("NAME ^");
}

#[test]
fn r035_a_column_just_ticked_outranks_the_others() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.sees_no("LAST ACCESS").sees("EXPIRES").keys("c").sees("[x] Last access on, no room");
    pick(&mut app, "Last access", "Space");
    app.sees_no("Last access on, no room").keys("Esc").sees("LAST ACCESS").sees_no("EXPIRES");
    app.keys("c");
    pick(&mut app, "Last access", "Space");
    app.sees("[ ] Last access").keys("Esc").sees_no("LAST ACCESS").sees("EXPIRES");
}

#[test]
fn r035_h_and_l_reach_the_columns_that_do_not_fit_and_their_number_is_said() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.sees("l 10 more columns").sees_no("IS ACTIVE");
    app.keys("l l").sees("h 2 l ");
    for _ in 0..14 {
        app.keys("l");
    }
    app.sees("IS ACTIVE")
        .sees("NAME")
        .sees("h 12 more columns")
        .keys("/ robot-1 Enter")
        .sees("robot-1");
    for _ in 0..14 {
        app.keys("h");
    }
    app.sees("l 10 more columns").sees("STATUS");
    desk.seat_with("ada", &options(), (40, 12)).sees("+13");
}

#[test]
fn r037_a_guid_is_found_with_and_without_dashes() {
    let desk = Desk::example();
    for guid in ["f5d70a36", "F5D70A365C9E", "5c9e-4ee4"] {
        let mut app = desk.seat("ada");
        app.keys("#").text(guid).keys("Enter");
        app.sees("1-1 of 1").sees("robot-1").sees(&format!("guid:{guid}"));
        app.keys("# Esc").sees("of 21");
    }
    let mut app = desk.seat("ada");
    app.keys("/ robot Enter # f5d7 Enter").sees("text:robot guid:f5d7").sees("1-1 of 1");
    app.keys("/ Esc").sees("guid:f5d7").sees_no("text:");
}

#[test]
fn r038_a_partner_chooses_among_own_accounts() {
    let desk = Desk::example();
    let mut app = desk.seat("pia");
    app.keys("o").sees("* All my accounts").sees("Acme").sees("Borealis").sees_no("Cedar");
    app.text("bor").keys("Enter").sees("API tokens - Borealis").sees("1-1 of 1").sees("sync-agent");
    let mut ada = desk.seat("ada");
    ada.keys("o").sees("* Acme ACC-0001-0001 Active").sees_no("All").sees_no("Borealis");
}

#[test]
fn r038_the_details_of_the_account_before_are_closed() {
    let desk = Desk::example();
    let mut app = desk.seat("pia");
    app.keys("/ robot-1 Enter Enter").sees("[General]").keys("o").text("bor").keys("Enter");
    app.sees("No tokens match").sees_no("TKN-1000-0001").keys("F").sees("TKN-1000-0007");
}

#[test]
fn r039_the_scopes_offered_are_the_operators() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f");
    pick(&mut app, "South plant", "Space Enter");
    app.sees("scope:South plant").sees("robot-2").sees_no("robot-1").sees("1-1 of 1");
    let mut ned = desk.seat("ned");
    ned.keys("f").sees("North plant").sees_no("South plant").sees_no("Harbor");
}

#[test]
fn r040_inactive_is_every_status_but_active() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f").sees("[x] All");
    pick(&mut app, "Inactive", "Enter");
    app.sees("status:Inactive").sees("1-4 of 4");
    assert_eq!(names(&mut app), ["leaked-key", "nightly-export", "old-report", "summer-batch"]);
    app.keys("f");
    pick(&mut app, "Inactive", "Delete");
    app.keys("g g");
    pick(&mut app, "Active", "Space Enter");
    app.sees("status:Active").sees("of 17");
    app.keys("f");
    pick(&mut app, "Expired", "Space Enter");
    app.sees("status:Active,Expired").sees("of 18");
}

#[test]
fn r032_only_a_superadmin_is_offered_deleted_tokens() {
    let desk = Desk::example();
    let mut rosa = desk.seat("rosa");
    rosa.keys("f");
    pick(&mut rosa, "Deleted", "Enter");
    rosa.sees("1-1 of 1").sees("gone").sees("x Deleted");
    desk.seat("ada").keys("f").sees_no("Deleted");
}

#[test]
fn r041_modules_are_chosen_several_at_once() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f");
    pick(&mut app, "Orders", "Space");
    pick(&mut app, "Billing", "Space Enter");
    app.sees("module:Orders,Billing");
    assert_eq!(names(&mut app), ["nightly-export", "old-report", "robot-2"]);
}

#[test]
fn r042_filters_combine_and_are_named_and_r043_f_clears_them() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ bulk Enter f");
    pick(&mut app, "Inactive", "Enter");
    app.sees("No tokens match text:bulk status:Inactive - F clears the filters");
    app.keys("F").sees("1-10 of 21").sees_no("text:").sees_no("status:");
}

#[test]
fn r043_delete_clears_one_field_and_esc_leaves_all_as_it_was() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f");
    pick(&mut app, "Active", "Space");
    pick(&mut app, "North plant", "Space Enter");
    app.sees("status:Active scope:North plant").keys("f Delete Enter");
    app.sees("scope:North plant").sees_no("status:").keys("f Tab Delete Esc");
    app.sees("scope:North plant").keys("f Enter").sees("scope:North plant");
}

#[test]
fn r042_dates_and_uses_filter_too() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f G k k").text("9m").keys("Enter").sees("exp<9m");
    assert_eq!(names(&mut app), ["robot-2", "summer-batch"], "what has ended does not end soon");
    app.keys("F f G Space Enter").sees("neverused").sees_no("robot-1").keys("F f G k");
    app.text("7").keys("Enter").sees("'7' is not a length of time: write 24h, 30d, 12w or 6m");
    app.text("d").sees_no("is not a length").keys("Enter").sees("unused:7d").sees_no("bulk-15");
    app.keys("f G k Delete Enter").sees_no("unused").sees("of 21");
}

#[test]
fn r039_a_long_form_is_searched() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (40, 12));
    app.keys("f /").text("south").sees("[ ] South plant").sees_no("Inactive");
    app.keys("Enter Space").sees("[x] South plant").keys("Esc").sees("Active").keys("Enter");
    app.sees("scope:South plant");
}

#[test]
fn r045_the_same_column_again_reverses_and_the_header_says_so() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.sees("NAME ^").keys("j s Enter").sees("NAME v").sees("1-10 of 21");
    assert_eq!(names(&mut app).first().map(String::as_str), Some("summer-batch"));
    app.keys("s Enter").sees("NAME ^");
    assert_eq!(names(&mut app).first().map(String::as_str), Some("bulk-01"));
    app.keys("s");
    pick(&mut app, "Is active", "Enter");
    app.keys("End k k");
    let last: Vec<_> = names(&mut app);
    assert_eq!(last.last().map(String::as_str), Some("old-report"), "{last:?}");
}

#[test]
fn r045_several_columns_sort_one_after_the_other() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("s");
    pick(&mut app, "Status", "Space Space");
    pick(&mut app, "Expires", "Space");
    app.sees("1 v Status").sees("2 ^ Expires").keys("Enter");
    app.sees("STATUS v1").sees("EXPIRES ^2");
    assert_eq!(names(&mut app).first().map(String::as_str), Some("leaked-key"));
    app.keys("s Delete Esc").sees("EXPIRES ^").sees_no("STATUS v");
    app.keys("s Delete Esc").sees("NAME ^");
}

#[test]
fn r049_the_cursor_stays_on_its_token_through_filter_and_page_size() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("G k");
    assert!(app.line(">").contains("robot-2"));
    app.keys("z");
    assert!(app.line(">").contains("robot-2"), "{}", app.screen());
    app.keys("f");
    pick(&mut app, "North plant", "Space Enter");
    assert!(app.line(">").contains("robot-2"), "{}", app.screen());
    app.keys("F");
    assert!(app.line(">").contains("robot-2"), "{}", app.screen());
}

#[test]
fn a_picker_keeps_its_keys_from_the_list_under_it() {
    let desk = Desk::example();
    let before = desk.statuses();
    for opens in ["c", "s", "f"] {
        let mut app = desk.seat("ada");
        app.keys(opens).keys("! r t x o M 1").sees_no("Are you sure").keys("q");
        assert!(!app.is_over());
        app.sees("1-10 of 21").sees("NAME ^");
    }
    assert_eq!(desk.statuses(), before);
}

#[test]
fn an_automatic_page_size_is_what_ships() {
    let desk = Desk::example();
    let shipped = Options { unicode: false, ..Options::default() };
    assert_eq!(shipped.page_size, PageSize::Auto);
    desk.seat_with("ada", &shipped, (80, 24)).sees("1-18 of 21 page 1/2 auto");
}

#[test]
fn r021_a_token_of_all_accounts_says_so() {
    let desk = Desk::example();
    desk.seat("rosa").keys("/ platform Enter").sees("platform-audit").sees("All accounts");
}

#[test]
fn what_was_just_chosen_is_kept_even_if_the_program_is_left_at_once() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.in_haste("z q");
    assert!(app.is_over());
    desk.seat("ada").sees("25 rows");
}

#[test]
fn a_view_that_cannot_be_kept_is_said_and_works_for_this_run() {
    let desk = Desk::example();
    std::fs::write(desk.state_path().parent().unwrap(), "no folder").unwrap();
    let mut app = desk.seat("ada");
    app.sees("the view state can't be read").keys("z").sees("25 rows");
    app.sees("Could not keep the view state");
}

#[test]
fn keys_typed_while_another_account_is_on_its_way_act_on_its_rows() {
    let desk = Desk::example();
    let mut app = desk.seat("rosa");
    app.keys("o").text("bor").in_haste("Enter Enter ! r");
    app.sees("Are you sure you want to revoke sync-agent?");
}

/// Where something of a token, a user or an entry lies open, and what the words are
/// searched in then.
const PANES: [(&str, &str, &str); 14] = [
    ("ada", "Enter", "API tokens - Acme"),
    ("ada", "Enter Tab", "API tokens - Acme"),
    ("ada", "Enter Tab Tab", "API tokens - Acme"),
    ("ada", "Enter S-Tab", "API tokens - Acme"),
    ("ada", "Enter T", "API tokens - Acme"),
    ("ada", "Enter m", "API tokens - Acme"),
    ("ada", "m", "API tokens - Acme"),
    ("ada", "b", "API tokens - Acme"),
    ("ada", "!", "API tokens - Acme"),
    ("ada", "M", "API tokens - Acme"),
    ("kim", "2", "Users - Cedar County"),
    ("kim", "2 Enter Tab", "API tokens of Carl Clerk"),
    ("kim", "2 Enter Enter", "API tokens of Carl Clerk"),
    ("rosa", "3 Enter", "Catalog - "),
];

#[test]
fn b01_from_every_pane_the_search_is_the_lists_and_letters_after_it_are_text() {
    for (login, pane, title) in PANES {
        for words in ["export", "r", "t", "xy", "qo!r"] {
            for size in [(80, 24), (160, 50)] {
                let desk = Desk::example();
                let before = desk.statuses();
                let mut app = desk.seat_with(login, &options(), size);
                app.keys(pane).keys("/").text(words);
                app.sees(title).sees(&format!("/ {words}")).sees("Enter keep");
                app.sees_no("[Save]").sees_no("Cancel");
                // The same from the keyboard of a slow line: all of it in one piece.
                let mut app = desk.seat_with(login, &options(), size);
                let burst: Vec<_> = words.chars().map(String::from).collect();
                app.keys(pane).at_once(&format!("/ {}", burst.join(" ")));
                app.sees(title).sees(&format!("/ {words}")).sees_no("[Save]").sees_no("Cancel");
                assert_eq!(desk.statuses(), before, "{pane} /{words}");
            }
        }
    }
}

#[test]
fn b01_the_guid_is_searched_from_every_pane_too() {
    for (login, pane, title) in PANES {
        let desk = Desk::example();
        let mut app = desk.seat_with(login, &options(), (80, 24));
        app.keys(pane).at_once("# e d r t").sees(title).sees(" edrt").sees("Enter keep");
        app.sees_no("[Save]").sees_no("Cancel");
    }
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("Enter S-Tab").at_once("# f 5 d 7 0 a 3 6").keys("Enter");
    app.sees("guid:f5d70a36").sees("1-1 of 1").sees("> robot-1");
}

#[test]
fn b01_where_there_is_no_guid_its_key_searches_all_the_same() {
    let desk = Desk::example();
    let mut app = desk.seat("kim");
    app.keys("2 #").sees("Users have no GUID").text("eve").keys("Enter").sees("1-1 of 1");
    app.keys("3 #").sees("Entries have no GUID").text("ced").keys("Enter").sees("Cedar County");
}

#[test]
fn b01_keys_typed_before_the_rows_are_there_go_to_the_search() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.at_once("/ r o b o t - 1 Enter Enter / b u l k - 0 2 Enter");
    app.sees("text:bulk-02").sees("1-1 of 1").sees_no("[Save]");
    app.at_once("Ctrl-r / e x p o r t Enter").sees("text:export").sees("nightly-export");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn b01_a_form_a_question_and_a_value_keep_the_key_to_themselves() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("e Tab Tab /").sees("Save or cancel the form first").sees("[Save]");
    app.keys("F1 / x").sees("Help: the form").keys("Esc Esc").sees("[Save]").sees_no("Help:");
    let mut app = desk.seat("ada");
    app.keys("! d / x").sees("Are you sure you want to delete").sees("> Cancel <");
    let mut app = desk.seat("kim");
    app.keys("/ carl Enter r Right Enter").sees("only time it is shown").keys("/ x");
    app.sees("only time it is shown").keys("Y Y").sees("Value of carl").keys("/ x");
    app.sees("Value of carl").keys("Esc").sees("only time it is shown");
}

#[test]
fn b04_a_search_opens_with_the_words_of_the_last_time_selected() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/").text("rob").keys("Enter").sees("text:rob").keys("/").sees("/ rob");
    app.sees("letters replace").text("bulk").sees("/ bulk").sees("of 15").keys("Enter");
    app.sees("text:bulk");
    // An arrow edits them, and so does what a line's keys do.
    app.keys("/ Right").text("-01").sees("/ bulk-01").keys("Enter / Home").text("x");
    app.sees("/ xbulk-01").keys("Esc / r o b Enter / Left Delete").sees("/ ro");
    app.keys("Enter / Backspace").sees("of 21").keys("Enter").sees_no("text:");
    app.keys("/").text("rob").keys("Enter /").send(Input::Paste("bulk-02".to_owned()));
    app.sees("/ bulk-02").sees("1-1 of 1");
}

#[test]
fn b04_all_searches_open_alike() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("# f 5 d Enter # 0 0 Enter").sees("guid:00").sees_no("f5d");
    let mut app = desk.seat("kim");
    app.keys("2 / eve Enter").sees("1-1 of 1").keys("/").text("carl").keys("Enter");
    app.sees("Carl Clerk").sees("1-1 of 1");
    let mut app = desk.seat("rosa");
    app.keys("3 / ced Enter /").text("bor").keys("Enter").sees("Borealis").sees_no("Cedar");
    // Words to find an entry of a picker, and those of a long field of a form.
    app.keys("1 c / exp Enter").sees("> [x] Expires").keys("/").text("mod").sees("Modules");
    app.sees_no("Expires").keys("Esc Esc");
    app.keys("/ robot-1 Enter e PgDn / ord Enter").sees("/ ord").keys("/").text("bill");
    app.sees("/ bill").sees("Billing").sees_no("Orders");
}

#[test]
fn b04_a_length_of_time_is_typed_over_the_one_that_stands_there() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("f / ends Enter 3 0 d Enter").sees("exp<30d");
    app.keys("f / ends Enter").sees("Ends within 30d_").keys("9 0 d").sees("Ends within 90d_");
    app.keys("Enter").sees("exp<90d");
}

#[test]
fn b04_what_is_selected_is_reversed_also_without_colour() {
    for color in [true, false] {
        let desk = Desk::example();
        let plain = Options { color, ..options() };
        let mut app = desk.seat_with("ada", &plain, (80, 24));
        app.keys("/").text("rob").keys("Enter /");
        let reversed = |app: &mut App| {
            let buffer = app.buffer();
            (3..6).all(|x| buffer[(x, 1)].modifier.contains(Modifier::REVERSED))
        };
        assert!(reversed(&mut app), "{}", app.screen());
        app.keys("Right");
        assert!(!reversed(&mut app), "{}", app.screen());
    }
}
