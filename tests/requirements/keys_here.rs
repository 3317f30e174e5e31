//! What a place says of its own keys: the footer, its help, what may come next on the command
//! line, the sentences of empty lists, what a key that means nothing is answered with.

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;
use tokendeck::tui::input::Input;
use tokendeck::tui::{Keymap, Options, WantedKeys};

use crate::support::foreign::Foreign;
use crate::support::lacking::seat_with;
use crate::support::{App, Desk, options, value};

const SMALL: (u16, u16) = (80, 24);
const WIDE: (u16, u16) = (160, 50);

/// The last line.
fn footer(app: &mut App) -> String {
    app.screen().lines().last().unwrap().to_owned()
}

/// Fails unless the footer names all of these.
fn names(app: &mut App, words: &[&str]) {
    let line = footer(app);
    for word in words {
        assert!(line.contains(word), "the footer has no {word}: {line}\n{}", app.screen());
    }
}

/// Fails if the footer names one of these.
fn names_none(app: &mut App, words: &[&str]) {
    let line = footer(app);
    for word in words {
        assert!(!line.contains(word), "the footer has {word}: {line}\n{}", app.screen());
    }
}

fn read_only() -> Options {
    Options { read_only: true, ..options() }
}

/// Keys of a scope in place of those of the table.
fn remapped(scope: &str, command: &str, keys: &[&str]) -> Options {
    let mut wanted = WantedKeys::new();
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    wanted.entry(scope.to_owned()).or_default().insert(command.to_owned(), keys);
    Options { keymap: Keymap::remapped(&wanted).unwrap(), ..options() }
}

#[test]
fn b07_the_footer_names_what_is_pressed_most_in_that_very_place() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), SMALL);
    let list = " ? help  / find  Enter details  Space select  n new  f filter  ! danger  q quit";
    assert_eq!(footer(&mut app).trim_end(), list);
    // It is the same on every row, so that a move does not write it anew.
    for name in ["leaked", "robot-2", "summer", "nightly"] {
        app.keys("F /").text(name).keys("Enter");
        assert_eq!(footer(&mut app).trim_end(), list, "{name}");
    }
    app.keys("F / robot-1 Enter Space");
    names(&mut app, &["Space select", "u deselect", "m more", "! danger", "t enable/disable"]);
    app.keys("u Enter");
    names(&mut app, &["Tab tabs", "! danger", "x show value", "e edit", "t disable", "Esc back"]);
    names_none(&mut app, &["Enter details", "Space select", "n new"]);
    app.keys("Esc 2");
    names(&mut app, &["/ find", "Enter open", "Space select", "n request", "f filter", "! danger"]);
    app.keys("3");
    names(&mut app, &["Tab lists", "/ find", "Enter details", "q quit"]);
}

#[test]
fn b07_no_footer_names_what_is_refused_there() {
    let desk = Desk::example();
    // A Viewer changes nothing, a Member nothing of others.
    let mut app = desk.seat_with("vic", &options(), WIDE);
    names(&mut app, &["/ find", "Enter details", "y copy GUID"]);
    let changes = ["n new", "e edit", "t disable", "show value", "! danger", "request"];
    names_none(&mut app, &changes);
    app.keys("Enter");
    names_none(&mut app, &changes);
    app.keys("Esc 3");
    names_none(&mut app, &["n new", "e edit", "! danger", "t disable"]);
    let mut app = desk.seat_with("max", &options(), WIDE);
    names(&mut app, &["? help", "/ find", "f filter", "q quit"]);
    names_none(&mut app, &["Enter", "Space", "n new", "m more", "! danger", "copy GUID"]);
    let mut app = desk.seat_with("ada", &read_only(), WIDE);
    names(&mut app, &["Enter details", "y copy GUID"]);
    names_none(&mut app, &changes);
    // A token that has ended can't be changed, and is deleted still.
    let mut app = desk.seat_with("ada", &options(), WIDE);
    app.keys("/ leaked Enter");
    names(&mut app, &["! danger", "n new"]);
    names_none(&mut app, &["e edit", "t disable", "t enable", "show value"]);
}

