//! The clock against the newest event: a clock that was set back revives nothing,
//! but what is recorded meanwhile carries the later time.

use super::Check;
use crate::domain::Time;
use crate::domain::calendar::seconds;
use crate::wire::StoreKind;

const AREA: &str = "clock";

pub(super) fn check(kind: StoreKind, newest: Option<Time>, now: Time) -> Check {
    match newest {
        Some(newest) if newest > now && kind == StoreKind::Normal => Check::warning(
            AREA,
            format!("{} is before the newest event, {}", seconds(now), seconds(newest)),
            "set the clock; until then that event's time is taken for now",
        ),
        _ => Check::ok(AREA, seconds(now)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::State;

    #[test]
    fn a_clock_behind_the_newest_event_is_a_warning() {
        let at = |second| Time::from_timestamp(second, 0).unwrap_or_default();
        let state = |kind, newest, now| check(kind, newest, now).state;
        assert_eq!(state(StoreKind::Normal, Some(at(10)), at(9)), State::Warning);
        assert_eq!(state(StoreKind::Normal, Some(at(10)), at(10)), State::Ok);
        assert_eq!(state(StoreKind::Normal, None, at(9)), State::Ok);
        // The example's dates are not those of its day.
        assert_eq!(state(StoreKind::Example, Some(at(10)), at(9)), State::Ok);
    }
}
