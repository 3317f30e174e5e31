//! Bulk work in two steps: a plan that freezes what would be done, and a run that
//! does it token by token, each decided again under the lock.

mod plan;
mod rotate;
mod run;

pub(super) use run::{asked, decide_chunk, report, tally};

use crate::authority::Authority;
use crate::authority::scene::Scene;
use crate::domain::{
    Action, Change, JobChunk, JobRecord, Overlap, Receiver, Refusal, Status, Token, Verb,
};
use crate::store::StoreError;

use super::write::plain;
use crate::wire::Step;

/// What is done to each token of a plan.
#[derive(Debug, Clone, Copy)]
enum Order {
    /// This, which needs no more said.
    Act(Verb),
    /// It goes to this receiver and keeps its value: of many, a new one would have nowhere
    /// to go.
    Give(Receiver),
}

impl Order {
    fn verb(self) -> Verb {
        match self {
            Self::Act(verb) => verb,
            Self::Give(_) => Verb::HandOver,
        }
    }

    /// What a step of a plan asks for. One that says something else than the verb of its
    /// plan was made by no plan of ours.
    fn of(verb: Verb, step: &Step) -> Result<Self, Refusal> {
        match (verb, step) {
            (Verb::HandOver, Step::Give(to)) => Ok(Self::Give(*to)),
            (Verb::HandOver, _) | (_, Step::Give(_)) => Err(Refusal::StalePlan),
            (verb, Step::Act | Step::CancelRequest | Step::Skip { .. }) => Ok(Self::Act(verb)),
        }
    }
}

/// What an order does to one token.
fn ordered(order: Order, token: &Token, scene: &Scene) -> Result<Action, Refusal> {
    match order {
        Order::Act(verb) => action_on(verb, token, scene),
        Order::Give(to) => {
            scene.may_hand_over(token, to)?;
            Ok(Action::HandOver { to, credential: None, overlap: Overlap::NONE })
        }
    }
}

/// What a bulk verb does to one token. Revoking many leaves no request that could
/// come alive later, so it cancels those (D6).
fn action_on(verb: Verb, token: &Token, scene: &Scene) -> Result<Action, Refusal> {
    let visible = scene.operator.sees(token);
    if visible && verb == Verb::Revoke && Status::alone(token, scene.now) == Status::Pending {
        scene.allowed(Verb::Delete, token)?;
        return Ok(Action::Delete);
    }
    scene.allowed(verb, token)?;
    plain(verb)
}

/// What will be done to one token, or why nothing will.
fn step(order: Order, token: &Token, scene: &Scene) -> Step {
    let decided = match order {
        Order::Act(Verb::Regenerate) => rotate::allowed(token, scene).map(|()| Step::Act),
        Order::Give(to) => ordered(order, token, scene).map(|_| Step::Give(to)),
        Order::Act(verb) => action_on(verb, token, scene).map(|action| match action {
            Action::Delete if verb == Verb::Revoke => Step::CancelRequest,
            _ => Step::Act,
        }),
    };
    decided.unwrap_or_else(|refusal| skip(&refusal))
}

/// Refuses what is not done to many tokens at once.
fn must_be_bulk(verb: Verb) -> Result<(), Refusal> {
    match verb {
        Verb::Regenerate | Verb::HandOver => Ok(()),
        verb => plain(verb).map(drop),
    }
}

/// What ends with a job that ends before it is done.
pub(super) fn left_behind(
    authority: &Authority,
    (verb, record): (Verb, &JobRecord),
    scene: &Scene,
) -> Result<Vec<Change>, StoreError> {
    if verb == Verb::Regenerate { rotate::forgotten(authority, record, scene) } else { Ok(vec![]) }
}

/// What the file of a staged job has to hold.
pub(super) fn sheet_of(authority: &Authority, chunks: &[JobChunk]) -> Result<String, StoreError> {
    rotate::sheet_of(authority, chunks)
}

fn skip(refusal: &Refusal) -> Step {
    Step::Skip { code: refusal.code().to_owned(), reason: refusal.to_string() }
}
