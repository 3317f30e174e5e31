//! Rules of plans that hold whoever makes them, the store from its records or a backend's
//! client from its rows: what has to be named, who may ask, what is left out.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{Outcome, PlanItem, RowId, Step, Target};
use crate::domain::{JobState, Operator, OutOfService, Refusal, Status, Time, Token, Verb, verify};

impl Target {
    /// What nobody named is not acted on, whichever door it came through.
    pub fn must_name_some(&self) -> Result<(), Refusal> {
        let named = match self {
            Self::Tokens(ids) => !ids.is_empty(),
            Self::Found(query) => query.has_term(),
            Self::Account(_) | Self::Owner(_) => true,
        };
        if named { Ok(()) } else { Err(Refusal::NoTerms) }
    }

    /// The permission is asked for before any row (R8). Owners may revoke their own.
    pub fn must_be_permitted(&self, verb: Verb, operator: &Operator) -> Result<(), Refusal> {
        let own = match self {
            Self::Tokens(_) | Self::Found(_) => verb == Verb::Revoke,
            Self::Owner(user) => verb == Verb::Revoke && *user == operator.user,
            Self::Account(_) => false,
        };
        if !own {
            operator.must_manage()?;
        }
        match self {
            Self::Account(id) if !operator.reaches(*id) => {
                Err(Refusal::NotFound { what: "account", name: id.to_string() })
            }
            Self::Tokens(_) | Self::Found(_) | Self::Account(_) | Self::Owner(_) => Ok(()),
        }
    }
}

impl PlanItem {
    /// What a plan says of a token that has this status and will be dealt with so.
    pub fn of<I: Clone + Into<RowId>>(
        token: &Token<I>,
        (status, out): (Status, Option<OutOfService>),
        now: Time,
        step: Step,
    ) -> Self {
        let day_ago = now - TimeDelta::hours(24);
        Self {
            id: token.id.clone().into(),
            name: token.name.clone(),
            status,
            version: token.version,
            used_lately: token.last_used_at.is_some_and(|used| used > day_ago),
            values: verify::passing_values(token, out, now),
            matched: BTreeSet::new(),
            step,
            looks_like: None,
        }
    }

    /// What is not there reads like what was deleted.
    pub fn unknown(id: &RowId) -> Self {
        Self {
            id: id.clone(),
            name: id.to_string(),
            status: Status::Deleted,
            version: 0,
            used_lately: false,
            values: 0,
            matched: BTreeSet::new(),
            step: Step::skip(&Refusal::no_token(id.to_string())),
            looks_like: None,
        }
    }

    /// Of all of an account or a user those that have not ended already: nobody named them.
    pub fn standing(mut items: Vec<Self>, verb: Verb) -> Result<Vec<Self>, Refusal> {
        items.retain(|item| !item.is_ended_already(verb));
        if items.iter().any(|item| item.step.acts()) {
            Ok(items)
        } else {
            Err(Refusal::NothingToDo(verb))
        }
    }

    /// Whether the missing permission is all that comes of a plan of these.
    pub fn are_never_permitted(items: &[Self]) -> bool {
        let refused = Refusal::NeedsManageTokens.code();
        let is_refused =
            |item: &Self| matches!(&item.step, Step::Skip { code, .. } if code == refused);
        !items.iter().any(|item| item.step.acts()) && items.iter().any(is_refused)
    }

    /// Whether it has ended already. "All" means what can still be taken away: nobody named
    /// the ended ones.
    fn is_ended_already(&self, verb: Verb) -> bool {
        verb == Verb::Revoke && matches!(self.status, Status::Revoked | Status::Expired)
    }
}

impl Outcome {
    /// What is told of an item whose turn has not come, in a job that stands so.
    pub fn unreached(state: JobState) -> Self {
        let reason = match state {
            JobState::Running | JobState::Done => "Not reached yet",
            JobState::Interrupted => "Not reached: the job was interrupted",
            JobState::Stopped => "Not reached: the job was stopped",
            JobState::Staged | JobState::Written => "Not reached: its file was never completed",
            JobState::Abandoned => "Not reached: the job was abandoned",
        };
        Self::Failed { code: "not_reached".to_owned(), reason: reason.to_owned() }
    }

    /// How an item ends that was refused. A state that rules the action out leaves nothing
    /// to do; all else is a failure that the operator has to look at.
    pub fn refused(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::AlreadyRevoked
            | Refusal::AlreadyExpired
            | Refusal::AlreadyDeleted
            | Refusal::AlreadyEnabled
            | Refusal::AlreadyDisabled
            | Refusal::AlreadyTheirs
            | Refusal::OutOfService { .. }
            | Refusal::WrongStatus { .. } => Self::skipped(refusal),
            _ => Self::failed(refusal),
        }
    }
}
