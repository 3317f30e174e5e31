//! Choices by their keys and pictures.

use super::*;
use crate::tui::theme::Themes;

/// Entries that are called as they say, ticked where they begin with an `x`.
fn choices(texts: &[&str]) -> Choices {
    let item = |text: &&str| Item::new(&text.trim_start_matches('x'), text.trim_start_matches('x'));
    let mut choices = Choices::new(texts.iter().map(item));
    let ticked = texts.iter().filter_map(|text| text.strip_prefix('x')).map(str::to_owned);
    choices.tick(&ticked.collect::<Vec<_>>());
    choices
}

fn press(choices: &mut Choices, key: &str) -> bool {
    key.parse().is_ok_and(|key| choices.press(key) == KeyTaken::Yes)
}

fn keys(choices: &mut Choices, keys: &str) {
    for key in keys.split_whitespace() {
        assert!(press(choices, key), "{key}");
    }
}

fn sketch(choices: &Choices, columns: usize) -> (Vec<String>, usize) {
    let theme = Themes::default().named("default", true);
    let sketch = choices.sketch(Look { theme: &theme, columns, focused: true });
    let lines = sketch.lines.iter().map(|line| line.to_string().trim_end().to_owned());
    (lines.collect(), sketch.at)
}

fn picture(choices: &Choices) -> Vec<String> {
    sketch(choices, 62).0
}

fn ticked(choices: &Choices) -> Vec<String> {
    choices.ticked().into_iter().collect()
}

#[test]
fn short_entries_stand_side_by_side_and_where_there_is_no_room_in_a_list() {
    let choices = choices(&["xNorth plant", "South plant", "Harbor"]);
    assert_eq!(picture(&choices), ["> [x] North plant    [ ] South plant    [ ] Harbor"]);
    let list = ["> [x] North plant", "  [ ] South plant", "  [ ] Harbor"];
    assert_eq!(sketch(&choices, 30).0, list);
}

#[test]
fn arrows_move_as_it_looks_and_leave_at_the_edge() {
    let mut choices = choices(&["aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc", "d"]);
    keys(&mut choices, "Down Space");
    assert_eq!(ticked(&choices), ["d"]);
    assert!(!press(&mut choices, "Down") && !press(&mut choices, "Right"));
    keys(&mut choices, "Left Space");
    assert_eq!(ticked(&choices), ["cccccccccccc", "d"]);
    assert!(!press(&mut choices, "Up"));
    for key in ["Tab", "Enter", "Esc", "Ctrl-s", "PgDn"] {
        assert!(!press(&mut choices, key), "{key}");
    }
}

#[test]
fn other_entries_keep_the_ticks_of_those_that_stay() {
    let mut choices = choices(&["xa", "xb", "c"]);
    choices.set_items([Item::new(&"b", "b"), Item::new(&"z", "z")]);
    assert_eq!(ticked(&choices), ["b"]);
    choices.tick(&["z".to_owned(), "stranger".to_owned()]);
    assert_eq!(ticked(&choices), ["b", "z"]);
}

#[test]
fn a_thousand_entries_are_passed_and_found() {
    let texts: Vec<_> = (0..1000).map(|number| format!("scope-{number:04}")).collect();
    let mut choices = choices(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(picture(&choices)[0], "  0 of 1000 ticked  / find");
    keys(&mut choices, "G Space");
    assert_eq!((ticked(&choices).len(), sketch(&choices, 62).1), (1, 334));
    keys(&mut choices, "g Ctrl-d");
    assert_eq!(sketch(&choices, 62).1, 9);
    keys(&mut choices, "/ 5 5 5");
    assert!(choices.is_open());
    assert_eq!(picture(&choices), ["  / 555", "> [ ] scope-0555"]);
    keys(&mut choices, "Enter Space Esc");
    assert_eq!(ticked(&choices), ["scope-0555", "scope-0999"]);
    assert_eq!(picture(&choices)[0], "  2 of 1000 ticked  / find");
}

#[test]
fn words_that_find_nothing_say_so_and_tick_nothing() {
    let mut choices = choices(&["a", "b"]);
    keys(&mut choices, "/ x");
    assert_eq!(choices.paste("yz"), KeyTaken::Yes);
    assert_eq!(picture(&choices)[1], "  nothing matches");
    keys(&mut choices, "Enter Space");
    assert_eq!(ticked(&choices), [""; 0]);
    assert!(press(&mut choices, "Esc") && !press(&mut choices, "Esc"));
    assert_eq!(choices.paste("a"), KeyTaken::No, "only words are pasted");
}

#[test]
fn hostile_and_wide_texts_stay_in_their_room() {
    let wide = "\u{5927}".repeat(80);
    let mut choices = choices(&["\u{1b}[2Jx", &wide, ""]);
    keys(&mut choices, "Down / a Esc");
    for columns in [0, 1, 6, 20, 64] {
        let (lines, _) = sketch(&choices, columns);
        assert!(lines.iter().all(|line| width(line) <= columns.max(MARK)), "{lines:?}");
        assert!(!lines.concat().contains('\u{1b}'));
    }
}
