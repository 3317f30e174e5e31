//! Which columns fit, and how wide each is. Widths do not depend on what is in the
//! rows, so that scrolling moves no column.

use crate::domain::Column;

/// Columns of the screen before the name: cursor, mark, space.
pub(super) const GUTTER: usize = 3;
/// Space before each column but the first.
pub(super) const GAP: usize = 2;
/// The least a name gets.
const NAME: usize = 16;
/// The most a name gets: what 60 letters need.
const LONGEST_NAME: usize = 60;

/// The columns shown at first, in the order in which they are given room (R35).
pub(super) const DEFAULT: [Column; 14] = [
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

/// The width of a column; that of the name is the least it gets.
fn width_of(column: Column) -> usize {
    match column {
        Column::Name => NAME,
        Column::Status | Column::ActiveFrom => 11,
        Column::Id => 13,
        Column::Modules => 12,
        Column::Expires | Column::RevokedAt => 10,
        Column::LastAccess | Column::Account | Column::Created | Column::RevokedBy => 16,
        Column::CreatedBy => 26,
        Column::Guid => 36,
        Column::IsActive => 9,
    }
}

/// The columns that fit into `columns` of the screen, each with its width. The
/// first that does not fit ends the row: less important ones never come instead.
pub(super) fn fitting(shown: &[Column], columns: usize) -> Vec<(Column, usize)> {
    let mut used = GUTTER;
    let mut fitting = Vec::new();
    for column in shown.iter().copied() {
        let gap = if fitting.is_empty() { 0 } else { GAP };
        let width = width_of(column);
        if used + gap + width > columns {
            break;
        }
        used += gap + width;
        fitting.push((column, width));
    }
    if let Some((_, name)) = fitting.iter_mut().find(|(column, _)| *column == Column::Name) {
        *name = (*name + columns.saturating_sub(used)).min(LONGEST_NAME);
    }
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(columns: usize) -> Vec<Column> {
        fitting(&DEFAULT, columns).into_iter().map(|(column, _)| column).collect()
    }

    #[test]
    fn r035_columns_are_dropped_by_priority() {
        assert_eq!(names(40), DEFAULT.get(..2).unwrap_or_default());
        assert_eq!(names(80), DEFAULT.get(..5).unwrap_or_default());
        assert_eq!(names(160), DEFAULT.get(..9).unwrap_or_default());
        assert_eq!(names(400), DEFAULT);
    }

    #[test]
    fn the_name_takes_what_is_left_and_no_row_is_too_wide() {
        for columns in 40..300 {
            let fitting = fitting(&DEFAULT, columns);
            let gaps = GAP * (fitting.len() - 1);
            let used = GUTTER + gaps + fitting.iter().map(|(_, width)| width).sum::<usize>();
            assert!(used <= columns, "{columns}");
            assert!(fitting.iter().all(|(_, width)| *width >= 9), "{columns}");
        }
    }
}
