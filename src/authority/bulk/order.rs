//! What a plan orders for each of its tokens, and whether that is done to it.

use crate::authority::scene::Scene;
use crate::domain::{Action, Overlap, Receiver, Refusal, Status, Token, Verb};
use crate::wire::Step;

/// What is done to each token of a plan.
#[derive(Debug, Clone, Copy)]
pub(in crate::authority) enum BulkOrder {
    /// This, which needs no more said.
    Act(Verb),
    /// It goes to this receiver and keeps its value: of many, a new one would have nowhere
    /// to go.
    Give(Receiver),
}

impl BulkOrder {
    pub(super) fn verb(self) -> Verb {
        match self {
            Self::Act(verb) => verb,
            Self::Give(_) => Verb::HandOver,
        }
    }

    /// What a step of a plan asks for. One that says something else than the verb of its
    /// plan was made by no plan of ours.
    pub(super) fn of(verb: Verb, step: &Step) -> Result<Self, Refusal> {
        match (verb, step) {
            (Verb::HandOver, Step::Give(to)) => Ok(Self::Give(*to)),
            (Verb::HandOver, _) | (_, Step::Give(_)) => Err(Refusal::StalePlan),
            (verb, Step::Act | Step::CancelRequest | Step::Skip { .. }) => Ok(Self::Act(verb)),
        }
    }
}

/// What an order does to one token.
pub(super) fn ordered(order: BulkOrder, token: &Token, scene: &Scene) -> Result<Action, Refusal> {
    match order {
        BulkOrder::Act(verb) => action_on(verb, token, scene),
        BulkOrder::Give(to) => {
            scene.may_hand_over(token, to)?;
            Ok(Action::HandOver { to, credential: None, overlap: Overlap::NONE })
        }
    }
}

/// What a bulk verb does to one token. Revoking many leaves no request that could
/// come alive later, so it cancels those (D6).
pub(super) fn action_on(verb: Verb, token: &Token, scene: &Scene) -> Result<Action, Refusal> {
    let visible = scene.operator.sees(token);
    if visible && verb == Verb::Revoke && Status::alone(token, scene.now) == Status::Pending {
        scene.allowed(Verb::Delete, token)?;
        return Ok(Action::Delete);
    }
    scene.allowed(verb, token)?;
    Action::plain(verb)
}

/// Refuses what is not done to many tokens at once.
pub(super) fn must_be_bulk(verb: Verb) -> Result<(), Refusal> {
    match verb {
        Verb::Regenerate | Verb::HandOver => Ok(()),
        verb => Action::plain(verb).map(drop),
    }
}
