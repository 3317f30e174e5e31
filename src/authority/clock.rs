//! Where the time comes from. Timers do not ask here: a frozen clock freezes
//! what is decided, never what waits.

use chrono::Utc;

use crate::domain::{Time, calendar};

/// The wall clock, or a time set by hand.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// The machine's.
    System,
    /// Always this instant: for example and trial stores.
    Frozen(Time),
}

impl Clock {
    /// Now, to the millisecond that stores keep.
    pub fn now(self) -> Time {
        calendar::to_millisecond(match self {
            Self::System => Utc::now(),
            Self::Frozen(instant) => instant,
        })
    }
}
