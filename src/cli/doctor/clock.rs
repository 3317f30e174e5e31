//! The clock against the time that the store knows: a clock that was set back revives
//! nothing, but what is recorded meanwhile carries the later time; one that jumped ahead
//! stops all but revoke and disable.

use super::check::Check;
use crate::domain::Time;
use crate::domain::calendar::seconds;
use crate::domain::clock::{ADVICE, FutureEvent, Stand};
use crate::wire::StoreKind;

const AREA: &str = "clock";

pub(super) fn check(
    kind: StoreKind,
    mark: Option<Time>,
    (stand, event): (Stand, Option<FutureEvent>),
    now: Time,
) -> Check {
    if let Some(problem) = stand.problem(event) {
        return Check::problem(AREA, problem, ADVICE);
    }
    match mark {
        Some(mark) if mark > now && kind == StoreKind::Normal => Check::warning(
            AREA,
            format!("{} is before the newest event, {}", seconds(now), seconds(mark)),
            "set the clock; until then that event's time is taken for now",
        ),
        _ => Check::ok(AREA, seconds(now)),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::cli::doctor::State;
    use crate::domain::clock::stand;

    #[test]
    fn a_clock_behind_the_newest_event_is_a_warning() {
        let at = |second| Time::from_timestamp(second, 0).unwrap_or_default();
        let state = |kind, mark, now| check(kind, mark, (stand(mark, now), None), now).state;
        assert_eq!(state(StoreKind::Normal, Some(at(10)), at(9)), State::Warning);
        assert_eq!(state(StoreKind::Normal, Some(at(10)), at(10)), State::Ok);
        assert_eq!(state(StoreKind::Normal, None, at(9)), State::Ok);
        // The example's dates are not those of its day.
        let example = |mark, now| check(StoreKind::Example, mark, (Stand::Right, None), now).state;
        assert_eq!(example(Some(at(10)), at(9)), State::Ok);
    }

    #[test]
    fn a_clock_far_from_the_store_is_a_problem_that_names_the_event() {
        let now = Time::from_timestamp(1_000_000_000, 0).unwrap_or_default();
        let ahead = now + TimeDelta::days(1_095);
        let event = Some(FutureEvent { sequence: 12, at: ahead });
        let behind = check(StoreKind::Normal, Some(ahead), (stand(Some(ahead), now), event), now);
        assert_eq!(behind.state, State::Problem);
        assert!(behind.found.contains("1,095 days behind"), "{}", behind.found);
        assert!(behind.found.contains("event 12 is from the future"), "{}", behind.found);
        let jumped = check(StoreKind::Normal, Some(now), (stand(Some(now), ahead), None), ahead);
        assert_eq!(jumped.state, State::Problem);
        assert!(jumped.found.contains("only revoke and disable"), "{}", jumped.found);
    }
}
