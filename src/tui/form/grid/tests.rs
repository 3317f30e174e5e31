//! The grid by its keys and pictures.

use super::*;
use crate::tui::theme::Themes;

const ROOM: Room = Room { columns: 76, rows: 12 };

fn grid(names: &[&str]) -> Grid {
    let module = |(at, name): (usize, &&str)| (ModuleId::new(at as u64 + 1), (*name).to_owned());
    Grid::new(names.iter().enumerate().map(module), &BTreeMap::new())
}

fn keys(grid: &mut Grid, keys: &str) {
    for key in keys.split_whitespace() {
        assert!(key.parse().is_ok_and(|key| grid.press(key, ROOM)), "{key}");
    }
}

fn picture(grid: &Grid, room: Room) -> Vec<String> {
    let theme = Themes::default().named("default", true);
    let lines = grid.lines(&theme, room, true);
    lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
}

fn levels(grid: &Grid) -> Vec<&'static str> {
    grid.rows.iter().map(|row| word(row.level)).collect()
}

#[test]
fn r100_new_rows_are_no_and_letters_arrows_and_space_set_them() {
    let mut grid = grid(&["Catalog", "Orders", "Billing"]);
    assert_eq!(levels(&grid), ["No", "No", "No"]);
    assert_eq!(grid.access(), BTreeMap::new());
    keys(&mut grid, "Down r Down f");
    assert_eq!(levels(&grid), ["No", "Read", "Full"]);
    keys(&mut grid, "Left Left Left Up Right Up Space Space Space Space");
    assert_eq!(levels(&grid), ["Read", "Full", "No"]);
    keys(&mut grid, "n");
    assert_eq!(grid.access(), BTreeMap::from([(ModuleId::new(2), Level::Full)]));
}

#[test]
fn r101_apply_to_all_sets_every_row_and_one_change_unticks_it() {
    let mut grid = grid(&["Catalog", "Orders", "Billing"]);
    keys(&mut grid, "Up f Right Space");
    assert_eq!(levels(&grid), ["Full", "Full", "Full"]);
    assert!(picture(&grid, ROOM)[0].contains("[Full v]  [x] Apply to all"));
    keys(&mut grid, "Down Down f");
    assert!(picture(&grid, ROOM)[0].contains("[x]"), "the same level is no change");
    keys(&mut grid, "n");
    assert_eq!(levels(&grid), ["Full", "No", "Full"]);
    assert!(picture(&grid, ROOM)[0].contains("[ ] Apply to all"));
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
        picture(&grid, ROOM),
        [
            "  Access level [Read v]  [ ] Apply to all",
            "  MODULE",
            "  Catalog  MOD-0001  (o) No  ( ) Read  ( ) Full",
            "> Orders   MOD-0002  ( ) No  (o) Read  ( ) Full",
        ]
    );
    let narrow = picture(&grid, Room { columns: 38, rows: 12 });
    assert_eq!(narrow[3], "> Orders   ( ) No  (o) Read  ( ) Full");
    assert!(narrow.iter().all(|line| width(line) <= 38));
}

#[test]
fn arrows_that_lead_out_of_it_are_left_to_others() {
    let mut grid = grid(&["Catalog", "Orders"]);
    let mut press = |key: &str| key.parse().is_ok_and(|key| grid.press(key, ROOM));
    assert!(press("Down") && !press("Down"));
    assert!(press("Up") && press("Up") && !press("Up"));
    assert!(!press("Tab") && !press("Enter") && !press("Esc") && !press("Ctrl-s"));
}

#[test]
fn two_hundred_modules_scroll_by_pages_and_are_found() {
    let names: Vec<_> = (1..=200).map(|number| format!("module-{number:03}")).collect();
    let mut grid = grid(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(picture(&grid, ROOM).len(), ROOM.rows);
    assert!(picture(&grid, ROOM)[1].ends_with("1-10 of 200"));
    keys(&mut grid, "Down Down Down Down Down Down Down Down Down");
    assert!(picture(&grid, ROOM)[2].contains("module-001"));
    keys(&mut grid, "Down f");
    assert!(picture(&grid, ROOM)[2].starts_with("> module-011"));
    assert_eq!(grid.cursor_line(ROOM), 2);
    keys(&mut grid, "G r Ctrl-u");
    assert!(picture(&grid, ROOM)[1].ends_with("191-200 of 200"));
    keys(&mut grid, "/ 0 0 7");
    assert!(grid.takes_text());
    assert!(picture(&grid, ROOM)[2].starts_with("> module-007"));
    keys(&mut grid, "Enter f");
    let given: Vec<_> = grid.access().into_keys().map(|module| module.to_string()).collect();
    assert_eq!(given, ["MOD-0007", "MOD-0011", "MOD-0200"]);
    keys(&mut grid, "Esc");
    assert!(picture(&grid, ROOM)[1].ends_with("1-10 of 200"));
}

#[test]
fn what_the_words_hide_is_said_before_all_are_changed() {
    let mut grid = grid(&["Catalog", "Orders", "Billing"]);
    keys(&mut grid, "/ o r d Enter");
    assert!(picture(&grid, ROOM)[0].ends_with("Apply to all  also 2 not shown"));
    keys(&mut grid, "/ x");
    assert_eq!(picture(&grid, ROOM)[2], "  nothing matches");
    keys(&mut grid, "Enter f");
    assert_eq!(grid.access(), BTreeMap::new(), "there is no row to set");
}

#[test]
fn other_modules_keep_the_levels_of_those_that_stay() {
    let mut grid = grid(&["Catalog", "Orders"]);
    keys(&mut grid, "f Down r");
    grid.offer([(ModuleId::new(2), "Orders".to_owned()), (ModuleId::new(9), "New".to_owned())]);
    assert_eq!(grid.access(), BTreeMap::from([(ModuleId::new(2), Level::Read)]));
}
