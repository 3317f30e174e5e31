//! Monotonic time: when a message expires, a shown value is hidden again, keys
//! count in a dialog. Wall-clock time, which `--now` freezes, is not its concern.

use std::time::Duration;

/// A point in the life of the program, counted from its start.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(Duration);

impl Moment {
    /// The moment this long after the start.
    pub const fn new(since_start: Duration) -> Self {
        Self(since_start)
    }

    /// This much later.
    #[must_use]
    pub fn after(self, span: Duration) -> Self {
        Self(self.0.saturating_add(span))
    }

    /// How long it has been since an earlier moment.
    pub fn since(self, earlier: Self) -> Duration {
        self.0.saturating_sub(earlier.0)
    }

    /// How long after the start it is.
    pub const fn since_start(self) -> Duration {
        self.0
    }
}