#[test]
fn b07_a_user_and_jobs_that_are_done_offer_what_is_left_to_do() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), WIDE);
    app.keys("2 Enter Tab").sees("[General]");
    names(&mut app, &["Tab tabs", "Esc back"]);
    names_none(&mut app, &["Enter details", "Space select", "copy GUID", "f filter"]);
    app.keys("1 / bulk Enter A t Right Enter").sees("15 tokens disabled").keys("b");
    names(&mut app, &["Enter report", "Esc close"]);
    names_none(&mut app, &["resume", "stop", "abandon"]);
    app.keys("Esc w");
    names(&mut app, &["Esc close"]);
    names_none(&mut app, &["retry", "keep trying", "dismiss"]);
}

#[test]
fn b07_no_footer_names_what_the_backend_has_not() {
    let desk = Desk::example();
    let foreign = |inner| -> Arc<dyn tokendeck::backend::Backend> { Arc::new(Foreign::new(inner)) };
    let mut app = seat_with((&desk, "rosa"), foreign, &options(), (200, 40));
    names(&mut app, &["Enter details", "n new", "e edit", "! danger"]);
    names_none(&mut app, &["GUID", "value"]);
    app.keys("Enter");
    names(&mut app, &["e edit"]);
    names_none(&mut app, &["GUID", "value"]);
}

#[test]
fn b08_an_empty_list_says_whose_it_is_and_what_leads_on() {
    let empty = "No API tokens yet. n makes one, key 3: modules and accounts, ? keys; \
                 `tokendeck demo` shows an example";
    let desk = Desk::empty();
    for size in [SMALL, WIDE, (40, 12)] {
        desk.seat_with("tester", &options(), size).sees(empty).sees_no("yet in");
    }
    // It stays under what lies over it.
    desk.seat("tester").keys("/").sees(empty).keys("Esc !").sees("No API tokens yet. n makes one");
    let keys = remapped("act", "new", &["N"]);
    desk.seat_with("tester", &keys, WIDE).sees("No API tokens yet. N makes one, key 3:");
    let keys = remapped("act", "new", &[]);
    desk.seat_with("tester", &keys, WIDE).sees("No API tokens yet. ? keys").sees_no("makes one");
    desk.seat_with("tester", &read_only(), WIDE).sees("yet. ? keys").sees_no("makes one");
    let desk = Desk::example();
    desk.seat("max").sees("You hold no tokens. ? keys").sees_no("makes one").sees_no("demo");
    desk.seat("kim").keys("2 j j Enter").sees("holds no API tokens. n makes one, ? keys");
}

#[test]
fn b30_a_key_that_means_nothing_here_says_so() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), SMALL);
    let idle = |key: &str| format!("no 12:00:00 {key} does nothing here; ? keys");
    app.keys("d").sees(&idle("d")).keys("D").sees(&idle("D")).keys("F5").sees(&idle("F5"));
    app.keys("Delete").sees(&idle("Delete")).keys("! z").sees(&idle("! z"));
    // What gives up what was begun is heard, and what moves has moved.
    app.keys("! Esc").sees_no("does nothing").keys("k k G G Left Right").sees_no("does nothing");
    app.keys("Enter Space").sees(&idle("Space")).keys("f").sees(&idle("f")).keys("Esc");
    app.keys("m z").sees(&idle("z")).keys("Left").sees(&idle("Left")).keys("Esc");
    app.keys("b d").sees(&idle("d")).keys("Esc w x").sees(&idle("x")).keys("Esc");
    app.keys("M n").sees(&idle("n")).keys("Esc ? n").sees(&idle("n")).keys("Esc");
    app.keys("c x").sees(&idle("x")).keys("Esc s x").sees(&idle("x")).keys("Esc");
    app.keys("2 T").sees(&idle("T")).keys("3 T").sees(&idle("T")).keys("1");
    // A form says it where no text is written.
    app.keys("n Tab Tab Tab Tab x").sees(&idle("x")).keys("Esc Right Enter");
    // Nothing of it is worth a line of the messages.
    app.keys("M").sees_no("does nothing").keys("Esc");
    app.keys("/ F5").sees_no("does nothing").keys("Esc : F5").sees_no("does nothing").keys("Esc");
    assert_eq!(desk.statuses(), before);
    let keys = remapped("global", "help", &["H"]);
    desk.seat_with("ada", &keys, SMALL).keys("d").sees("d does nothing here; H keys");
}

