//! What of a list and its details is in sight, and how one comes to the rest: columns, order,
//! rows by their number, the details beside the list, the list in a file.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use ratatui::style::Modifier;
use tokendeck::tui::Options;
use tokendeck::tui::input::Input;

use crate::support::server::{Mood, remote};
use crate::support::{App, Desk, options, value};

const PLAIN: (u16, u16) = (80, 24);

/// The lines of the screen, and what is in their last column.
fn last_column(app: &mut App) -> Vec<String> {
    let screen = app.screen();
    screen.lines().map(|line| line.chars().nth(79).map(String::from).unwrap_or_default()).collect()
}

/// Whether a word is reversed somewhere on the screen.
fn is_reversed(app: &mut App, word: &str) -> bool {
    let buffer = app.buffer();
    let width = usize::from(buffer.area.width);
    buffer.content.chunks(width).any(|line| {
        let text: String = line.iter().map(ratatui::buffer::Cell::symbol).collect();
        text.find(word).is_some_and(|at| {
            line.iter()
                .skip(at)
                .take(word.len())
                .all(|cell| cell.modifier.contains(Modifier::REVERSED))
        })
    })
}

fn line<'a>(app: &'a mut App, text: &str) -> &'a mut App {
    app.keys(":").text(text).keys("Enter")
}

#[test]
fn b05_j_and_k_scroll_the_details_and_stop_at_their_ends() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    // Ten rows leave the details seven lines, and the dates take more.
    app.keys("Enter Tab Tab").sees("[Details]").sees("bulk-01  TKN-1000-0101").sees_no("Accepted");
    app.keys("k").sees("This is the start of the details").sees("bulk-01  TKN-1000-0101");
    app.keys("j").sees_no("bulk-01  TKN-1000-0101  +").keys("j j j").sees("Accepted");
    app.keys("j j j j").sees("This is the end of the details").sees("Accepted");
    app.keys("k k k k k k").sees("bulk-01  TKN-1000-0101");
}

#[test]
fn b05_what_is_all_in_sight_says_so() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    app.keys("/ robot-1 Enter Enter j").sees("All of the details is in sight");
}

#[test]
fn b05_the_next_token_and_the_one_before_from_every_pane() {
    let desk = Desk::example();
    for size in [PLAIN, (160, 50), (40, 12)] {
        let mut app = desk.seat_with("ada", &options(), size);
        app.keys("Ctrl-n Ctrl-n Ctrl-p");
        assert!(app.line(">").contains("bulk-02"), "{}", app.screen());
        app.keys("Enter").sees(" bulk-02 ").keys("Tab Ctrl-n").sees("[Modules]").sees(" bulk-03 ");
        // It is the token that the next key is for.
        app.keys("y").sees("bulk-03").keys("Ctrl-p Ctrl-p").sees(" bulk-01 ");
        app.keys("Ctrl-p").sees("This is the first token of the list");
        for _ in 0..20 {
            app.keys("Ctrl-n");
        }
        app.sees("summer-batch").keys("Ctrl-n").sees("This is the last token of the list");
        app.keys("Esc");
        assert!(app.line(">").contains("summer-batch"), "{}", app.screen());
    }
}

#[test]
fn b05_a_change_is_for_the_token_that_was_gone_on_to() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    app.keys("/ robot Enter Enter").sees("robot-1  TKN-1000-0001");
    app.in_haste("Ctrl-n t").sees("Are you sure you want to disable robot-2?");
}

#[test]
fn b05_which_pane_has_the_keys_is_seen_without_colour() {
    let desk = Desk::example();
    let plain = Options { color: false, ..options() };
    let mut app = desk.seat_with("ada", &plain, (160, 50));
    app.keys("/ robot-1 Enter").sees("--[General]-Modules");
    assert!(is_reversed(&mut app, "robot-1") && !is_reversed(&mut app, "[General]"));
    app.keys("Enter").sees(">-[General]-Modules");
    assert!(!is_reversed(&mut app, "robot-1") && is_reversed(&mut app, "[General]"));
    app.keys("Esc").sees("--[General]-Modules");
    assert!(is_reversed(&mut app, "robot-1"));
}

#[test]
fn b06_whose_a_token_is_comes_first_among_all_accounts() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &options(), PLAIN);
    app.sees("API tokens - All accounts").sees("NAME ^           ACCOUNT           STATUS");
    line(&mut app, "account acme").sees("API tokens - Acme").sees_no("ACCOUNT").sees("EXPIRES");
}

#[test]
fn b06_the_order_is_told_though_its_column_is_out_of_sight() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    app.sees_no("sort:");
    line(&mut app, "sort -created,name").sees_no("CREATED").sees("sort:-created,name");
    line(&mut app, "filter status:active").sees("status:active  sort:-created,name");
    line(&mut app, "sort name").sees_no("sort:");
    let mut rosa = desk.seat_with("rosa", &options(), PLAIN);
    rosa.keys("2").sees("USR-").sees_no("sort:").keys("s G Enter").sees("sort:");
}

