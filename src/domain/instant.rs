//! Instants, and calendar months between them.

use chrono::{DateTime, Months, Timelike as _, Utc};

/// An instant in UTC. Every time in the program is one.
pub type Time = DateTime<Utc>;

/// The last instant there is: stores and the wire carry four-digit years.
pub const LAST: Time = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(instant) => instant,
    None => Time::MAX_UTC,
};

/// The same day and time `months` calendar months later, or the last day of that
/// month where it is shorter (R105). Nothing where that leaves the calendar.
pub fn add_months(from: Time, months: u32) -> Option<Time> {
    from.checked_add_months(Months::new(months))
}

/// Whether an instant lies in a sixty-first second, which the clocks here do not have.
pub fn is_leap_second(instant: Time) -> bool {
    instant.nanosecond() >= 1_000_000_000
}
