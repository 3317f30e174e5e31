//! Lengths of time as people say them: how long ago, and how long still. Pure; the
//! times come in.

use crate::domain::Time;

/// How long ago, in the largest unit that says it.
pub(super) fn ago(minutes: i64) -> String {
    match minutes {
        ..1 => "just now".to_owned(),
        minutes => format!("{} ago", long(minutes)),
    }
}

/// How long it is from one time to a later one: `in 23 h`.
pub(super) fn ahead(from: Time, to: Time) -> String {
    match (to - from).num_minutes() {
        ..1 => "in less than 1 min".to_owned(),
        minutes => format!("in {}", long(minutes)),
    }
}

fn long(minutes: i64) -> String {
    match minutes {
        ..60 => format!("{minutes} min"),
        60..2880 => format!("{} h", minutes / 60),
        _ => format!("{} days", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_ago_is_said_in_its_largest_unit() {
        assert_eq!(ago(-5), "just now");
        assert_eq!(ago(0), "just now");
        assert_eq!(ago(59), "59 min ago");
        assert_eq!(ago(15 * 60 + 38), "15 h ago");
        assert_eq!(ago(48 * 60), "2 days ago");
    }

    #[test]
    fn what_is_still_to_come_is_never_said_to_be_longer_than_it_is() {
        let ahead = |seconds| {
            ahead(Time::UNIX_EPOCH, Time::UNIX_EPOCH + chrono::TimeDelta::seconds(seconds))
        };
        assert_eq!(ahead(59), "in less than 1 min");
        assert_eq!(ahead(3_599), "in 59 min");
        assert_eq!(ahead(24 * 3_600 - 1), "in 23 h");
        assert_eq!(ahead(7 * 24 * 3_600), "in 7 days");
    }
}