#[test]
fn b06_the_guid_has_a_place_in_wide_windows() {
    let desk = Desk::example();
    for (login, columns) in [("ada", 120), ("rosa", 120), ("ada", 160), ("rosa", 200)] {
        let mut app = desk.seat_with(login, &options(), (columns, 40));
        app.keys("/ robot-1 Enter").sees("GUID");
        let row = app.line(">");
        assert!(row.contains("f5d70a36-5c9e-4ee4-8e25-60a7c4af9321"), "{columns}: {row}");
    }
}

#[test]
fn b06_the_choice_of_columns_says_how_to_see_one_that_is_on() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    app.keys("c").sees("[x] GUID on, no room: Space shows it").keys("Esc l l");
    app.keys("c").sees("[x] Status scrolled off: Space shows it").keys("j Space");
    app.sees_no("Status scrolled off").keys("Esc").sees("STATUS");
}

#[test]
fn b06_one_key_leads_back_from_columns_far_to_the_right() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    let first = app.screen();
    app.keys("l l l l").sees_no("STATUS").sees("Esc back").keys("Esc").sees("STATUS");
    assert_eq!(app.screen(), first);
    // The filter is still one Esc of the search away, and no step of this one.
    app.keys("/ robot Enter l Esc").sees("text:robot").sees("STATUS");
}

#[test]
fn b25_owner_and_maker_are_columns() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &options(), (160, 50));
    app.keys("c").sees("[x] Owner").sees("[x] Created by").keys("Esc");
    line(&mut app, "sort -owner").keys("Home l l l l l l l l");
    app.sees("OWNER").sees("CREATED BY");
    assert!(app.line(">").contains(" USR-"), "{}", app.screen());
}

#[test]
fn b25_owner_and_maker_narrow_the_list_from_its_form() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &options(), (120, 60));
    app.keys("f");
    for _ in 0..40 {
        if app.screen().lines().any(|line| line.trim_start().starts_with("> Owner")) {
            break;
        }
        app.keys("Down");
    }
    app.text("carl").keys("Enter").sees("owner:carl").sees("1-1 of 1").sees("carl-erecording");
    app.keys("f").sees("Owner carl").keys("Esc");
    line(&mut app, "filter by:nobody-at-all").sees("nobody-at-all");
    app.keys("F").sees("of 25");
}

#[test]
fn b26_a_row_is_reached_by_its_number() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    line(&mut app, "12").sees("11-20 of 21");
    assert!(app.line(">").contains("bulk-12"), "{}", app.screen());
    line(&mut app, "21").sees("21-21 of 21");
    line(&mut app, "1").sees("1-10 of 21");
    for wrong in ["22", "0", "99999999999999999999999999"] {
        line(&mut app, wrong).sees("No row").sees("there are 1 to 21").keys("M Esc");
    }
    // From the details it is a row of the list under them.
    app.keys("Enter");
    line(&mut app, "3");
    assert!(app.line(">").contains("bulk-03"), "{}", app.screen());
    app.sees_no("[General]").keys("/ zzz Enter");
    line(&mut app, "1").sees("No row 1: there are none here");
}

#[test]
fn b26_rows_of_users_and_of_the_catalogue_too() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &options(), PLAIN);
    for keys in ["2", "3"] {
        app.keys(keys).keys("j");
        let second = app.line(">");
        app.keys("g g");
        line(&mut app, "2");
        assert_eq!(app.line(">"), second);
    }
}

#[test]
fn b27_a_value_pasted_into_a_list_finds_its_token() {
    let desk = Desk::example();
    let value = value("robot-1");
    for keys in ["1", "2", "3", "Enter", "?", "m"] {
        let mut app = desk.seat("rosa");
        app.keys(keys).send(Input::Paste(format!("TOKEN={value}\n")));
        app.settle().sees("robot-1 TKN-1000-0001 (Active): GUID of its current value");
        app.sees("1-1 of 1").sees_no("tdk_");
        // The next key is for the token.
        app.keys("! r").sees("Are you sure you want to revoke robot-1?");
    }
}

#[test]
fn b27_another_text_pasted_into_a_list_is_told_what_searches() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.send(Input::Paste("robot-1\n".to_owned()));
    app.settle().sees("Pasted text is ignored here: / searches for it").sees("of 21");
}

#[test]
fn b33_spare_width_goes_to_the_name() {
    let desk = Desk::example();
    let name = |size| {
        let mut app = desk.seat_with("ada", &options(), size);
        let head = app.line("NAME");
        head.find("STATUS").unwrap() - head.find("NAME").unwrap() - 2
    };
    assert!(name((200, 50)) >= 45, "{}", name((200, 50)));
    // What is too little for one more column is the name's, too.
    assert_eq!(name((100, 30)), 25);
}

