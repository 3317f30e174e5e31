//! The line to the backend: what was asked and not answered, which answer is late, and
//! what its silence means. Pure.

use std::collections::BTreeMap;

use crate::domain::GivenReason;

use super::call::{Call, Line};
use super::moment::Moment;
use super::reach::Reach;
use super::ticket::Ticket;
use super::waits::Waits;

/// What is known of the line to the backend.
#[derive(Debug, Default)]
pub(super) struct Link {
    /// Whether the open backend answers.
    pub(super) reach: Reach,
    /// How long it has been asked in vain.
    pub(super) waits: Waits,
    latest: BTreeMap<Line, Ticket>,
    /// Why changes were ordered that are not answered yet.
    reasons: BTreeMap<Ticket, GivenReason>,
    numbers: u64,
}

impl Link {
    /// A number that nothing had before.
    pub(super) fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    /// Counts a call that is made now; older ones of its line are superseded.
    pub(super) fn asked(&mut self, call: &Call, now: Moment) -> Ticket {
        let ticket = Ticket::of(self.number());
        self.waits.asked(call.row().tie, now);
        if let Some(line) = call.row().line {
            self.latest.insert(line, ticket);
        }
        ticket
    }

    /// Keeps why a change was ordered, until it is answered.
    pub(super) fn said_why(&mut self, ticket: Ticket, reason: GivenReason) {
        self.reasons.insert(ticket, reason);
    }

    /// Why that was ordered, whose answer came.
    pub(super) fn why(&mut self, ticket: Ticket) -> Option<GivenReason> {
        self.reasons.remove(&ticket)
    }

    /// Counts its answer, and says whether anybody still wants it.
    pub(super) fn answered(&mut self, ticket: Ticket, call: &Call, now: Moment) -> bool {
        self.waits.answered(call.row().tie, now);
        match call.row().line {
            Some(line) => self.latest.get(&line) == Some(&ticket),
            None => true,
        }
    }

    /// The ticket of the latest call there.
    #[cfg(test)]
    pub(super) fn latest(&self, line: Line) -> Ticket {
        self.latest.get(&line).copied().unwrap_or_default()
    }

    /// A line to another backend, which counts on: no late answer that was meant for
    /// this one fits a call of that one.
    pub(super) fn onward(&self) -> Self {
        Self { numbers: self.numbers, ..Self::default() }
    }
}
