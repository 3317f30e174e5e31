//! The emergency brake: which changes are committed even while a store has no room
//! for any other. Whoever must stop a leaked token can't wait until a disk is
//! tidied up; all else can.

use super::job::Work;
use super::{Change, EventAction, HolderVerb, JobChange, TokenChange, Verb};

/// Whether all of this does nothing but take tokens, or credentials of operators,
/// out of service, with the job that does it in bulk.
pub fn only_brakes(changes: &[Change]) -> bool {
    let in_bulk = changes.iter().any(is_job_that_brakes);
    !changes.is_empty() && changes.iter().all(|change| brakes(change, in_bulk))
}

/// Whether bulk work of this kind is nothing but the brake.
pub fn work_brakes(work: Work) -> bool {
    match work {
        Work::Tokens(Verb::Revoke | Verb::Disable) => true,
        Work::Tokens(
            Verb::Edit
            | Verb::Enable
            | Verb::Regenerate
            | Verb::Delete
            | Verb::Accept
            | Verb::Reveal
            | Verb::DropOld
            | Verb::HandOver,
        )
        | Work::Holders(
            HolderVerb::Request | HolderVerb::Generate | HolderVerb::Remove | HolderVerb::Cancel,
        )
        | Work::Import => false,
    }
}

/// Every kind of change, so that a new one is decided on and not let through. What
/// a job is made of passes only beside the job itself.
fn brakes(change: &Change, in_bulk: bool) -> bool {
    match change {
        Change::Token(change) => token_brakes(change, in_bulk),
        Change::OperatorCredential(_, event) => action_brakes(event.action, in_bulk),
        // Whoever leaves in anger must be closed off as well as a token.
        Change::User(_, event) => action_brakes(event.action, false),
        Change::Job(change) => match &**change {
            JobChange::Put(record) => work_brakes(record.work),
            JobChange::Plan { .. } | JobChange::Outcome { .. } | JobChange::Prune { .. } => in_bulk,
        },
        Change::Account(..)
        | Change::Module(..)
        | Change::Scope(..)
        | Change::Group(..)
        | Change::RemoveUser(..)
        | Change::RemoveModule(..)
        | Change::RemoveScope(..)
        | Change::RemoveGroup(..)
        | Change::ReserveTokens(_)
        | Change::Clock(..)
        | Change::Draw(..)
        | Change::Forget(_)
        | Change::Record(_) => false,
    }
}

fn token_brakes(change: &TokenChange, in_bulk: bool) -> bool {
    let mut actions = change.events.iter().map(|event| event.action);
    !change.events.is_empty() && actions.all(|action| action_brakes(action, in_bulk))
}

/// A request is withdrawn only where all of a user or an account is revoked: what
/// waits to be accepted must not outlive the tokens that were meant.
fn action_brakes(action: EventAction, in_bulk: bool) -> bool {
    match action {
        EventAction::Revoked | EventAction::Disabled => true,
        EventAction::Cancelled => in_bulk,
        EventAction::Created
        | EventAction::Edited
        | EventAction::Enabled
        | EventAction::Regenerated
        | EventAction::Deleted
        | EventAction::Requested
        | EventAction::Accepted
        | EventAction::OverlapEnded
        | EventAction::Revealed
        | EventAction::Exported
        | EventAction::HandedOver
        | EventAction::Initialised
        | EventAction::Migrated
        | EventAction::ClockAccepted
        | EventAction::Other(_) => false,
    }
}

/// Whether the commit moves a job on that brakes. Whatever this does not know of is
/// looked at above.
fn is_job_that_brakes(change: &Change) -> bool {
    if let Change::Job(change) = change
        && let JobChange::Put(record) = &**change
    {
        return work_brakes(record.work);
    }
    false
}