#[test]
fn b30_what_has_a_reason_gives_the_reason() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), SMALL);
    app.keys("2 C").sees("That is for a token: Enter opens the user's");
    app.keys("3 f").sees("Not for the catalogue: 1 shows the tokens").keys("1 F");
    app.sees("No filter is set");
}

#[test]
fn b32_what_a_line_was_answered_with_stays_until_a_key() {
    let (desk, folder) = (Desk::example(), TempDir::new().unwrap());
    let mut app = desk.seat_with("ada", &options(), WIDE);
    let path = folder.path().join("list.csv");
    app.keys(":").text(&format!("export {}", path.display())).keys("Enter").sees("tokens written");
    app.pass(Duration::from_mins(1)).sees("tokens written").keys("j").sees_no("tokens written");
    app.keys(":").text("clear-filters").keys("Enter").sees("No filter is set");
    app.pass(Duration::from_mins(1)).sees("No filter is set").keys("j").sees_no("No filter");
    // By its key it goes by itself.
    app.keys("F").sees("No filter is set").pass(Duration::from_mins(1)).sees_no("No filter");
}

#[test]
fn b32_what_may_come_next_stands_above_the_line_with_its_meaning() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), SMALL);
    app.keys(":").text("re").sees("refresh Ctrl-r ask the backend again");
    app.sees("regenerate r new value for the token").sees("revoke ! r revoke the token, for good");
    app.sees_no("> re").keys("Down").sees("> refresh").sees(":refresh").keys("Down Down Down Down");
    app.sees("> revoke !").sees(":revoke").keys("Up").sees("> report").sees(":report");
    app.keys("Tab Tab").sees("> revoke-all").keys("S-Tab").sees("> revoke !").keys("Esc");
    // Of many it says which these are.
    app.keys(":").sees("1-8 of").keys("S-Tab").sees_no("1-8 of").keys("Esc");
    app.keys(":").text("account ").sees("all All my accounts").sees("Acme ACC-0001-0001");
    app.keys("Down Down").sees(":account Acme").keys("Ctrl-u").text("filter unu");
    app.sees("unused: WHEN: usable, and not used for so long").keys("Ctrl-u").text("sort exp");
    app.sees("expires by Expires; - before it reverses").keys("Esc");
    // What can't be done now is listed too, and a line without any such word has the row free.
    app.keys(":").text("zzz").sees("1-10 of 21").keys("Esc").sees_no(":zzz");
    let mut app = desk.seat_with("ada", &options(), (40, 12));
    app.keys(":").text("re").sees("refresh").sees("NAME").keys("Tab").sees("> refresh");
}

#[test]
fn b32_paths_are_completed_folder_by_folder() {
    let (desk, folder) = (Desk::example(), TempDir::new().unwrap());
    std::fs::create_dir_all(folder.path().join("lists/old")).unwrap();
    std::fs::create_dir(folder.path().join("lists/odd")).unwrap();
    for name in ["lists/one.csv", "lists/one.txt", "lists/.hidden.csv"] {
        std::fs::write(folder.path().join(name), "").unwrap();
    }
    let mut app = desk.seat_with("ada", &options(), WIDE);
    app.keys(":").text(&format!("export {}/l", folder.path().display())).sees("lists/ folder");
    app.keys("Tab").sees("/lists/").sees("odd/ folder").sees("old/ folder");
    app.sees("one.csv there already: take another name").sees_no("one.txt").sees_no("hidden");
    app.keys("Down Down").sees("> old/").sees("/lists/old/").keys("Down").sees("/lists/one.csv");
    app.keys("Up").text("new.csv").keys("Enter").sees("21 tokens written to");
    assert!(folder.path().join("lists/old/new.csv").is_file());
    // What can't be read has nothing to offer, and the reason comes with Enter.
    app.keys(":").text("export /no/such/x").sees_no("folder").text(".csv").keys("Enter");
    app.sees("there is no such folder");
}

