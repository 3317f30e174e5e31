//! Bulk work in two steps: a plan that freezes what would be done, and a run that
//! does it token by token, each decided again under the lock.

mod plan;
mod run;

pub(super) use run::{asked, decide_chunk, report, tally};

use crate::authority::scene::Scene;
use crate::domain::{Action, Refusal, Status, Token, Verb};

use super::write::plain;
use crate::wire::Step;

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

fn skip(refusal: &Refusal) -> Step {
    Step::Skip { code: refusal.code().to_owned(), reason: refusal.to_string() }
}
