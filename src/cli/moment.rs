//! Times behind flags, where the flag is named whose time lies outside the calendar (what
//! is no time at all is refused by clap, which names it too); and times for programs.

use super::failure::Failure;
use crate::domain::Time;
use crate::domain::calendar::{DayEnd, When};

pub(super) use crate::domain::calendar::rfc3339 as instant;

/// The instant that a time ahead stands for; a day from its start.
pub(super) fn ahead(flag: &str, when: When, now: Time) -> Result<Time, Failure> {
    within(flag, when, when.at(now, DayEnd::Start))
}

/// The instant that a time which is past stands for.
pub(super) fn past(flag: &str, when: When, now: Time) -> Result<Time, Failure> {
    within(flag, when, when.ago(now))
}

fn within(flag: &str, when: When, instant: Option<Time>) -> Result<Time, Failure> {
    instant.ok_or_else(|| Failure::Usage(format!("{flag}: '{when}' lies outside the calendar")))
}
