//! Keys and themes of the operator's own, on the screen.

use ratatui::style::Color;
use tokendeck::tui::{Keymap, Options, Themes, WantedKeys};

use crate::support::{Desk, color_of, options};

fn remapped(wishes: &[(&str, &str, &[&str])]) -> Options {
    let mut wanted = WantedKeys::new();
    for (scope, command, keys) in wishes {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        wanted.entry((*scope).to_owned()).or_default().insert((*command).to_owned(), keys);
    }
    Options { keymap: Keymap::remapped(&wanted).unwrap(), ..options() }
}

#[test]
fn the_operators_keys_act_and_the_tables_do_not() {
    let desk = Desk::example();
    let keys = remapped(&[("list", "revoke", &["! k"]), ("list", "search", &["Ctrl-f"])]);
    let mut app = desk.seat_with("ada", &keys, (160, 50));
    // A search that opened would take the key that makes the next page.
    app.keys("/ Right").sees("11-20 of 21").keys("Home");
    app.keys("Ctrl-f").text("robot-1").keys("Enter").sees("1-1 of 1");
    app.keys("! r").sees_no("Are you sure").keys("! k").sees("Are you sure");
}

#[test]
fn footer_danger_menu_and_help_show_the_keys_in_force() {
    let desk = Desk::example();
    let keys = remapped(&[
        ("act", "revoke", &["! k"]),
        ("list", "search", &["Ctrl-f"]),
        ("act", "toggle-enabled", &[]),
    ]);
    let mut app = desk.seat_with("ada", &keys, (160, 50));
    app.sees("Ctrl-f find").sees("! danger").sees_no("/ find");
    app.keys("!").sees("k revoke the token").keys("Esc");
    app.keys("?").sees("! k revoke the token").sees("(no key) enable or disable");
}

#[test]
fn a_sequence_of_three_keys_waits_for_each() {
    let desk = Desk::example();
    let keys = remapped(&[("act", "revoke", &["Z Z Z"])]);
    let mut app = desk.seat_with("ada", &keys, (80, 24));
    app.keys("Z Z").sees_no("Are you sure").keys("j Z Z Z").sees("Are you sure");
}

#[test]
fn a_theme_colours_the_screen_unless_no_colour_is_wanted() {
    let desk = Desk::example();
    let mut themes = Themes::default();
    themes.add("mine", "[status]\nactive = \"#010203\"\n").unwrap();
    let mine = Options { themes, theme: "mine".to_owned(), ..options() };
    let mut app = desk.seat_with("ada", &mine, (80, 24));
    assert_eq!(color_of(&mut app, "+ Active"), Color::Rgb(1, 2, 3));
    let mut app = desk.seat_with("ada", &Options { color: false, ..mine }, (80, 24));
    assert_eq!(color_of(&mut app, "+ Active"), Color::Reset);
}
