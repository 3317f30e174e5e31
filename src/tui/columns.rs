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
    /// How many are scrolled off to the left.
    pub(super) before: usize,
    /// How many more are on than there is room for.
    pub(super) after: usize,
}

impl Strip {
    /// Whether a column is in sight.
    pub(super) fn has(&self, column: Column) -> bool {
        self.shown.iter().any(|(shown, _)| *shown == column)
    }
}

/// What is in sight of the columns that are on, the most important first, in so much
/// room, with so many scrolled off. The name stays where it is.
pub(super) fn strip(said: &Descriptors, on: &[Column], room: usize, scrolled: usize) -> Strip {
    let row = row(said, on, room);
    let before = scrolled.min(last_scroll(said, &row, room));
    let rest = row.get(before..).unwrap_or_default();
    let shown = fill(said, rest, room);
    // The name is always the first of `shown`, unless it gave way.
    let beside = shown.iter().filter(|(column, _)| *column != Column::Name).count();
    Strip { after: rest.len() - beside, shown, before }
}

/// The columns beside the name as they come when scrolling: first those that fit, in
/// their usual order, then the others by importance.
fn row(said: &Descriptors, on: &[Column], room: usize) -> Vec<Column> {
    let mut row: Vec<_> = on.iter().copied().filter(|column| *column != Column::Name).collect();
    let fitting = fitting(said, &row, room);
    if let Some(fitting) = row.get_mut(..fitting) {
        fitting.sort_by_key(|column| said.place(*column));
    }
    row
}

/// How many of these fit beside a name. The first that does not ends the row: less
/// important ones never come instead.
fn fitting(said: &Descriptors, columns: &[Column], room: usize) -> usize {
    let mut used = GUTTER + NAME;
    let fits = |column: &&Column| {
        used += GAP + width_of(said, **column);
        used <= room
    };
    columns.iter().take_while(fits).count()
}

/// From where on all the rest is in sight.
fn last_scroll(said: &Descriptors, row: &[Column], room: usize) -> usize {
    (0..row.len())
        .find(|at| {
            let rest = row.get(*at..).unwrap_or_default();
            fitting(said, rest, room).max(1) >= rest.len()
        })
        .unwrap_or_default()
}

/// As many of these as fit beside a name. One that was scrolled to is shown in any
/// case, be it instead of the name.
fn fill(said: &Descriptors, rest: &[Column], room: usize) -> Vec<(Column, usize)> {
    let count = fitting(said, rest, room);
    let beside: Vec<_> =
        rest.iter().take(count).map(|column| (*column, width_of(said, *column))).collect();
    let used = GUTTER + beside.iter().map(|(_, width)| width + GAP).sum::<usize>();
    let left = room.saturating_sub(used);
    if let (0, Some(first)) = (count, rest.first()) {
        return alone((*first, width_of(said, *first)), left);
    }
    let mut shown = vec![(Column::Name, left.clamp(NAME, LONGEST_NAME))];
    shown.extend(beside);
    shown
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
    use super::*;

    /// Those on at first, in the order in which they are given room (R35).
    const DEFAULT: [Column; 14] = [
        Column::Name,
        Column::Status,
        Column::Id,
        Column::Modules,
        Column::Expires,
        Column::LastAccess,
        Column::Account,
        Column::Created,
        Column::CreatedBy,
        Column::RevokedAt,
        Column::RevokedBy,
        Column::ActiveFrom,
        Column::Guid,
        Column::IsActive,
    ];

    /// The strip of a store of ours.
    fn strip(on: &[Column], room: usize, scrolled: usize) -> Strip {
        super::strip(&Descriptors::default(), on, room, scrolled)
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
        assert_eq!(names(&DEFAULT, 160, 0), first(9));
        assert_eq!(names(&DEFAULT, 400, 0), DEFAULT);
        assert_eq!(strip(&DEFAULT, 80, 0).after, 9);
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
                assert_eq!(strip.before, scrolled);
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
        assert_eq!(strip(&DEFAULT, 80, end.before), end);
        assert_eq!(strip(&DEFAULT, 400, 1_000).before, 0);
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