#[test]
fn b33_the_details_take_the_rows_that_the_list_leaves_blank() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    app.keys("/ leaked-key Enter Enter Tab Tab").sees("[Details]");
    app.sees("Revoked 2026-").sees(" by ");
    assert!(!last_column(&mut app).contains(&"v".to_owned()), "{}", app.screen());
    // As soon as there are rows the list has them again.
    app.keys("Esc F g g Enter");
    assert_eq!(app.screen().lines().filter(|line| line.contains("TKN-1000-01")).count(), 11);
    // A search does not make the list jump.
    let mut tall = desk.seat_with("ada", &options(), (160, 50));
    let place = |app: &mut App| app.screen().lines().position(|line| line.contains("[General]"));
    let before = place(&mut tall);
    tall.keys("/").text("robot-1");
    assert_eq!(place(&mut tall), before);
    tall.keys("Enter Enter");
    assert!(place(&mut tall) < before, "{}", tall.screen());
}

#[test]
fn b33_marks_that_there_is_more_have_a_cell_of_their_own() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), PLAIN);
    app.keys("Enter Tab Tab");
    assert!(last_column(&mut app).contains(&"v".to_owned()), "{}", app.screen());
    app.keys("j");
    assert!(last_column(&mut app).contains(&"^".to_owned()), "{}", app.screen());
    // Menus and choices have them too.
    let mut low = desk.seat_with("ada", &options(), (40, 10));
    for (keys, title) in [("m", "bulk-01"), ("c", "Columns")] {
        low.keys(keys).sees(title);
        let marks = |low: &mut App| {
            let screen = low.screen();
            let ends = |mark: char| screen.lines().any(|line| line.trim_end().ends_with(mark));
            (ends('^'), ends('v'))
        };
        assert_eq!(marks(&mut low), (false, true), "{keys}:\n{}", low.screen());
        low.keys("G");
        assert_eq!(marks(&mut low), (true, false), "{keys}:\n{}", low.screen());
        low.keys("Esc");
    }
}

#[test]
fn a24_an_export_has_the_fields_of_a_list_in_csv() {
    let desk = Desk::example();
    let csv = desk.path().with_file_name("list.csv");
    let mut app = desk.seat("rosa");
    app.keys("/ carl Enter");
    line(&mut app, &format!("export {}", csv.display())).sees("1 token written to");
    let text = std::fs::read_to_string(&csv).unwrap();
    let head = "id,name,description,status,guid,account,account_name,owner,owner_name,access,";
    assert!(text.starts_with(head), "{text}");
    assert!(text.contains(",carl,") || text.contains(",Carl"), "{text}");
    assert!(!text.contains(" modules,"), "{text}");
    assert_eq!(std::fs::metadata(&csv).unwrap().permissions().mode() & 0o777, 0o600);
    // Nothing else is left beside it.
    let folder = csv.parent().unwrap().read_dir().unwrap();
    let left = folder.filter(|file| {
        file.as_ref().unwrap().file_name().to_string_lossy().starts_with("list.csv.")
    });
    assert_eq!(left.count(), 0);
}

/// What stands in the folder of a file under its name, or begins with it.
fn beside(path: &Path) -> usize {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let files = path.parent().unwrap().read_dir().unwrap();
    files
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with(&name))
        .count()
}

#[test]
fn a24_an_export_says_that_it_is_under_way_and_can_be_stopped() {
    let desk = Desk::example();
    let csv = desk.path().with_file_name("stopped.csv");
    let (mut app, moods) = remote(&desk, &options(), PLAIN);
    let export = |app: &mut App| {
        // Letter by letter, as nothing comes to rest while the server is silent.
        let letters: Vec<_> = csv.display().to_string().chars().map(String::from).collect();
        app.meanwhile(&format!(": e x p o r t Space {} Enter", letters.join(" ")));
    };
    moods.set(Mood::Mute);
    export(&mut app);
    app.sees("exporting ... (Ctrl-c stops)");
    // One list at a time is enough, and the screen goes on meanwhile.
    export(&mut app);
    app.sees("A list is being exported: Ctrl-c stops that");
    app.meanwhile("j j");
    assert!(app.line(">").contains("bulk-03"), "{}", app.screen());
    app.meanwhile("Ctrl-c").settle().sees("The export was stopped: no file was written");
    app.sees_no("exporting");
    while beside(&csv) > 0 {
        app.meanwhile("j");
    }
    moods.set(Mood::Well);
    export(&mut app);
    app.settle().sees("21 tokens written to").sees_no("exporting");
    assert_eq!(beside(&csv), 1);
}

#[test]
fn a24_a_folder_that_is_not_there_is_told_before_anything_is_asked() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    line(&mut app, "export /nowhere/at/all.csv").sees("there is no such folder");
}
