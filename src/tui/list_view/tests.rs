//! One list: its cursor, its pages, what is selected in it.

use proptest::prelude::*;

use super::*;

/// Rows that are numbers, each its own id.
#[derive(Debug, Default)]
struct Numbers {
    ids: Vec<usize>,
    offset: usize,
    total: usize,
}

impl RowSet for Numbers {
    type Row = usize;
    type Id = usize;

    fn rows(&self) -> &[usize] {
        &self.ids
    }

    fn offset(&self) -> usize {
        self.offset
    }

    fn total(&self) -> usize {
        self.total
    }

    fn id(row: &usize) -> usize {
        *row
    }
}

/// A list of so many rows, none of which is in memory.
fn unread(total: usize) -> ListView<Numbers> {
    ListView { page: Numbers { total, ..Numbers::default() }, ..ListView::default() }
}

/// A list of which these rows are in memory, from that place on.
fn window(ids: std::ops::Range<usize>, offset: usize) -> Numbers {
    Numbers { ids: ids.collect(), offset, total: 1_000 }
}

fn list(rows: usize) -> ListView<Vec<usize>> {
    ListView::default().over(0..rows)
}

fn pages_of(rows: usize) -> Sight {
    Sight { height: 40, page_size: PageSize::Rows(rows) }
}

const FIVE: Sight = Sight { height: 5, page_size: PageSize::Auto };

fn moved(list: &mut ListView<Vec<usize>>, commands: &[Command], sight: Sight) -> usize {
    for command in commands {
        assert!(list.move_by(*command, sight), "{command} moves");
    }
    list.cursor
}

#[test]
fn r034_the_position_names_the_rows_of_the_page() {
    let mut list = unread(21);
    list.go_to(0, pages_of(10));
    let position = list.position(pages_of(10));
    assert_eq!(position, Position { first: 0, end: 10, total: 21, page: 1, pages: 3 });
    list.go_to(20, pages_of(10));
    let position = list.position(pages_of(10));
    assert_eq!(position, Position { first: 20, end: 21, total: 21, page: 3, pages: 3 });
}

#[test]
fn a_page_larger_than_the_screen_scrolls_within_itself() {
    let sight = Sight { height: 4, page_size: PageSize::Rows(10) };
    let mut list = unread(21);
    list.go_to(9, sight);
    assert_eq!(list.visible(sight), (6, 10));
    list.go_to(10, sight);
    assert_eq!(list.visible(sight), (10, 14));
}

#[test]
fn an_automatic_page_scrolls_by_row() {
    let mut list = unread(21);
    list.go_to(5, FIVE);
    assert_eq!(list.visible(FIVE), (1, 6));
    list.go_to(3, FIVE);
    assert_eq!(list.visible(FIVE), (1, 6));
}

#[test]
fn an_empty_list_has_one_empty_page() {
    let list = unread(0);
    let position = list.position(pages_of(10));
    assert_eq!(position, Position { first: 0, end: 0, total: 0, page: 1, pages: 1 });
    assert!(!list.lacks_rows(pages_of(10)));
}

#[test]
fn r049_the_cursor_stays_on_its_row_and_else_at_its_place() {
    let mut list = list(10);
    list.put_on(4);
    list.renew(vec![90, 91, 0, 1, 2, 3, 4, 5]);
    assert_eq!((list.cursor, list.id), (6, Some(4)));
    list.renew(vec![0, 1, 2, 3, 5, 6, 7, 8]);
    assert_eq!((list.cursor, list.id), (6, Some(7)), "it is gone");
    list.renew(vec![0, 1]);
    assert_eq!((list.cursor, list.id), (1, Some(1)), "so many are gone");
    list.renew(vec![]);
    assert_eq!((list.cursor, list.id), (0, None));
}

#[test]
fn r049_a_window_may_lie_elsewhere_and_the_cursor_stays_on_its_row() {
    let mut list = ListView { page: window(500..600, 500), ..ListView::default() };
    list.go_to(550, FIVE);
    assert_eq!((list.current(), list.lacks_rows(FIVE)), (Some(&550), false));
    list.renew(window(500..600, 400));
    assert_eq!((list.cursor, list.current()), (450, Some(&550)));
    list.go_to(600, FIVE);
    assert_eq!((list.current(), list.id, list.lacks_rows(FIVE)), (None, None, true));
}

