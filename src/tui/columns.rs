//! Which columns are on, which of them are in sight, and how wide each is. Widths do
//! not depend on what is in the rows, so that scrolling moves no column.

use crate::domain::Column;
use crate::wire::{ColumnDescriptor, Descriptors};

/// Columns of the screen before the name: cursor, mark, space.
pub(super) const GUTTER: usize = 3;
/// Space before each column but the first.
pub(super) const GAP: usize = 2;
/// The least a name gets.
const NAME: usize = 16;
/// The least it gets beside a column that was scrolled to; below, it gives way.
const SHORT_NAME: usize = 8;
/// From this many columns on a name gets more than the least, and the GUID has a place.
const WIDE: usize = 120;
/// The most a name gets: what 60 letters need.
const LONGEST_NAME: usize = 60;

/// The width of a column, with room for the arrow and place of a sort key; that of
/// the name is the least it gets.
fn width_of(said: &Descriptors, column: Column) -> usize {
    said.column(column).map_or(NAME, ColumnDescriptor::cells)
}

/// The columns in sight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Strip {
    /// Each with its width, from left to right.
    pub(super) shown: Vec<(Column, usize)>,
    /// Those that are scrolled off to the left.
    pub(super) off: Vec<Column>,
    /// How many more are on than there is room for.
    pub(super) after: usize,
}

impl Strip {
    /// Whether a column is in sight.
    pub(super) fn has(&self, column: Column) -> bool {
        self.shown.iter().any(|(shown, _)| *shown == column)
    }
}

/// The columns that are on, before it is known how many there is room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Columns<'c> {
    /// What there is of each.
    pub(super) said: &'c Descriptors,
    /// Those that are on, the most important first.
    pub(super) on: &'c [Column],
    /// Whether the rows may be of several accounts: whose they are comes first then.
    pub(super) several: bool,
}

impl Columns<'_> {
    /// What is in sight in so much room, with so many scrolled off. The name stays where
    /// it is.
    pub(super) fn strip(&self, room: usize, scrolled: usize) -> Strip {
        let row = self.row(room);
        let before = scrolled.min(self.last_scroll(&row, room));
        let (off, rest) = row.split_at_checked(before).unwrap_or_default();
        let shown = self.fill(rest, room);
        // The name is always the first of `shown`, unless it gave way.
        let beside = shown.iter().filter(|(column, _)| *column != Column::Name).count();
        Strip { after: rest.len() - beside, shown, off: off.to_vec() }
    }

    /// The columns beside the name by importance: it hangs on the room, and on whose rows
    /// they are.
    fn ranked(&self, room: usize) -> Vec<Column> {
        let on = self.on.iter().copied();
        let mut ranked: Vec<_> = on.filter(|column| *column != Column::Name).collect();
        if self.several {
            raise(&mut ranked, Column::Account, None);
        }
        if room >= WIDE {
            raise(&mut ranked, Column::Guid, Some(Column::Id));
        }
        ranked
    }

    /// The same as they come when scrolling: first those that fit, in their usual order,
    /// then the others by importance.
    fn row(&self, room: usize) -> Vec<Column> {
        let mut row = self.ranked(room);
        let fitting = self.fitting(&row, room);
        if let Some(fitting) = row.get_mut(..fitting) {
            let first = |column: Column| self.several && column == Column::Account;
            fitting.sort_by_key(|column| (!first(*column), self.said.place(*column)));
        }
        row
    }

    /// How many of these fit beside a name. The first that does not ends the row: less
    /// important ones never come instead.
    fn fitting(&self, columns: &[Column], room: usize) -> usize {
        let mut used = GUTTER + least_name(room);
        let fits = |column: &&Column| {
            used += GAP + width_of(self.said, **column);
            used <= room
        };
        columns.iter().take_while(fits).count()
    }

    /// From where on all the rest is in sight.
    fn last_scroll(&self, row: &[Column], room: usize) -> usize {
        (0..row.len())
            .find(|at| {
                let rest = row.get(*at..).unwrap_or_default();
                self.fitting(rest, room).max(1) >= rest.len()
            })
            .unwrap_or_default()
    }

    /// As many of these as fit beside a name. One that was scrolled to is shown in any
    /// case, be it instead of the name.
    fn fill(&self, rest: &[Column], room: usize) -> Vec<(Column, usize)> {
        let count = self.fitting(rest, room);
        let beside: Vec<_> =
            rest.iter().take(count).map(|column| (*column, width_of(self.said, *column))).collect();
        let used = GUTTER + beside.iter().map(|(_, width)| width + GAP).sum::<usize>();
        let left = room.saturating_sub(used);
        if let (0, Some(first)) = (count, rest.first()) {
            return alone((*first, width_of(self.said, *first)), left);
        }
        let mut shown = vec![(Column::Name, left.clamp(NAME, LONGEST_NAME))];
        shown.extend(beside);
        shown
    }
}

