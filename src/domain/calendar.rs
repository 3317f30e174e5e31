//! Instants, calendar months and the dates people type.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::whole;

/// An instant in UTC. Every time in the program is one.
pub type Time = DateTime<Utc>;

/// The last instant there is: stores and the wire carry four-digit years.
pub const LAST: Time = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(instant) => instant,
    None => Time::MAX_UTC,
};

/// The last second of a day: a Valid to that was typed as a day ends with it (D15).
fn end_of_day(day: NaiveDate) -> Time {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::seconds(24 * 60 * 60 - 1)
}

fn start_of_day(day: NaiveDate) -> Time {
    day.and_time(NaiveTime::MIN).and_utc()
}

/// The same day and time `months` calendar months later, or the last day of that
/// month where it is shorter (R105). Nothing where that leaves the calendar.
pub fn add_months(from: Time, months: u32) -> Option<Time> {
    from.checked_add_months(Months::new(months))
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// It follows none of the accepted forms.
    #[error("'{0}' is not a date: write 2027-01-31, +90d, +12w, +6m, eom, eoy or never")]
    Form(String),
    /// It lies beyond what a calendar here can hold.
    #[error("'{0}' lies outside the calendar")]
    Range(String),
}

/// Which end of a day a date stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayEnd {
    /// 00:00:00, for Valid from.
    Start,
    /// 23:59:59, for Valid to.
    End,
}

/// Reads a date as people type it: `2027-01-31`, an RFC 3339 instant, `+90d`,
/// `+12w`, `+6m`, `eom` (end of month), `eoy` (end of year).
///
/// A day stands for its start or its end, as `end` says; `+` counts from `now`
/// to the second.
pub fn parse_date(text: &str, now: Time, end: DayEnd) -> Result<Time, DateError> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let form = || DateError::Form(text.to_owned());
    let range = || DateError::Range(text.to_owned());
    let day = match lower.as_str() {
        "eom" => last_of_month(now.date_naive()).ok_or_else(range)?,
        "eoy" => NaiveDate::from_ymd_opt(now.year(), 12, 31).ok_or_else(range)?,
        _ if lower.starts_with('+') => {
            return parse_span(&lower).ok_or_else(form)?.after(now).ok_or_else(range);
        }
        _ => match DateTime::parse_from_rfc3339(text) {
            Ok(instant) => return Ok(instant.to_utc()),
            Err(_) => NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| form())?,
        },
    };
    // Stores and the wire carry four-digit years.
    if !(1..=9999).contains(&day.year()) {
        return Err(range());
    }
    Ok(match end {
        DayEnd::Start => start_of_day(day),
        DayEnd::End => end_of_day(day),
    })
}

fn last_of_month(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// A length of time as people type it: `90d`, `12w`, `6m`, `24h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// Hours.
    Hours(u32),
    /// Days of 24 hours.
    Days(u32),
    /// Calendar months.
    Months(u32),
}

impl Span {
    /// The instant this long after `from`, or nothing beyond the year 9999.
    pub fn after(self, from: Time) -> Option<Time> {
        let instant = match self {
            Self::Hours(hours) => from.checked_add_signed(TimeDelta::hours(hours.into())),
            Self::Days(days) => from.checked_add_days(Days::new(days.into())),
            Self::Months(months) => add_months(from, months),
        };
        instant.filter(|instant| instant.year() <= 9999)
    }

    /// The instant this long before `from`, or nothing before the year 1.
    pub fn before(self, from: Time) -> Option<Time> {
        let instant = match self {
            Self::Hours(hours) => from.checked_sub_signed(TimeDelta::hours(hours.into())),
            Self::Days(days) => from.checked_sub_days(Days::new(days.into())),
            Self::Months(months) => from.checked_sub_months(Months::new(months)),
        };
        instant.filter(|instant| instant.year() >= 1)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(hours) => write!(f, "{hours}h"),
            Self::Days(days) => write!(f, "{days}d"),
            Self::Months(months) => write!(f, "{months}m"),
        }
    }
}

fn parse_span(text: &str) -> Option<Span> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let unit = text.chars().next_back()?;
    let count: u32 = text.strip_suffix(unit)?.parse().ok()?;
    match unit {
        'h' => Some(Span::Hours(count)),
        'd' => Some(Span::Days(count)),
        'w' => count.checked_mul(7).map(Span::Days),
        'm' => Some(Span::Months(count)),
        'y' => count.checked_mul(12).map(Span::Months),
        _ => None,
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        parse_span(&text.trim().to_ascii_lowercase())
            .ok_or_else(|| format!("'{text}' is not a length of time: write 24h, 30d, 12w or 6m"))
    }
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

    /// Reads `never`, `3m`, `6m`, `12m`, or any date of [`parse_date`].
    pub fn parse(text: &str, now: Time) -> Result<Self, DateError> {
        let lower = text.trim().to_ascii_lowercase();
        if lower == "never" {
            return Ok(Self::Never);
        }
        match parse_span(&lower) {
            Some(Span::Months(months)) if months <= 1_200 => Ok(Self::Months(months)),
            Some(_) if !lower.starts_with('+') => Err(DateError::Form(text.to_owned())),
            _ => parse_date(text, now, DayEnd::End).map(Self::At),
        }
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("Never"),
            Self::Months(months) => write!(f, "{months} months"),
            Self::At(instant) => write!(f, "{}", instant.format("%Y-%m-%d")),
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

/// `2026-01-05 09:14:00 UTC`, as Details shows an instant.
pub fn seconds(instant: Time) -> String {
    instant.format("%Y-%m-%d %H:%M:%S UTC").to_string()
}
