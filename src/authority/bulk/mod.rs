//! Bulk work in two steps: a plan that freezes what would be done, and a run that
//! does it token by token, each decided again under the lock.

mod plan;
mod run;

pub(super) use run::{asked, decide_chunk, report, tally};

use crate::domain::{Action, Operator, Refusal, Status, Time, Token, Verb, lifecycle};

use super::write::plain;
use crate::wire::Step;

/// What a bulk verb does to one token. Revoking many leaves no request that could
/// come alive later, so it cancels those (D6).
fn action_on(verb: Verb, token: &Token, operator: &Operator, now: Time) -> Result<Action, Refusal> {
    let visible = operator.sees(token);
    if visible && verb == Verb::Revoke && Status::of(token, now) == Status::Pending {
        lifecycle::allowed(Verb::Delete, token, operator, now)?;
        return Ok(Action::Delete);
    }
    lifecycle::allowed(verb, token, operator, now)?;
    plain(verb)
}

fn skip(refusal: &Refusal) -> Step {
    Step::Skip { code: refusal.code().to_owned(), reason: refusal.to_string() }
}
