//! Which time it is: a table of clocks, marks and what was believed before.

use chrono::TimeDelta;
use proptest::prelude::*;
use tokendeck::domain::Time;
use tokendeck::domain::clock::{
    ClockMoment, FutureEvent, Jump, MOST_AT_START, Reading, Stand, distance, mark_is_due, moment,
    stand, words,
};

fn noon() -> Time {
    "2026-03-10T12:00:00Z".parse().unwrap()
}

fn reading(wall: Time, elapsed: TimeDelta) -> Reading {
    Reading { wall, elapsed }
}

fn at_start(mark: Option<Time>, wall: Time) -> ClockMoment {
    moment(mark, Reading::once(wall), None)
}

const ZERO: TimeDelta = TimeDelta::zero();
const DAY: TimeDelta = TimeDelta::days(1);
const SECOND: TimeDelta = TimeDelta::seconds(1);

#[test]
fn d01_at_the_start_ninety_days_ahead_of_the_mark_are_believed_and_no_more() {
    let mark = Some(noon());
    assert_eq!(at_start(None, noon()).at, noon(), "a store without a time takes any");
    let most = noon() + MOST_AT_START;
    assert_eq!((at_start(mark, most).at, at_start(mark, most).jump), (most, None));
    let far = most + SECOND;
    let found = at_start(mark, far);
    assert_eq!(found.jump, Some(Jump { clock: far, known: noon() }));
    assert_eq!((found.at, found.anchor), (noon(), None));
}

#[test]
fn d01_a_running_process_measures_the_clock_by_the_monotonic_one() {
    let (mark, start) = (Some(noon()), Some(reading(noon(), ZERO)));
    // However long it slept: both clocks went on.
    let slept = TimeDelta::days(200);
    let found = moment(mark, reading(noon() + slept, slept), start);
    assert_eq!((found.at, found.jump), (noon() + slept, None));
    // A day more than the monotonic clock is believed, and a second more is not.
    let hour = TimeDelta::hours(1);
    let ahead = noon() + hour + DAY;
    assert_eq!(moment(mark, reading(ahead, hour), start).jump, None);
    let found = moment(mark, reading(ahead + SECOND, hour), start);
    assert_eq!(found.jump, Some(Jump { clock: ahead + SECOND, known: noon() + hour }));
    assert_eq!((found.at, found.anchor), (noon() + hour, start), "it goes by the monotonic one");
    // Steps of less are no way around it.
    let steps = moment(mark, reading(noon() + TimeDelta::hours(20), ZERO), start);
    let again = moment(mark, reading(noon() + TimeDelta::hours(40), ZERO), steps.anchor);
    assert!(again.jump.is_some(), "two steps of 20 hours are 40");
}

#[test]
fn d01_what_was_taken_elsewhere_is_believed_at_once_and_counted_from() {
    let years = TimeDelta::days(1_095);
    let start = Some(reading(noon(), ZERO));
    let there = noon() + years;
    let found = moment(Some(there), reading(there, ZERO), start);
    assert_eq!((found.at, found.jump), (there, None));
    assert_eq!(found.anchor, Some(reading(there, ZERO)));
    // Back again: the mark was lowered, the clock set right; a jump after it is one.
    let back = moment(Some(noon()), reading(noon(), ZERO), found.anchor);
    assert_eq!((back.at, back.jump, back.anchor), (noon(), None, start));
    assert!(moment(Some(noon()), reading(there, ZERO), back.anchor).jump.is_some());
}

#[test]
fn d01_a_process_that_started_under_a_wrong_clock_believes_it_once_it_is_right() {
    let mark = Some(noon());
    let started = at_start(mark, noon() + TimeDelta::days(1_095));
    assert!(started.jump.is_some());
    // The store had rested for a month.
    let right = noon() + TimeDelta::days(30);
    let found = moment(mark, reading(right, DAY), started.anchor);
    assert_eq!((found.at, found.jump), (right, None));
}

#[test]
fn d01_a_clock_and_a_store_that_differ_are_told_with_the_event() {
    let mark = Some(noon() + TimeDelta::days(1_095));
    assert_eq!(stand(Some(noon()), noon()), Stand::Right);
    assert_eq!(stand(Some(noon() + SECOND), noon()), Stand::Right, "clocks are set all the time");
    let behind = stand(mark, noon());
    let event = FutureEvent { sequence: 7, at: noon() + TimeDelta::days(1_095) };
    let told = behind.problem(Some(event)).unwrap();
    assert!(told.contains("1,095 days behind"), "{told}");
    assert!(told.contains("event 7 is from the future, 2029-03-09 12:00:00 UTC"), "{told}");
    let told = stand(Some(noon()), noon() + TimeDelta::days(91)).problem(None).unwrap();
    assert!(told.contains("91 days ahead of 2026-03-10 12:00:00 UTC"), "{told}");
    assert_eq!(words(noon()), "accept 2026-03-10");
    assert_eq!(distance(TimeDelta::days(1_095) - SECOND), "1,095 days");
    assert_eq!(distance(-TimeDelta::hours(47)), "47 h");
    assert_eq!(distance(TimeDelta::minutes(3)), "3 min");
}

#[test]
fn d01_the_mark_is_moved_on_by_the_hour() {
    let minutes = |minutes| noon() + TimeDelta::minutes(minutes);
    assert!(!mark_is_due(Some(noon()), minutes(59)));
    assert!(mark_is_due(Some(noon()), minutes(60)));
    assert!(mark_is_due(None, noon()));
}

proptest! {
    /// Whatever the clocks do, no decision is made by a time behind the mark.
    #[test]
    fn d01_no_time_is_behind_the_mark(
        steps in proptest::collection::vec((-2_000i64..2_000, 0i64..2_000), 1..20),
        mark in 0i64..3_000,
    ) {
        let mark = noon() + TimeDelta::hours(mark);
        let (mut anchor, mut elapsed) = (None, ZERO);
        for (wall, passed) in steps {
            elapsed += TimeDelta::hours(passed);
            let wall = noon() + TimeDelta::hours(wall);
            let found = moment(Some(mark), reading(wall, elapsed), anchor);
            prop_assert!(found.at >= mark);
            if let Some(jump) = found.jump {
                prop_assert_eq!(jump.known, found.at);
                prop_assert!(jump.clock - jump.known > DAY);
            } else {
                prop_assert_eq!(found.at, wall.max(mark));
            }
            anchor = found.anchor;
        }
    }
}