/// The least a name gets: of a wide window more, before the least of the columns come.
fn least_name(room: usize) -> usize {
    (NAME + room.saturating_sub(WIDE) / 4).min(LONGEST_NAME)
}

/// Puts a column behind another, or first; where it stands before that already, it stays.
fn raise(ranked: &mut Vec<Column>, column: Column, behind: Option<Column>) {
    let place = |of: Column| ranked.iter().position(|one| *one == of);
    let to = behind.and_then(place).map_or(0, |at| at + 1);
    if let Some(at) = place(column).filter(|at| *at > to) {
        ranked.remove(at);
        ranked.insert(to, column);
    }
}

fn alone((column, width): (Column, usize), room: usize) -> Vec<(Column, usize)> {
    match room.checked_sub(width + GAP) {
        Some(name) if name >= SHORT_NAME => vec![(Column::Name, name), (column, width)],
        _ => vec![(column, width.min(room))],
    }
}

/// The columns that are on after one was ticked: it outranks all but the name.
pub(super) fn with(on: &[Column], column: Column) -> Vec<Column> {
    let others = on.iter().copied().filter(|other| ![Column::Name, column].contains(other));
    [Column::Name, column].into_iter().chain(others).collect()
}

/// The columns that are on after one was unticked; the name stays.
pub(super) fn without(on: &[Column], column: Column) -> Vec<Column> {
    on.iter().copied().filter(|other| *other != column || column == Column::Name).collect()
}