#[test]
fn moves_end_at_the_first_and_at_the_last_row() {
    use Command::{Bottom, Down, FirstPage, HalfDown, HalfUp, LastPage, Top, Up};
    let mut list = list(21);
    assert_eq!(moved(&mut list, &[Up], FIVE), 0);
    assert_eq!(moved(&mut list, &[Bottom, Down], FIVE), 20);
    assert_eq!(moved(&mut list, &[HalfUp], FIVE), 18);
    assert_eq!(moved(&mut list, &[HalfDown, HalfDown], FIVE), 20);
    assert_eq!(moved(&mut list, &[Top, HalfUp], FIVE), 0);
    assert_eq!(moved(&mut list, &[LastPage], pages_of(10)), 20);
    assert_eq!(moved(&mut list, &[Up, FirstPage], pages_of(10)), 0);
    assert!(!list.move_by(Command::Open, FIVE));
}

#[test]
fn r047_a_page_key_does_nothing_at_the_ends() {
    use Command::{NextPage, PageDown, PageUp, PreviousPage};
    let mut list = list(25);
    list.go_to(1, pages_of(10));
    assert_eq!(moved(&mut list, &[PageUp], pages_of(10)), 1);
    assert_eq!(moved(&mut list, &[NextPage, PageDown], pages_of(10)), 21);
    assert_eq!(moved(&mut list, &[PageDown, NextPage], pages_of(10)), 21, "not on to the last");
    assert_eq!(moved(&mut list, &[PreviousPage], pages_of(10)), 11);
}

#[test]
fn a_list_without_pages_goes_to_its_ends_by_page_keys() {
    let mut list = list(8);
    assert!(list.step(Command::PageDown, 5) && list.step(Command::PageDown, 5));
    assert_eq!((list.cursor, list.first_of(4)), (7, 4));
    assert!(list.step(Command::PageUp, 5));
    assert_eq!((list.cursor, list.first_of(4), list.first_of(20)), (2, 0, 0));
    assert!(!list.step(Command::Press, 5));
}

#[test]
fn rows_kept_elsewhere_are_found_again_by_their_id() {
    let list = ListView::on(Some("c"));
    assert_eq!(list.over(["a", "b", "c"]).cursor, 2);
    assert_eq!(list.over(["a", "b"]).current(), Some(&"a"));
}

#[test]
fn r050_a_range_is_drawn_out_in_either_direction() {
    for (by, rows) in [(Command::Down, [4, 5, 6]), (Command::Up, [2, 3, 4])] {
        let mut list = list(9);
        list.put_on(4);
        assert_eq!(list.select(Command::SelectRange, FIVE), None);
        moved(&mut list, &[by, by], FIVE);
        let marked: Vec<_> = (0..9).filter(|row| list.marks(*row)).collect();
        assert_eq!((marked.as_slice(), list.selection.len()), (rows.as_slice(), 0));
        let marking = list.select(Command::SelectRange, FIVE);
        assert_eq!(marking, Some(Marking::Between(4, list.cursor)));
        if let Some(marking) = marking {
            list.selection.mark(marking, &[0, 1, 2, 3, 4, 5, 6]);
        }
        assert_eq!(list.selection.ids(), rows);
    }
}

#[test]
fn r050_selection_and_range_stay_with_their_rows_when_rows_come_anew() {
    let mut list = list(9);
    list.select(Command::Select, FIVE);
    assert_eq!((list.cursor, list.marks(0)), (1, true), "the next row is next");
    list.select(Command::SelectRange, FIVE);
    moved(&mut list, &[Command::Down], FIVE);
    list.renew(vec![7, 2, 8, 1, 0]);
    let marked: Vec<_> = (0..5).filter(|row| list.marks(*row)).collect();
    assert_eq!(marked, [1, 2, 3, 4]);
    list.renew(vec![7]);
    assert!(list.selection.contains(&0), "it is only out of sight");
    list.select(Command::ClearSelection, FIVE);
    assert!(list.selection.is_empty() && list.selection.range.is_none());
}

#[test]
fn selecting_all_or_the_others_gives_up_a_range() {
    for (command, marking) in
        [(Command::SelectAll, Marking::All), (Command::InvertSelection, Marking::Invert)]
    {
        let mut list = list(9);
        list.select(Command::SelectRange, FIVE);
        assert_eq!(list.select(command, FIVE), Some(marking));
        assert!(list.selection.range.is_none());
    }
}

proptest! {
    #[test]
    fn the_cursor_is_always_on_screen(
        total in 0_usize..200,
        height in 0_usize..60,
        rows in prop::option::of(1_usize..60),
        steps in prop::collection::vec(0_usize..250, 1..20),
    ) {
        let page_size = rows.map_or(PageSize::Auto, PageSize::Rows);
        let sight = Sight { height, page_size };
        let mut list = unread(total);
        for step in steps {
            list.go_to(step, sight);
            let (top, end) = list.visible(sight);
            prop_assert!(total == 0 || (top..end).contains(&list.cursor));
            prop_assert!(end <= total && end - top <= height.max(1));
            prop_assert!(list.cursor < total.max(1));
        }
    }
}
