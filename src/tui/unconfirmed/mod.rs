//! Changes that are not known to be done: their answer never came, or a revocation
//! could not be sent. They stay, marked, until what they changed was read back, and
//! between runs. Pure; it knows neither backend nor screen.

mod attempt;
mod settle;
#[cfg(test)]
#[expect(clippy::panic, reason = "a test that cannot go on should fail")]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::bulk::Bulk;
use super::moment::Moment;
use crate::domain::{Found, GivenReason, Guid, Status, Time, Token, Verb};
use crate::wire::RowId;

pub(super) use attempt::Attempt;
pub(super) use settle::{Evidence, Look};

/// As long as a server may still be at work on what it was sent. What is unchanged
/// before that proves nothing.
const LINGERS: Duration = Duration::from_secs(30);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(5);

/// What is known of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    /// Nothing: it may have been done, and may still be.
    Unknown,
    /// It was not done, and is not forgotten.
    NotDone,
    /// It was done as far as can be known, and the value that came of it was in the answer
    /// that was lost: nobody saw it, and nobody can be shown it.
    Unseen,
}

/// How far the operator was warned of leaving with changes open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Warned {
    /// Not at all, or not of the latest.
    #[default]
    No,
    /// They were asked.
    Asked,
    /// They leave all the same.
    Agreed,
}

/// A change that is not known to be done.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unconfirmed {
    /// Names it in this run.
    pub(super) number: u64,
    /// What of it is kept between runs.
    pub(super) kept: Kept,
    /// When its answer failed to come, or this run heard of it.
    pub(super) since: Moment,
    /// When it is looked at again.
    pub(super) look_at: Moment,
    /// Whether that is being done.
    pub(super) looking: bool,
    /// Whether it is ordered again and again until it is confirmed.
    pub(super) insists: bool,
    /// The bulk action as it was confirmed, while this run lasts.
    pub(super) bulk: Option<Arc<Bulk>>,
}

/// What is kept of it between runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Kept {
    /// Who ordered it, and where.
    pub(super) seat: String,
    /// When, by the backend's clock.
    pub(super) at: Time,
    /// What is known of it.
    pub(super) fate: Fate,
    /// Whether a value was to come of it.
    #[serde(default)]
    pub(super) makes_value: bool,
    /// The GUID of the value that nobody saw.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unseen: Option<Guid>,
    /// Why it was, if that was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<GivenReason>,
    /// What was ordered.
    pub(super) attempt: Attempt,
}

impl Kept {
    /// Whether what became of it is still to be found out.
    pub(super) fn is_open(&self) -> bool {
        match self.fate {
            Fate::Unknown | Fate::NotDone => true,
            Fate::Unseen => false,
        }
    }

    /// Whether that token, as it is now, leaves nothing to be said of the value that
    /// nobody saw: it has another, or none works.
    pub(super) fn is_moot(&self, token: &Token<RowId>, status: Status) -> bool {
        let has_it = token.value.is_some_and(|value| Some(value.guid) == self.unseen);
        !has_it || status.is_ended()
    }

    /// Whether both are about the same: a later order takes the place of an earlier.
    pub(super) fn is_about(&self, seat: &str, subject: &str) -> bool {
        self.seat == seat && self.attempt.subject() == subject
    }
}

impl Unconfirmed {
    /// A change of which this run hears now.
    pub(super) fn new(number: u64, kept: Kept, now: Moment) -> Self {
        let (since, look_at) = (now, now);
        Self { number, kept, since, look_at, looking: false, insists: false, bulk: None }
    }

    /// The next look is due a while from now.
    pub(super) fn look_later(&mut self, now: Moment) {
        self.look_at = now.after(LOOK);
        self.looking = false;
    }

    /// Whether it is about this token.
    pub(super) fn concerns(&self, id: &RowId) -> bool {
        match &self.kept.attempt {
            Attempt::Token(order) => order.id == *id,
            Attempt::Edit { id: edited, .. } => edited == id,
            Attempt::Start(bulk) => bulk.tokens.contains(id),
            Attempt::Create(_)
            | Attempt::Holders(_)
            | Attempt::Entry(_)
            | Attempt::Removal { .. } => false,
        }
    }

    /// Whether it is at this seat.
    pub(super) fn is_at(&self, seat: &str) -> bool {
        self.kept.seat == seat
    }

    /// What a look showed at that moment.
    pub(super) fn settle(&self, seen: &Evidence, now: Moment) -> Found {
        let mut found = self.kept.attempt.settle(seen);
        // Whatever else was done to it, it is still in service.
        if found == Found::Changed && self.kept.attempt.is_guarded() && *seen != Evidence::NoToken {
            found = Found::NotDone;
        }
        let lingers = self.kept.fate == Fate::Unknown && now.since(self.since) < LINGERS;
        if found == Found::NotDone && lingers { Found::Open } else { found }
    }

    /// Whether ordering it once more does no harm, be it done or not.
    pub(super) fn may_be_repeated(&self) -> bool {
        match &self.kept.attempt {
            Attempt::Token(order) => order.verb == Verb::Revoke,
            // A plan that was started is not started again.
            Attempt::Start(_) => self.bulk.is_some(),
            Attempt::Create(_)
            | Attempt::Edit { .. }
            | Attempt::Holders(_)
            | Attempt::Entry(_)
            | Attempt::Removal { .. } => false,
        }
    }
}

/// The tokens of a bulk action that are kept between runs, at the most.
pub(super) const NAMED: usize = 1_000;

/// The tokens of a bulk action, as far as it keeps them between runs.
pub(super) fn few(tokens: &BTreeSet<RowId>) -> BTreeSet<RowId> {
    if tokens.len() > NAMED { BTreeSet::new() } else { tokens.clone() }
}
