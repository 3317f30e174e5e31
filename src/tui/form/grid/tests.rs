//! The grid by its keys and pictures.

use super::*;
use crate::tui::theme::Themes;

fn grid(names: &[&str]) -> Grid {
    let item = |(at, name): (usize, &&str)| Item::new(&format!("MOD-{:04}", at + 1), *name);
    Grid::new(names.iter().enumerate().map(item))
}

fn press(grid: &mut Grid, key: &str) -> bool {
    key.parse().is_ok_and(|key| grid.press(key) == KeyTaken::Yes)
}

fn keys(grid: &mut Grid, keys: &str) {
    for key in keys.split_whitespace() {
        assert!(press(grid, key), "{key}");
    }
}

fn sketch(grid: &Grid, columns: usize) -> (Vec<String>, usize) {
    let theme = Themes::default().named("default", true);
    let sketch = grid.sketch(Look { theme: &theme, columns, focused: true });
    let lines = sketch.lines.iter().map(|line| line.to_string().trim_end().to_owned());
    (lines.collect(), sketch.at)
}

fn picture(grid: &Grid) -> Vec<String> {
    sketch(grid, 76).0
}

fn levels(grid: &Grid) -> Vec<&'static str> {
    grid.rows.iter().map(|row| word(row.level)).collect()
}

#[test]
fn r100_new_rows_are_no_and_letters_arrows_and_space_set_them() {
    let mut grid = grid(&["Catalog", "Orders", "Billing"]);
    assert_eq!(levels(&grid), ["No", "No", "No"]);
    assert_eq!(grid.levels(), BTreeMap::new());
    keys(&mut grid, "Down r Down f");
    assert_eq!(levels(&grid), ["No", "Read", "Full"]);
    keys(&mut grid, "Left Left Left Up Right Up Space Space Space Space");
    assert_eq!(levels(&grid), ["Read", "Full", "No"]);
    keys(&mut grid, "n");
    assert_eq!(grid.levels(), BTreeMap::from([("MOD-0002".to_owned(), Level::Full)]));
}

#[test]
fn r101_apply_to_all_sets_every_row_and_one_change_unticks_it() {
    let mut grid = grid(&["Catalog", "Orders", "Billing"]);
    keys(&mut grid, "Up f Right Space");
    assert_eq!(levels(&grid), ["Full", "Full", "Full"]);
    assert!(picture(&grid)[0].contains("[Full v]  [x] Apply to all"));
    keys(&mut grid, "Down Down f");
    assert!(picture(&grid)[0].contains("[x]"), "the same level is no change");
    keys(&mut grid, "n");
    assert_eq!(levels(&grid), ["Full", "No", "Full"]);
    assert!(picture(&grid)[0].contains("[ ] Apply to all"));
}

#[test]
fn r101_a_ticked_apply_to_all_follows_the_level() {
    let mut grid = grid(&["Catalog", "Orders"]);
    keys(&mut grid, "Up Right Space Left n");
    assert_eq!(levels(&grid), ["No", "No"]);
    keys(&mut grid, "Space");
    assert_eq!(levels(&grid), ["Read", "Read"]);
    keys(&mut grid, "Right Space Left f");
    assert_eq!(levels(&grid), ["Read", "Read"], "unticked, it changes nothing");
}

#[test]
fn it_looks_like_its_picture() {
    let mut grid = grid(&["Catalog", "Orders"]);
    keys(&mut grid, "j r");
    assert_eq!(
        picture(&grid),
        [
            "  Access level [Read v]  [ ] Apply to all  Tab",
            "  MODULE             n no  r read  f full  / find",
            "  Catalog  MOD-0001  (o) No  ( ) Read  ( ) Full",
            "> Orders   MOD-0002  ( ) No  (o) Read  ( ) Full",
        ]
    );
    let (narrow, at) = sketch(&grid, 38);
    assert_eq!((narrow[3].as_str(), at), ("> Orders   ( ) No  (o) Read  ( ) Full", 3));
    assert!(narrow.iter().all(|line| width(line) <= 38), "{narrow:?}");
}

#[test]
fn arrows_that_lead_out_of_it_are_left_to_others() {
    let mut grid = grid(&["Catalog", "Orders"]);
    assert!(press(&mut grid, "Down") && !press(&mut grid, "Down"));
    assert!(press(&mut grid, "Up") && press(&mut grid, "Up") && !press(&mut grid, "Up"));
    for key in ["Tab", "Enter", "Esc", "Ctrl-s", "PgDn"] {
        assert!(!press(&mut grid, key), "{key}");
    }
    let mut grid = Grid::new([]);
    assert!(!press(&mut grid, "Down") && press(&mut grid, "Up") && press(&mut grid, "Space"));
    assert_eq!(picture(&grid)[2], "  no modules");
}

#[test]
fn two_hundred_modules_are_passed_and_found() {
    let names: Vec<_> = (1..=200).map(|number| format!("module-{number:03}")).collect();
    let mut grid = grid(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(picture(&grid)[1].ends_with("200 modules"));
    assert_eq!(picture(&grid).len(), 202);
    keys(&mut grid, "Ctrl-d Down Down f");
    assert!(picture(&grid)[12].starts_with("> module-011"));
    assert_eq!(sketch(&grid, 76).1, 12);
    keys(&mut grid, "G r Ctrl-u");
    assert_eq!(sketch(&grid, 76).1, 193);
    keys(&mut grid, "/ 0 0 7");
    assert!(grid.is_open());
    assert_eq!((picture(&grid)[1].as_str(), sketch(&grid, 76).1), ("  / 007", 1));
    assert!(picture(&grid)[2].starts_with("> module-007"));
    keys(&mut grid, "Enter f");
    assert_eq!(grid.levels().into_keys().collect::<Vec<_>>(), ["MOD-0007", "MOD-0011", "MOD-0200"]);
    keys(&mut grid, "Esc");
    assert!(!grid.is_open());
    assert_eq!(picture(&grid).len(), 202);
}

#[test]
fn what_the_words_hide_is_said_before_all_are_changed() {
    let mut grid = grid(&["Catalog", "Orders", "Billing"]);
    keys(&mut grid, "/ o r d Enter");
    assert!(picture(&grid)[0].contains("Apply to all  also 2 not shown"));
    keys(&mut grid, "/ x");
    assert_eq!(picture(&grid)[2], "  nothing matches");
    keys(&mut grid, "Enter f");
    assert_eq!(grid.levels(), BTreeMap::new(), "there is no row to set");
    assert_eq!(grid.paste("x"), KeyTaken::No, "only words are pasted");
}

#[test]
fn a_filled_grid_keeps_the_levels_of_the_modules_that_stay() {
    let mut grid = grid(&["Catalog", "Orders"]);
    grid.set("MOD-0001", Some(Level::Full));
    grid.set("MOD-0002", Some(Level::Read));
    grid.set_items([Item::new(&"MOD-0002", "Orders"), Item::new(&"MOD-0009", "New")]);
    assert_eq!(grid.levels(), BTreeMap::from([("MOD-0002".to_owned(), Level::Read)]));
}
