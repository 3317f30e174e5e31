//! What no key, paste, name or size may do.

use std::time::Duration;

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use tokendeck::tui::input::Input;
use tokendeck::tui::{Options, PageSize};

use crate::support::{App, Desk, options};

/// Every screen of the program, by the keys that lead there.
const SCREENS: [&str; 26] = [
    "",
    "/ a",
    "Enter",
    "Enter Tab",
    "Enter S-Tab",
    "Enter T",
    ":",
    ": s o Tab",
    "y y",
    "?",
    "M",
    "! r",
    "! r Right Enter",
    "! d",
    "! a",
    "!",
    "m",
    "r",
    "r Tab Down",
    "Space Space",
    "A m",
    "A t",
    "A ! r",
    "A ! d r e v",
    "v j j",
    "Enter m",
];

fn random() -> TestRng {
    TestRng::deterministic_rng(RngAlgorithm::ChaCha)
}

/// Letters, digits and signs as a careless paste has them, line ends among them.
fn letter(random: &mut TestRng) -> char {
    match random.next_u32() % 20 {
        0 => '\n',
        1 => '!',
        2 => 'r',
        3 => '\t',
        _ => char::from(b' ' + u8::try_from(random.next_u32() % 95).unwrap()),
    }
}

fn key_of(letter: char) -> String {
    match letter {
        '\n' => "Enter".to_owned(),
        '\t' => "Tab".to_owned(),
        ' ' => "Space".to_owned(),
        other => other.to_string(),
    }
}

fn on_screen(desk: &Desk, keys: &str) -> App {
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys(keys);
    app
}

#[test]
fn two_thousand_pasted_characters_change_no_token_on_any_screen() {
    let desk = Desk::example();
    let before = desk.statuses();
    for screen in SCREENS {
        let mut random = random();
        let text: String = (0..2_000).map(|_| letter(&mut random)).collect();
        on_screen(&desk, screen).send(Input::Paste(text));
        assert_eq!(desk.statuses(), before, "pasted at '{screen}'");
    }
}

/// Two thousand keys on each of these screens. The longest test of all, so that there
/// are two who go half the way each.
fn typed_at(screens: &[&str]) {
    let desk = Desk::example();
    let before = desk.statuses();
    let mut random = random();
    for screen in screens {
        let mut app = on_screen(&desk, screen);
        for _ in 0..2_000 {
            if app.is_over() {
                app = on_screen(&desk, screen);
            }
            app.in_haste(&key_of(letter(&mut random)));
        }
        assert_eq!(desk.statuses(), before, "typed at '{screen}'");
    }
}

#[test]
fn the_same_characters_as_keys_change_no_token_on_any_screen() {
    typed_at(&SCREENS[..SCREENS.len() / 2]);
}

#[test]
fn the_same_characters_as_keys_change_no_token_on_any_other_screen() {
    typed_at(&SCREENS[SCREENS.len() / 2..]);
}

/// What an operator of Cedar County changes on: the forms, Users and the catalogue.
const PLACES: [&str; 14] = [
    "n",
    "n PgDn",
    "n x Esc",
    "e",
    "C",
    "n Tab Tab Tab Tab Enter",
    "2",
    "2 f j Enter A m",
    "2 f j Enter A ! g Right Enter",
    "2 f j Enter ! d",
    "2 Enter",
    "2 Enter Tab",
    "3 h",
    "3 h e Tab",
];

#[test]
fn no_paste_changes_a_token_in_forms_users_and_catalogue() {
    let desk = Desk::example();
    let before = desk.statuses();
    for place in PLACES {
        let mut random = random();
        let mut app = desk.seat_with("kim", &options(), (80, 24));
        let text: String = (0..2_000).map(|_| letter(&mut random)).collect();
        app.keys(place).send(Input::Paste(text));
        assert_eq!(desk.statuses(), before, "pasted at '{place}'");
    }
}

#[test]
fn any_keys_and_sizes_are_survived_in_forms_users_and_catalogue() {
    const OTHERS: [&str; 9] =
        ["Right", "Left", "Down", "Up", "PgDn", "PgUp", "Home", "Delete", "Backspace"];
    for place in PLACES {
        let desk = Desk::example();
        let mut random = random();
        let mut app = desk.seat_with("kim", &options(), (80, 24));
        app.keys(place);
        for turn in 0..400_u16 {
            let other = usize::try_from(random.next_u32()).unwrap() % (OTHERS.len() * 2);
            let key = OTHERS.get(other).map(|key| (*key).to_owned());
            app.in_haste(&key.unwrap_or_else(|| key_of(letter(&mut random))));
            if turn % 20 == 0 {
                app.resize(40 + turn % 90, 10 + turn % 37);
            }
        }
    }
}

/// Screens that only a change leads to.
const AFTERWARDS: [&str; 3] =
    ["r Right Enter", "r Right Enter Esc", "A ! r r e v o k e Space 1 9 Enter"];

#[test]
fn no_paste_and_no_keys_change_a_token_where_something_was_just_done() {
    for screen in AFTERWARDS {
        let desk = Desk::example();
        let mut app = on_screen(&desk, screen);
        let before = desk.statuses();
        let mut random = random();
        app.send(Input::Paste((0..2_000).map(|_| letter(&mut random)).collect()));
        for _ in 0..2_000 {
            app.in_haste(&key_of(letter(&mut random)));
        }
        assert_eq!(desk.statuses(), before, "at '{screen}'");
    }
}

#[test]
fn every_screen_renders_at_every_small_size() {
    for screen in SCREENS.into_iter().chain(AFTERWARDS) {
        let desk = Desk::example();
        let mut app = on_screen(&desk, screen);
        for columns in (1..=44).step_by(3) {
            for rows in 1..=14 {
                app.resize(columns, rows);
            }
        }
        app.resize(80, 24).pass(Duration::from_secs(1));
        assert!(!app.is_over(), "{screen}");
    }
}

#[test]
fn wide_and_combining_names_keep_the_columns_in_line() {
    let desk = Desk::example();
    // Wide letters, a combining accent, an emoji, a flag of two code points.
    let names = ["\u{6771}\u{4eac}", "cax\u{301}", "\u{1f469}", "\u{1f1e9}\u{1f1ea}"];
    for (name, to) in ["bulk-01", "bulk-02", "bulk-03", "bulk-04"].iter().zip(names) {
        desk.rename(name, to);
    }
    let all = Options { page_size: PageSize::Auto, ..options() };
    let mut app = desk.seat_with("ada", &all, (80, 28));
    let buffer = app.buffer();
    let places = (0..buffer.area.height).filter_map(|y| {
        let symbol = |x: u16| buffer[(x, y)].symbol();
        (20..buffer.area.width - 4)
            .find(|x| (0..4).map(|next| symbol(x + next)).collect::<String>() == "TKN-")
    });
    let places: Vec<_> = places.collect();
    assert_eq!(places.len(), 21, "{}", app.screen());
    assert!(places.iter().all(|place| *place == places[0]), "{}", app.screen());
    assert!(names.iter().all(|name| app.screen().contains(name)), "{}", app.screen());
}

#[test]
fn r090_a_name_of_sixty_wide_characters_is_cut_and_not_split() {
    let desk = Desk::example();
    desk.rename("robot-1", &"\u{6771}".repeat(60));
    let mut app = desk.seat_with("ada", &options(), (80, 24));
    app.keys("G").sees("\u{6771}~");
    app.keys("Enter ! r").sees("Are you sure you want to revoke");
    for columns in 40..90 {
        app.resize(columns, 24);
    }
}