/// Keys that lead to a place, what its help is called, what it tells of, and what shows that
/// the place is still there.
const PLACES: [(&str, &str, &str, &str); 15] = [
    ("/ robot-1 Enter", "tokens", "search in name", "1-1 of 1"),
    ("Enter", "the details", "next tab", "[General]"),
    ("m", "the menu", "new value for the token", "> Edit"),
    ("b", "jobs", "go on with a job that waits", "No jobs yet"),
    ("w", "unconfirmed changes", "order it again", "confirmed"),
    ("M", "messages", "one line down", "Messages"),
    ("f", "filters", "clear the field", "Filters"),
    ("c", "columns", "add the entry, or take it away", "Columns"),
    ("s", "the order", "find an entry", "Sort by"),
    ("! d", "the question", "button to the right", "Are you sure"),
    ("r", "the question", "choice after", "It gets a new GUID"),
    ("r Right Enter", "the new value", "press the button", "New value of"),
    ("2", "users", "generate & export", "Users - Acme"),
    ("2 Enter Tab", "the user", "next tab", "[General]"),
    ("3", "the catalogue", "the next list", "Catalog -"),
];

#[test]
fn b13_the_help_is_that_of_the_place_and_lies_on_top_of_it() {
    for (keys, name, tells, shows) in PLACES {
        let desk = Desk::example();
        let mut app = desk.seat_with("ada", &options(), WIDE);
        app.keys(keys).sees(shows).keys("?").sees(&format!("Help: {name}")).sees(tells);
        app.keys("?").sees_no("Help:").sees(shows).keys("F1").sees(&format!("Help: {name}"));
        app.keys("Esc").sees_no("Help:").sees(shows);
    }
    // Where it is a letter, the other key of it leads there.
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), WIDE);
    app.keys("/").text("rob?").keys("F1").sees("Help: the search").sees("the rows follow");
    app.keys("Esc").sees("/ rob?").keys("Esc :").text("so?").keys("F1");
    app.sees("Help: the command line").sees("an older line").keys("Esc").sees(":so?");
    app.keys("Esc ! a").text("rev").keys("F1").sees("Help: the question").sees("letter by letter");
    app.keys("Esc").sees("Type revoke 19: rev_").keys("Esc o F1").sees("Help: the account");
    app.keys("Esc")
        .sees("Account")
        .keys("Esc n F1")
        .sees("Help: the form")
        .keys("Esc")
        .sees("Name");
}

#[test]
fn b13_what_is_looked_for_most_comes_first() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (80, 140));
    app.keys("?");
    let screen = app.screen();
    let heads = ["Find", "Open", "Act", "Danger", "Select", "Move", "Pages", "Anywhere", "Words"];
    let place = |head: &str| screen.lines().position(|line| line.trim_start().starts_with(head));
    let places: Vec<_> = heads.iter().map(|head| place(head).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}\n{screen}");
    // What the place has not is not there.
    app.keys("Esc 3 ?").sees_no("choose the columns").sees("change the settings of the token");
}

#[test]
fn b13_the_help_is_searched() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), SMALL);
    app.keys("? /").text("revoke good").sees("/ revoke good").sees("revoke the token, for good");
    app.sees("Danger").sees_no("one line down").sees_no("Pages").keys("Enter").sees("Esc clear");
    app.keys("Esc").sees("Help: tokens").sees("search in name").keys("/").text("zzz");
    app.sees("Nothing here holds these words").keys("Esc").sees("search in name");
    // The list under it is searched by none of that, nor by a value.
    app.keys("/").send(Input::Paste(value("robot-1"))).sees("not kept").sees_no("tdk_");
    app.keys("Esc").sees("1-10 of 21").sees_no("text:");
}

#[test]
fn b13_no_key_leads_away_from_a_question_through_its_help() {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut app = desk.seat_with("ada", &options(), SMALL);
    app.keys("! d Right ?").sees("Help: the question");
    for key in [":", "1", "2", "3", "b", "w", "M", "o", "p", "#", "n", "Enter", "Right", "Ctrl-r"] {
        app.keys(key).sees("Help: the question");
    }
    app.keys("q").sees("Are you sure you want to delete").sees("> Delete <").keys("Esc");
    // A key that comes too early opens nothing over a question.
    app.in_haste("! d ?").sees("Are you sure").sees("key ignored").sees_no("Help:");
    assert_eq!(desk.statuses(), before);
}

#[test]
fn b35_a_new_value_says_how_it_is_checked() {
    for size in [SMALL, WIDE, (40, 14)] {
        let desk = Desk::example();
        let mut app = desk.seat_with("ada", &options(), size);
        app.keys("/ robot-1 Enter r Right Enter").sees("Check it: `tokendeck");
        app.sees("verify -`, paste");
    }
}
