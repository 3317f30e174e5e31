//! What time it is for a decision. The machine's clock may be wrong, be it by a dead
//! battery or by somebody's hand, and a store remembers how far time had come: its mark.
//! Time never runs behind the mark, so that a clock set back revives nothing; and a clock
//! that jumps ahead is not believed by itself, or one wrong event would move the mark for good.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::Time;
use super::calendar::seconds;
use crate::text::thousands;

/// How far a clock may be ahead of the mark when a process starts: longer than a store
/// rests between two uses, shorter than a clock without a battery is wrong.
pub const MOST_AT_START: TimeDelta = TimeDelta::days(90);
/// How far it may get ahead of the monotonic clock while a process runs.
pub const MOST_WHILE_RUNNING: TimeDelta = TimeDelta::days(1);
/// How far time may come before a running process moves the mark on.
pub const MARK_EVERY: TimeDelta = TimeDelta::hours(1);
/// How far a clock may be behind the mark before that is worth a word: clocks are set
/// right by seconds all the time.
pub const SLACK: TimeDelta = TimeDelta::minutes(1);

/// What the machine's clocks say at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// The wall clock.
    pub wall: Time,
    /// The monotonic clock, from an instant that stays the same while a process runs.
    pub elapsed: TimeDelta,
}

impl Reading {
    /// The wall clock alone, for whoever looks once.
    pub fn once(wall: Time) -> Self {
        Self { wall, elapsed: TimeDelta::zero() }
    }

    /// The time by the monotonic clock, counted from an earlier reading.
    fn counted_from(self, earlier: Self) -> Time {
        let since = self.elapsed - earlier.elapsed;
        earlier.wall.checked_add_signed(since).unwrap_or(earlier.wall)
    }
}

/// A clock that is further ahead than anybody believes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Jump {
    /// What the clock says.
    pub clock: Time,
    /// How far time has come, as far as anybody knows.
    pub known: Time,
}

/// What time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockMoment {
    /// The time to decide by. Never behind the mark.
    pub at: Time,
    /// The clock's jump, where it is not believed: nothing but the brake may be pulled.
    pub jump: Option<Jump>,
    /// The reading to measure the next one by; none = none was believed yet.
    pub anchor: Option<Reading>,
}

/// What time it is by these clocks, in a store whose time had come to `mark`. `anchor` is
/// what the process believed before; none = it has just started.
///
/// The time that a store takes elsewhere ([`ClockMoment::jump`] is over then) is believed at
/// once: its mark has come to it.
pub fn moment(mark: Option<Time>, reading: Reading, anchor: Option<Reading>) -> ClockMoment {
    let wall = reading.wall;
    let believed =
        |anchor| ClockMoment { at: mark.map_or(wall, |mark| wall.max(mark)), jump: None, anchor };
    let Some(mark) = mark else { return believed(Some(reading)) };
    let counted = anchor.map(|anchor| reading.counted_from(anchor));
    let (known, most) = match counted {
        Some(counted) => (mark.max(counted), MOST_WHILE_RUNNING),
        None => (mark, MOST_AT_START),
    };
    if wall - known > most {
        return ClockMoment { at: known, jump: Some(Jump { clock: wall, known }), anchor };
    }
    // A step that was believed, or one back, is where it is counted from after it.
    let steady = counted.is_some_and(|counted| (wall - counted).abs() <= MOST_WHILE_RUNNING);
    believed(if steady { anchor } else { Some(reading) })
}

/// How a clock stands to a store, for whoever looks after both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// As it should.
    Right,
    /// So far ahead that it is not believed.
    Ahead(Jump),
    /// Behind the mark, which is taken for now until the clock has come to it.
    Behind {
        /// What the clock says.
        clock: Time,
        /// The mark.
        mark: Time,
    },
}

/// How the clock stands to a store that is opened now.
pub fn stand(mark: Option<Time>, clock: Time) -> Stand {
    if let Some(jump) = moment(mark, Reading::once(clock), None).jump {
        return Stand::Ahead(jump);
    }
    match mark {
        Some(mark) if mark - clock > SLACK => Stand::Behind { clock, mark },
        Some(_) | None => Stand::Right,
    }
}

/// An event that is later than the machine's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FutureEvent {
    /// Its place in the log.
    pub sequence: u64,
    /// Its time.
    pub at: Time,
}

/// What to do about a clock and a store that differ.
pub const ADVICE: &str = "set the clock if it is wrong; if it is right, a Superadmin runs \
                          'tokendeck store accept-clock' here, which first says what follows";

impl Stand {
    /// What is wrong, for whoever looks after the store; none = nothing is. `event` is the
    /// first that is later than the clock.
    pub fn problem(self, event: Option<FutureEvent>) -> Option<String> {
        match self {
            Self::Right => None,
            Self::Ahead(Jump { clock, known }) => Some(format!(
                "{} is {} ahead of {}, the time the store knows: only revoke and disable are done",
                seconds(clock),
                distance(clock - known),
                seconds(known)
            )),
            Self::Behind { clock, mark } => {
                let from = match event {
                    Some(FutureEvent { sequence, at }) => {
                        format!("event {sequence} is from the future, {}", seconds(at))
                    }
                    None => "something was used or refused by a later clock".to_owned(),
                };
                Some(format!(
                    "{} is {} behind {}, the time the store knows: {from}. Until the clock has \
                     come to it that time is taken for now, and what ends before counts as expired",
                    seconds(clock),
                    distance(mark - clock),
                    seconds(mark)
                ))
            }
        }
    }
}

/// Whether a running process is to move the mark on.
pub fn mark_is_due(mark: Option<Time>, now: Time) -> bool {
    mark.is_none_or(|mark| now - mark >= MARK_EVERY)
}

/// What is typed to have a store take the time of a clock: `accept 2026-03-10`.
pub fn words(clock: Time) -> String {
    format!("accept {}", clock.format("%Y-%m-%d"))
}

/// A length of time in words, to the unit that matters: "1,096 days", "25 h", "3 min".
pub fn distance(length: TimeDelta) -> String {
    let length = length.abs();
    if length >= MOST_WHILE_RUNNING * 2 {
        // To the nearest: a second less than three years is three years.
        let days = (length + MOST_WHILE_RUNNING / 2).num_days();
        format!("{} days", thousands(days.unsigned_abs()))
    } else if length >= MARK_EVERY {
        format!("{} h", length.num_hours())
    } else {
        format!("{} min", length.num_minutes())
    }
}
