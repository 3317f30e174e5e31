//! How long a value is to live, and how instants are shown. What people type is read by
//! `when`.

use std::fmt;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

pub use super::instant::{LAST, Time, add_months, is_leap_second};
pub use super::when::{DateError, DayEnd, Span, When, parse_date};
use super::whole;

/// How many calendar months lie between two instants, where it is nothing but months.
fn whole_months(from: Time, end: Time) -> Option<u32> {
    let count = |time: Time| i64::from(time.year()) * 12 + i64::from(time.month0());
    let months = u32::try_from(count(end) - count(from)).ok()?;
    (add_months(from, months)? == end).then_some(months)
}

/// How long a value is to live, as the form and the commands ask it (R104, D13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Expiry {
    /// Without end.
    Never,
    /// Calendar months from the moment it is set.
    Months(#[serde(deserialize_with = "whole::read")] u32),
    /// Until this instant.
    At(Time),
}

impl Expiry {
    /// The choice offered first where a user holds the token.
    pub const DEFAULT_OF_USER: Self = Self::Months(6);

    /// `+6 months`: when a request ends that names no end, as far as is known before it is
    /// accepted. For a column; the account's rules may make it less.
    pub fn after_acceptance() -> String {
        format!("+{}", Self::DEFAULT_OF_USER)
    }

    /// The Valid to that follows, counted from `now`. Months beyond the calendar
    /// end with it.
    pub fn valid_to(self, now: Time) -> Option<Time> {
        match self {
            Self::Never => None,
            Self::Months(months) => {
                let end = add_months(now, months).filter(|end| *end <= LAST);
                Some(end.unwrap_or(LAST))
            }
            Self::At(instant) => Some(instant),
        }
    }

    /// The life of a next value where nobody names its end: as long as that of the value
    /// before, from its issue to its end. Never stays Never, and whole months stay months,
    /// however long those are by then. Where nobody knows when it was issued, or its end
    /// came before that, it is six months, which lengthens no life by a guess.
    pub fn again(issued: Option<Time>, end: Option<Time>, now: Time) -> Self {
        let Some(end) = end else { return Self::Never };
        let Some(issued) = issued.filter(|issued| *issued < end) else {
            return Self::DEFAULT_OF_USER;
        };
        match whole_months(issued, end) {
            Some(months) => Self::Months(months),
            None => Self::At(now.checked_add_signed(end - issued).unwrap_or(LAST).min(LAST)),
        }
    }

    /// Reads `never`, or anything that [`When`] reads: months stay months, a day ends
    /// with its last instant.
    pub fn parse(text: &str, now: Time) -> Result<Self, DateError> {
        if text.trim().eq_ignore_ascii_case("never") {
            return Ok(Self::Never);
        }
        match text.parse()? {
            When::Span(Span::Months(months)) if months <= 1_200 => Ok(Self::Months(months)),
            when => {
                let end = when.at(now, DayEnd::End);
                end.map(Self::At).ok_or_else(|| DateError::Range(text.trim().to_owned()))
            }
        }
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("Never"),
            Self::Months(months) => write!(f, "{months} months"),
            Self::At(instant) => f.write_str(&end_day(*instant)),
        }
    }
}

/// An instant cut to the millisecond, which is what stores and the wire keep.
pub fn to_millisecond(instant: Time) -> Time {
    DateTime::from_timestamp_millis(instant.timestamp_millis()).unwrap_or(instant)
}

/// `2026-01-05 09:14`, as lists show an instant.
pub fn minutes(instant: Time) -> String {
    instant.format("%Y-%m-%d %H:%M").to_string()
}

/// `2026-01-05`, as lists show a day.
pub fn day(instant: Time) -> String {
    instant.format("%Y-%m-%d").to_string()
}

/// The last day on which something is valid that ends at `end`: an end at 00:00:00 is
/// that of the day before, as whoever typed that day meant it.
pub fn last_day(end: Time) -> NaiveDate {
    let day = end.date_naive();
    if end.time() == NaiveTime::MIN { day.pred_opt().unwrap_or(day) } else { day }
}

/// [`last_day`] as lists show it.
pub fn end_day(end: Time) -> String {
    last_day(end).format("%Y-%m-%d").to_string()
}

/// An instant as a program reads it (RFC 3339), or nothing.
pub fn rfc3339(instant: Option<Time>) -> String {
    let text = |time: Time| time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true);
    instant.map_or_else(String::new, text)
}

/// `2026-01-05 09:14:00 UTC`, as Details shows an instant.
pub fn seconds(instant: Time) -> String {
    instant.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}
