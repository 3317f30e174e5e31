//! Bulk work in two steps: a plan that freezes what would be done, and a run that
//! does it token by token, each decided again under the lock.

mod plan;
mod rotate;
mod run;

pub(super) use run::{asked, decide_chunk, report, tally};

use crate::authority::Authority;
use crate::authority::scene::Scene;
use crate::domain::{Action, Change, JobChunk, JobRecord, Refusal, Status, Token, Verb};
use crate::store::StoreError;

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

/// What will be done to one token, or why nothing will.
fn step(verb: Verb, token: &Token, scene: &Scene) -> Step {
    let decided = match verb {
        Verb::Regenerate => rotate::allowed(token, scene).map(|()| Step::Act),
        _ => action_on(verb, token, scene).map(|action| match action {
            Action::Delete if verb == Verb::Revoke => Step::CancelRequest,
            _ => Step::Act,
        }),
    };
    decided.unwrap_or_else(|refusal| skip(&refusal))
}

/// Refuses what is not done to many tokens at once.
fn must_be_bulk(verb: Verb) -> Result<(), Refusal> {
    if verb == Verb::Regenerate { Ok(()) } else { plain(verb).map(drop) }
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
