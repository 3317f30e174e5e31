//! The number of a call: whoever waits for an answer keeps it, and need not know the line.

/// The number of a call; no two have the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ticket(u64);

impl Ticket {
    /// The ticket of that number.
    pub(super) fn of(number: u64) -> Self {
        Self(number)
    }
}
