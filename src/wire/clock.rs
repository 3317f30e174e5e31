//! What the store's clock has come to, and what follows where it is put right.

use serde::Serialize;

use crate::domain::Time;
use crate::domain::clock::FutureEvent;

/// A store goes by the machine's clock from now on, or would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockTaken {
    /// How far the store's time had come; none = it had none yet.
    pub from: Option<Time>,
    /// What the clock says.
    pub to: Time,
    /// Whether there is anything to take: a clock that is believed needs nobody's word.
    pub is_needed: bool,
    /// The first event that is later than the clock.
    pub event: Option<FutureEvent>,
    /// Tokens that had expired and have not by this clock. What was revoked stays so.
    pub tokens_again: usize,
    /// The names of some of them.
    pub names_again: Vec<String>,
    /// Values that pass again, those of an overlap among them.
    pub values_again: usize,
    /// Operator credentials that sign in again.
    pub credentials_again: usize,
    /// Tokens that expire by this clock at once.
    pub tokens_ended: usize,
}

impl ClockTaken {
    /// The time of this clock, with nothing found yet.
    pub fn at(to: Time) -> Self {
        Self {
            from: None,
            to,
            is_needed: false,
            event: None,
            tokens_again: 0,
            names_again: vec![],
            values_again: 0,
            credentials_again: 0,
            tokens_ended: 0,
        }
    }
}
