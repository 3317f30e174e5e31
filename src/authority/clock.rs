//! Where the time comes from. Timers do not ask here: a frozen clock freezes
//! what is decided, never what waits.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{TimeDelta, Utc};
use rustix::time::{ClockId, clock_gettime};

use crate::domain::clock::{ClockMoment, Reading, moment};
use crate::domain::{Time, calendar};

/// The clocks of the machine, or a time set by hand.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// Always this instant: for example and trial stores.
    Frozen(Time),
    /// Two that somebody moves, for tests: as real as the machine's to whoever asks.
    Hand(Arc<Hand>),
}

/// A wall clock and a monotonic one that are moved by hand.
#[derive(Debug)]
pub struct Hand(Mutex<Reading>);

impl Hand {
    /// Both at rest, the wall clock at this time.
    pub fn at(wall: Time) -> Arc<Self> {
        Arc::new(Self(Mutex::new(Reading::once(wall))))
    }

    /// Time goes by: both move.
    pub fn pass(&self, time: TimeDelta) {
        let mut reading = self.reading();
        reading.wall += time;
        reading.elapsed += time;
    }

    /// Somebody sets the wall clock; no time goes by.
    pub fn set(&self, wall: Time) {
        self.reading().wall = wall;
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock {
    /// The wall clock now, to the millisecond that stores keep.
    pub fn now(&self) -> Time {
        self.reading().wall
    }

    fn reading(&self) -> Reading {
        let reading = match self {
            Self::System => Reading { wall: Utc::now(), elapsed: monotonic() },
            Self::Frozen(instant) => Reading::once(*instant),
            Self::Hand(hand) => *hand.reading(),
        };
        Reading { wall: calendar::to_millisecond(reading.wall), ..reading }
    }
}

/// The clock that nobody sets. It goes on while the machine sleeps, or every laptop that
/// is opened after a weekend would have jumped.
fn monotonic() -> TimeDelta {
    #[cfg(target_os = "linux")]
    let clock = ClockId::Boottime;
    #[cfg(not(target_os = "linux"))]
    let clock = ClockId::Monotonic;
    let time = clock_gettime(clock);
    TimeDelta::seconds(time.tv_sec) + TimeDelta::nanoseconds(time.tv_nsec)
}

/// A clock, and what was believed of it so far.
#[derive(Debug)]
pub(super) struct Watch {
    clock: Clock,
    seen: Mutex<Seen>,
}

#[derive(Debug)]
struct Seen {
    /// What the clock said when the process began to use the store, until that was judged.
    start: Option<Reading>,
    anchor: Option<Reading>,
}

impl Watch {
    pub(super) fn new(clock: Clock) -> Self {
        let seen = Seen { start: Some(clock.reading()), anchor: None };
        Self { clock, seen: Mutex::new(seen) }
    }

    /// What the wall clock says, believed or not.
    pub(super) fn wall(&self) -> Time {
        self.clock.now()
    }

    /// What time it is where time had come to `mark`.
    pub(super) fn moment(&self, mark: Option<Time>) -> ClockMoment {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        // Who is first asked hours later has run for as long.
        if let Some(start) = seen.start.take() {
            seen.anchor = moment(mark, start, None).anchor;
        }
        let found = moment(mark, self.clock.reading(), seen.anchor);
        seen.anchor = found.anchor;
        found
    }

    /// What time it is where any clock is taken as it is.
    pub(super) fn unchecked(&self) -> ClockMoment {
        ClockMoment { at: self.clock.now(), jump: None, anchor: None }
    }
}
