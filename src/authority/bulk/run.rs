//! The run of a plan, in chunks that hold the lock only briefly. Each token is
//! decided again under the lock, and one that fails spoils no other.

use std::collections::BTreeMap;

use crate::authority::scene::Scene;
use crate::authority::write::heeds_version;
use crate::authority::{Answer, Authority, Caller};
use crate::domain::{Change, Refusal, Token, TokenChange, TokenId, Verb, lifecycle};
use crate::store::{CommitError, StoreError};
use crate::wire::{Outcome, Plan, PlanItem, Report, ReportItem, Run, Step};

use super::{action_on, plain};

/// Tokens in one commit, at the most: others wait for the lock meanwhile.
const CHUNK: usize = 5_000;

impl Authority {
    /// Does what a plan says and tells how each token ended. Fails as a whole only
    /// where nothing was done.
    pub fn run(&self, caller: &Caller, plan: &Plan) -> Answer<Report> {
        plain(plan.verb)?;
        let mut outcomes = BTreeMap::new();
        let acting: Vec<&PlanItem> = plan.acting().collect();
        for chunk in acting.chunks(CHUNK) {
            match self.run_chunk(caller, plan.verb, chunk) {
                // A token named twice ended as it did the first time.
                Ok(done) => done.into_iter().for_each(|(id, outcome)| {
                    outcomes.entry(id).or_insert(outcome);
                }),
                Err(error) if outcomes.is_empty() => return Err(error),
                // What is committed stays so and must be told; the rest was not tried.
                Err(error) => return Ok(report(plan, &outcomes, Some(&error))),
            }
        }
        Ok(report(plan, &outcomes, None))
    }

    fn run_chunk(
        &self,
        caller: &Caller,
        verb: Verb,
        items: &[&PlanItem],
    ) -> Answer<Vec<(TokenId, Outcome)>> {
        let ids: Vec<TokenId> = items.iter().map(|item| item.id).collect();
        self.decide(caller, Run::Real, |scene| {
            let tokens = scene.state.tokens(&ids)?;
            let mut tokens: BTreeMap<_, _> =
                tokens.into_iter().map(|token| (token.id, token)).collect();
            let mut changes = Vec::with_capacity(items.len());
            let mut outcomes = Vec::with_capacity(items.len());
            for item in items {
                let outcome = match decide(verb, item, tokens.get(&item.id), scene) {
                    Ok(change) => {
                        tokens.insert(item.id, change.token.clone());
                        changes.push(Change::Token(Box::new(change)));
                        Outcome::Done
                    }
                    Err(refusal) => refused(&refusal),
                };
                outcomes.push((item.id, outcome));
            }
            Ok((changes, outcomes))
        })
    }
}

fn decide(
    verb: Verb,
    item: &PlanItem,
    token: Option<&Token>,
    scene: &Scene,
) -> Result<TokenChange, Refusal> {
    let token = token.ok_or_else(|| Refusal::no_token(item.id.to_string()))?;
    let action = action_on(verb, token, &scene.operator, scene.now)?;
    if heeds_version(verb) {
        scene.must_be_current(token, item.version)?;
    }
    lifecycle::decide(token, &action, &scene.operator, scene.now)
}

/// A state that rules the action out leaves nothing to do; all else is a failure
/// that the operator has to look at.
fn refused(refusal: &Refusal) -> Outcome {
    let (code, reason) = (refusal.code().to_owned(), refusal.to_string());
    match refusal {
        Refusal::AlreadyRevoked
        | Refusal::AlreadyExpired
        | Refusal::AlreadyDeleted
        | Refusal::AlreadyEnabled
        | Refusal::AlreadyDisabled
        | Refusal::WrongStatus { .. } => Outcome::Skipped { code, reason },
        _ => Outcome::Failed { code, reason },
    }
}

fn failed(error: Option<&CommitError>) -> Outcome {
    let (code, reason) = match error {
        Some(CommitError::Refused(refusal)) => (refusal.code(), refusal.to_string()),
        Some(CommitError::Store(error)) => (error.code(), error.to_string()),
        None => {
            let fault = StoreError::Fault("it was left out of the run".to_owned());
            (fault.code(), fault.to_string())
        }
    };
    Outcome::Failed { code: code.to_owned(), reason }
}

fn report(
    plan: &Plan,
    outcomes: &BTreeMap<TokenId, Outcome>,
    error: Option<&CommitError>,
) -> Report {
    let items = plan.items.iter().map(|item| {
        let outcome = match &item.step {
            Step::Skip { code, reason } => {
                Outcome::Skipped { code: code.clone(), reason: reason.clone() }
            }
            Step::Act | Step::CancelRequest => {
                outcomes.get(&item.id).cloned().unwrap_or_else(|| failed(error))
            }
        };
        ReportItem { id: item.id, name: item.name.clone(), outcome }
    });
    Report { verb: plan.verb, items: items.collect() }
}
