//! Times and lengths of time as people type them. This is the only reader of them:
//! flags, form fields, filter lines and the server's parameters take the same words.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta};

use super::instant::{LAST, Time, add_months, is_leap_second};

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
    /// Its 00:00:00, for Valid from.
    Start,
    /// The next day's 00:00:00, for Valid to: the first instant that is no longer in it
    /// (D15).
    End,
}

/// A time as it was typed, before it is known from which `now` it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A length of time from now: ahead for what ends, back for what is past.
    Span(Span),
    /// A day.
    Day(NaiveDate),
    /// The last day of this month.
    EndOfMonth,
    /// The last day of this year.
    EndOfYear,
    /// An instant.
    Instant(Time),
}

impl When {
    /// The instant it stands for; a day stands for that end of it. Nothing outside the
    /// years 1 to 9999.
    pub fn at(self, now: Time, end: DayEnd) -> Option<Time> {
        let day = match self {
            Self::Span(span) => return span.after(now),
            Self::Instant(instant) => return Some(instant),
            Self::Day(day) => day,
            Self::EndOfMonth => {
                now.date_naive().with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()?
            }
            Self::EndOfYear => NaiveDate::from_ymd_opt(now.year(), 12, 31)?,
        };
        let start = day.and_time(NaiveTime::MIN).and_utc();
        match end {
            DayEnd::Start => Some(start),
            // Nothing follows the last day: it ends with the calendar.
            DayEnd::End => Some(start.checked_add_days(Days::new(1))?.min(LAST)),
        }
    }

    /// The instant it stands for where it is about something past: a length of time
    /// counts back from `now`, a day is meant from its start.
    pub fn ago(self, now: Time) -> Option<Time> {
        match self {
            Self::Span(span) => span.before(now),
            Self::Day(_) | Self::EndOfMonth | Self::EndOfYear | Self::Instant(_) => {
                self.at(now, DayEnd::Start)
            }
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Span(span) => span.fmt(f),
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::EndOfMonth => f.write_str("eom"),
            Self::EndOfYear => f.write_str("eoy"),
            Self::Instant(instant) => {
                f.write_str(&instant.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
            }
        }
    }
}

impl FromStr for When {
    type Err = DateError;

    /// Reads `2027-01-31`, an RFC 3339 instant, `90d`, `12w`, `6m`, `2y` or `24h` with
    /// or without a plus, `eom` (end of month), `eoy` (end of year).
    fn from_str(text: &str) -> Result<Self, DateError> {
        let text = text.trim();
        let form = || DateError::Form(text.to_owned());
        if let Ok(span) = text.parse() {
            return Ok(Self::Span(span));
        }
        if text.eq_ignore_ascii_case("eom") {
            return Ok(Self::EndOfMonth);
        }
        if text.eq_ignore_ascii_case("eoy") {
            return Ok(Self::EndOfYear);
        }
        if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
            let instant = Some(instant.to_utc()).filter(|instant| !is_leap_second(*instant));
            return instant.map(Self::Instant).ok_or_else(form);
        }
        // The reader of numbers behind this would take signs, blanks and short years.
        if text.find('-') != Some(4) || !text.chars().all(|c| c.is_ascii_digit() || c == '-') {
            return Err(form());
        }
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map_err(|_| form())?;
        // Stores and the wire carry four-digit years.
        if !(1..=9999).contains(&day.year()) {
            return Err(DateError::Range(text.to_owned()));
        }
        Ok(Self::Day(day))
    }
}

/// The instant that a text stands for, be it a day, then for that end of it.
pub fn parse_date(text: &str, now: Time, end: DayEnd) -> Result<Time, DateError> {
    let when: When = text.parse()?;
    when.at(now, end).ok_or_else(|| DateError::Range(text.trim().to_owned()))
}

/// A length of time as people type it: `90d`, `12w`, `6m`, `24h`, a plus before it or
/// not.
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

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let typed = text.trim().to_ascii_lowercase();
        read_span(&typed)
            .ok_or_else(|| format!("'{text}' is not a length of time: write 24h, 30d, 12w or 6m"))
    }
}

fn read_span(text: &str) -> Option<Span> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let unit = text.chars().next_back()?;
    let count = text.strip_suffix(unit)?;
    // The reader of numbers would take a second plus.
    if !count.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let count: u32 = count.parse().ok()?;
    match unit {
        'h' => Some(Span::Hours(count)),
        'd' => Some(Span::Days(count)),
        'w' => count.checked_mul(7).map(Span::Days),
        'm' => Some(Span::Months(count)),
        'y' => count.checked_mul(12).map(Span::Months),
        _ => None,
    }
}
