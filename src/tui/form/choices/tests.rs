//! Choices by their keys and pictures.

use super::*;
use crate::tui::theme::Themes;

const ROOM: Room = Room { columns: 64, rows: 6 };

fn items(texts: &[&str]) -> Vec<Item<usize>> {
    texts.iter().enumerate().map(|(at, text)| Item::new(at, *text)).collect()
}

fn several(texts: &[&str], chosen: &[usize]) -> Choices<usize> {
    Choices::several(items(texts), &chosen.iter().copied().collect())
}

fn press(choices: &mut Choices<usize>, key: &str) -> bool {
    key.parse().is_ok_and(|key| choices.press(key, ROOM))
}

fn keys(choices: &mut Choices<usize>, keys: &str) {
    for key in keys.split_whitespace() {
        assert!(press(choices, key), "{key}");
    }
}

fn picture(choices: &Choices<usize>, room: Room) -> Vec<String> {
    let theme = Themes::default().named("default", true);
    let lines = choices.lines(&theme, room, true);
    lines.iter().map(|line| line.to_string().trim_end().to_owned()).collect()
}

#[test]
fn short_entries_stand_side_by_side_and_long_or_noted_ones_in_a_list() {
    let mut choices = several(&["North plant", "South plant", "Harbor"], &[0]);
    assert_eq!(picture(&choices, ROOM), ["> [x] North plant    [ ] South plant    [ ] Harbor"]);
    let narrow = Room { columns: 30, rows: 6 };
    let list = ["> [x] North plant", "  [ ] South plant", "  [ ] Harbor"];
    assert_eq!(picture(&choices, narrow), list);
    choices.offer(items(&["A", "B"]).into_iter().map(|item| item.noted("USR-0001-0001")));
    assert_eq!(picture(&choices, ROOM), ["> [x] A  USR-0001-0001", "  [ ] B  USR-0001-0001"]);
}

#[test]
fn arrows_move_as_it_looks_and_leave_at_the_edge() {
    let mut choices = several(&["aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd", "e"], &[]);
    keys(&mut choices, "Down Space");
    assert_eq!(choices.first(), Some(4));
    assert!(!press(&mut choices, "Down") && !press(&mut choices, "Right"));
    keys(&mut choices, "Left Space");
    assert_eq!(choices.chosen(), &BTreeSet::from([3, 4]));
    assert!(!press(&mut choices, "Up"));
    assert!(!press(&mut choices, "Tab") && !press(&mut choices, "Enter"));
}

#[test]
fn space_ticks_and_unticks_and_of_one_kind_chooses_another() {
    let mut choices = several(&["a", "b"], &[0, 7]);
    assert_eq!(choices.chosen(), &BTreeSet::from([0]), "7 is not offered");
    keys(&mut choices, "Space");
    assert_eq!(choices.first(), None);
    assert!(press(&mut choices, "Right"));
    let space = Key::plain(KeyCode::Char(' '));
    assert!(choices.press(space, ROOM));
    assert_eq!(choices.first(), Some(1));
    let mut choices = Choices::one(items(&["a", "b", "c"]), Some(1));
    assert_eq!(picture(&choices, ROOM), ["  ( ) a  > (o) b    ( ) c"]);
    keys(&mut choices, "l Space Space");
    assert_eq!(choices.chosen(), &BTreeSet::from([2]));
}

#[test]
fn a_thousand_entries_are_turned_by_pages_and_found() {
    let texts: Vec<_> = (0..1000).map(|number| format!("scope-{number:04}")).collect();
    let mut choices = several(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &[999]);
    let first = picture(&choices, ROOM);
    assert_eq!((first.len(), first[0].contains("1-15 of 1000")), (ROOM.rows, true));
    assert!(first[0].contains("1 of 1000  / finds"));
    keys(&mut choices, "G");
    assert!(picture(&choices, ROOM)[0].ends_with("991-1000 of 1000"));
    assert_eq!(choices.cursor_line(ROOM), 4);
    keys(&mut choices, "g Ctrl-d / 5 5");
    assert!(choices.takes_text());
    keys(&mut choices, "5");
    assert_eq!(picture(&choices, ROOM)[1], "> [ ] scope-0555");
    keys(&mut choices, "Enter Space Esc");
    assert_eq!(choices.chosen(), &BTreeSet::from([555, 999]));
    assert!(picture(&choices, ROOM)[0].contains("2 of 1000"));
}

#[test]
fn words_that_find_nothing_say_so_and_choose_nothing() {
    let mut choices = several(&["a", "b"], &[]);
    keys(&mut choices, "/ x");
    assert!(choices.paste("yz"));
    assert_eq!(picture(&choices, ROOM)[1], "  nothing matches");
    keys(&mut choices, "Enter Space");
    assert_eq!(choices.first(), None);
    assert!(press(&mut choices, "Esc") && !press(&mut choices, "Esc"));
    assert!(!choices.paste("a"), "only words are pasted");
}

#[test]
fn hostile_and_wide_texts_stay_in_their_room() {
    let mut choices = several(&["\u{1b}[2Jx", &"\u{5927}".repeat(80), ""], &[]);
    keys(&mut choices, "Down");
    for columns in [0, 1, 6, 20, 64] {
        let room = Room { columns, rows: 2 };
        let lines = picture(&choices, room);
        assert!(lines.iter().all(|line| width(line) <= columns.max(8)), "{lines:?}");
        assert!(!lines.concat().contains('\u{1b}'));
    }
}