/// Columns as they can be used, whatever they were read from: the name first, and
/// none twice.
pub(super) fn tidy(on: &[Column]) -> Vec<Column> {
    let mut tidy = vec![Column::Name];
    for column in on {
        if !tidy.contains(column) {
            tidy.push(*column);
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    /// Those on at first, in the order in which they are given room (R35).
    const DEFAULT: [Column; 15] = [
        Column::Name,
        Column::Status,
        Column::Id,
        Column::Modules,
        Column::Expires,
        Column::LastAccess,
        Column::Account,
        Column::Created,
        Column::CreatedBy,
        Column::Owner,
        Column::RevokedAt,
        Column::RevokedBy,
        Column::ActiveFrom,
        Column::Guid,
        Column::IsActive,
    ];

    /// The columns of a store of ours, in a list of one account or of several.
    fn of_account(on: &[Column], several: bool) -> Columns<'_> {
        static OURS: LazyLock<Descriptors> = LazyLock::new(Descriptors::default);
        Columns { said: &OURS, on, several }
    }

    /// The strip of a store of ours.
    fn strip(on: &[Column], room: usize, scrolled: usize) -> Strip {
        of_account(on, false).strip(room, scrolled)
    }

    #[test]
    fn what_is_on_at_first_is_all_but_what_nobody_looks_for() {
        let ours = Descriptors::default();
        let shown: Vec<_> = ours.columns.iter().filter(|column| column.shown).collect();
        assert!(shown.iter().map(|column| column.key).eq(DEFAULT));
    }

    fn names(on: &[Column], room: usize, scrolled: usize) -> Vec<Column> {
        strip(on, room, scrolled).shown.into_iter().map(|(column, _)| column).collect()
    }

    fn first(count: usize) -> &'static [Column] {
        DEFAULT.get(..count).unwrap_or_default()
    }

    #[test]
    fn r035_columns_are_dropped_by_priority() {
        assert_eq!(names(&DEFAULT, 40, 0), first(2));
        assert_eq!(names(&DEFAULT, 80, 0), first(5));
        let wide = [
            Column::Name,
            Column::Status,
            Column::Id,
            Column::Modules,
            Column::Expires,
            Column::LastAccess,
            Column::Account,
            Column::Guid,
        ];
        assert_eq!(names(&DEFAULT, 160, 0), wide);
        assert_eq!(names(&DEFAULT, 400, 0), DEFAULT);
        assert_eq!(strip(&DEFAULT, 80, 0).after, 10);
    }

    #[test]
    fn b06_whose_rows_they_are_comes_first_where_they_are_of_several_accounts() {
        let names = |on: &[Column], room| {
            let shown = of_account(on, true).strip(room, 0).shown;
            shown.into_iter().map(|(column, _)| column).collect::<Vec<_>>()
        };
        let expected = [Column::Name, Column::Account, Column::Status, Column::Id, Column::Modules];
        assert_eq!(names(&DEFAULT, 80), expected);
        // Nobody gets a column back that they took away.
        assert_eq!(names(&without(&DEFAULT, Column::Account), 80), first(5));
        let ticked = names(&with(&DEFAULT, Column::LastAccess), 80);
        assert!(ticked.starts_with(&[Column::Name, Column::Account]), "{ticked:?}");
        assert!(ticked.contains(&Column::LastAccess), "{ticked:?}");
    }

    #[test]
    fn b06_b33_in_a_wide_window_the_guid_has_a_place_and_the_name_the_rest() {
        for room in 120..300 {
            for several in [false, true] {
                let shown = of_account(&DEFAULT, several).strip(room, 0).shown;
                let guid = shown.iter().find(|(column, _)| *column == Column::Guid);
                assert_eq!(guid.map(|(_, width)| *width), Some(36), "{room}");
            }
        }
        let name = |room| strip(&DEFAULT, room, 0).shown.first().map(|(_, width)| *width);
        assert!(name(200) > Some(44), "{:?}", name(200));
        assert_eq!(name(330), Some(60));
    }

    #[test]
    fn r035_one_just_ticked_outranks_the_others_and_keeps_its_place() {
        let on = with(&DEFAULT, Column::LastAccess);
        let expected =
            [Column::Name, Column::Status, Column::Id, Column::Modules, Column::LastAccess];
        assert_eq!(names(&on, 80, 0), expected);
        assert_eq!(on.len(), DEFAULT.len());
    }

    #[test]
    fn r035_scrolling_reaches_every_column_at_every_width() {
        for room in 40..300 {
            let mut seen = Vec::new();
            let mut scrolled = 0;
            loop {
                let strip = strip(&DEFAULT, room, scrolled);
                assert_eq!(strip.off.len(), scrolled);
                seen.extend(strip.shown.iter().map(|(column, _)| *column));
                if strip.after == 0 {
                    break;
                }
                scrolled += 1;
            }
            assert!(DEFAULT.iter().all(|column| seen.contains(column)), "{room}");
        }
    }

    #[test]
    fn r035_nothing_lies_beyond_the_last_column() {
        let end = strip(&DEFAULT, 80, 1_000);
        assert_eq!(end.after, 0);
        assert_eq!(strip(&DEFAULT, 80, end.off.len()), end);
        assert_eq!(strip(&DEFAULT, 400, 1_000).off, []);
    }

    #[test]
    fn no_row_is_too_wide_and_no_column_cut_but_for_one_wider_than_the_window() {
        for room in 40..300 {
            for scrolled in 0..DEFAULT.len() {
                let Strip { shown, .. } = strip(&DEFAULT, room, scrolled);
                let used: usize = shown.iter().map(|(_, width)| width + GAP).sum();
                assert!(GUTTER + used - GAP <= room, "{room} {scrolled}");
                for (column, width) in shown {
                    let whole = column == Column::Name
                        || width == width_of(&Descriptors::default(), column);
                    assert!(whole && width >= SHORT_NAME, "{column:?} {room} {scrolled}");
                }
            }
        }
    }

    #[test]
    fn the_name_cannot_be_unticked_and_stands_first() {
        assert_eq!(without(first(3), Column::Name), first(3));
        assert_eq!(without(first(3), Column::Id), first(2));
        assert_eq!(tidy(&[Column::Id, Column::Name, Column::Id]), [Column::Name, Column::Id]);
        assert_eq!(tidy(&[]), [Column::Name]);
    }
}
