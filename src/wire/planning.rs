//! Rules of plans that hold whoever makes them, the store from its records or a backend's
//! client from its rows: what has to be named, who may ask, what is left out.

use super::{Outcome, PlanItem, Step, Target};
use crate::domain::{Operator, Refusal, Status, Verb};

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
    /// Whether the missing permission is all that comes of a plan of these.
    pub fn are_never_permitted(items: &[Self]) -> bool {
        let refused = Refusal::NeedsManageTokens.code();
        let is_refused =
            |item: &Self| matches!(&item.step, Step::Skip { code, .. } if code == refused);
        !items.iter().any(|item| item.step.acts()) && items.iter().any(is_refused)
    }

    /// Whether it has ended already. "All" means what can still be taken away: nobody named
    /// the ended ones.
    pub fn is_ended_already(&self, verb: Verb) -> bool {
        verb == Verb::Revoke && matches!(self.status, Status::Revoked | Status::Expired)
    }
}

impl Outcome {
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
