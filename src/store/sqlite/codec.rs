//! How ids, times and words of the domain stand in columns, and back.

use std::str::FromStr;

use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Error, Result, Row};

use crate::domain::{Guid, Stamp, Time, UserId};

/// A number as a column holds it. One beyond what `SQLite` can hold is refused.
pub(super) fn number(value: u64) -> Result<i64> {
    i64::try_from(value).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

/// A number out of a column.
pub(super) fn unsigned(row: &Row<'_>, column: usize) -> Result<u64> {
    let stored: i64 = row.get(column)?;
    u64::try_from(stored).map_err(|_| Error::IntegralValueOutOfRange(column, stored))
}

/// A number out of a column that may be empty.
pub(super) fn unsigned_or_none(row: &Row<'_>, column: usize) -> Result<Option<u64>> {
    let stored: Option<i64> = row.get(column)?;
    stored
        .map(|stored| {
            u64::try_from(stored).map_err(|_| Error::IntegralValueOutOfRange(column, stored))
        })
        .transpose()
}

/// An instant as a column holds it.
pub(super) fn millis(time: Time) -> i64 {
    time.timestamp_millis()
}

/// An instant out of a column.
pub(super) fn time(row: &Row<'_>, column: usize) -> Result<Time> {
    instant(row.get(column)?, column)
}

/// An instant out of a column that may be empty.
pub(super) fn time_or_none(row: &Row<'_>, column: usize) -> Result<Option<Time>> {
    let stored: Option<i64> = row.get(column)?;
    stored.map(|stored| instant(stored, column)).transpose()
}

fn instant(stored: i64, column: usize) -> Result<Time> {
    Time::from_timestamp_millis(stored).ok_or(Error::IntegralValueOutOfRange(column, stored))
}

/// Time and user out of two columns next to each other; none where the first is
/// empty.
pub(super) fn stamp_or_none(row: &Row<'_>, column: usize) -> Result<Option<Stamp>> {
    let by = unsigned_or_none(row, column + 1)?.map(UserId::new);
    Ok(time_or_none(row, column)?.map(|at| Stamp { at, by }))
}

/// Time and user out of two columns next to each other.
pub(super) fn stamp(row: &Row<'_>, column: usize) -> Result<Stamp> {
    let by = unsigned_or_none(row, column + 1)?.map(UserId::new);
    Ok(Stamp { at: time(row, column)?, by })
}

/// The two columns of a stamp.
pub(super) fn stamp_columns(stamp: Option<Stamp>) -> Result<(Option<i64>, Option<i64>)> {
    let by = stamp.and_then(|stamp| stamp.by);
    Ok((stamp.map(|stamp| millis(stamp.at)), optional(by.map(UserId::number))?))
}

/// A number that may be absent, as a column holds it.
pub(super) fn optional(value: Option<u64>) -> Result<Option<i64>> {
    value.map(number).transpose()
}

/// A GUID out of a column that may be empty.
pub(super) fn guid_or_none(row: &Row<'_>, column: usize) -> Result<Option<Guid>> {
    let stored: Option<[u8; 16]> = row.get(column)?;
    Ok(stored.map(Guid::from_bytes))
}

/// A word of the domain out of a column. The word itself is not repeated in the
/// error.
pub(super) fn word<T: FromStr>(row: &Row<'_>, column: usize) -> Result<T> {
    let stored = row.get_ref(column)?.as_str()?;
    stored.parse().map_err(|_| {
        Error::FromSqlConversionFailure(column, Type::Text, FromSqlError::InvalidType.into())
    })
}
