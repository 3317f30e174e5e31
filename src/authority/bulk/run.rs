//! The tokens of a plan as the items of a job: frozen, decided again under the
//! lock, and reported. One that fails spoils no other.

use std::collections::BTreeMap;

use crate::authority::jobs::{EndedChunk, read, write};
use crate::authority::plans::{BulkRules, KeptPlan, tally};
use crate::authority::scene::Scene;
use crate::authority::write::heeds_version;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{Change, Refusal, Token, TokenChange, TokenId, UserId, Verb};
use crate::search::TokenIndex;
use crate::store::StoreError;
use crate::wire::{JobReport, Outcome, Plan, PlanItem, Report, ReportItem, Step};

use super::item::{FrozenToken, name, seen, title};
use super::order::{BulkOrder, must_be_bulk, ordered};
use super::rotate;

impl BulkRules for Verb {
    type Kept = FrozenToken;
    type Ending = Outcome;
    const CHUNK: usize = 2_500;

    fn must_start(self) -> Result<(), Refusal> {
        must_be_bulk(self)?;
        if self == Self::Regenerate {
            let what = "regenerate many tokens without a file for their values";
            return Err(Refusal::Unsupported(what.to_owned()));
        }
        Ok(())
    }

    /// Owners may revoke their own.
    fn must_be_permitted(plan: &Plan, scene: &Scene, listing: &TokenIndex) -> Result<(), Refusal> {
        let operator = &scene.operator;
        let may = |item: &PlanItem| {
            let token = seen(&item.id, scene, listing)?;
            let order = BulkOrder::of(plan.verb, &item.step).ok()?;
            let decided = ordered(order, token, scene);
            let refused = matches!(decided, Err(Refusal::NeedsManageTokens));
            Some(!refused)
        };
        let own = plan.verb == Self::Revoke && plan.acting().any(|item| may(item) == Some(true));
        if own { Ok(()) } else { operator.must_manage() }
    }

    fn kept(
        plan: &Plan,
        scene: &Scene,
        listing: &TokenIndex,
    ) -> Result<KeptPlan<Self>, StoreError> {
        let items = plan.items.iter().map(|item| frozen(plan, item, scene, listing));
        let items = items.collect::<Result<_, _>>()?;
        Ok(KeptPlan { title: title(plan, scene, listing), by: scene.operator.user, items })
    }

    fn chunk(_plan: &Plan, _by: UserId, items: &[FrozenToken]) -> Result<String, StoreError> {
        write(items)
    }

    fn items_of(self, authority: &Authority, chunk: &str) -> Result<Vec<FrozenToken>, StoreError> {
        if self == Self::Regenerate {
            return rotate::items(authority, chunk);
        }
        read(authority, chunk)
    }

    fn step((_, _, _, step): &FrozenToken) -> &Step {
        step
    }

    fn told((id, name, _, step): FrozenToken, outcome: Outcome) -> ReportItem {
        ReportItem { id: id.into(), name, request: step == Step::CancelRequest, outcome }
    }
}

impl Authority {
    /// Does what a plan says and tells how each token ended. Fails as a whole only
    /// where nothing was done; what is committed stays so and is told.
    pub fn run(&self, caller: &Caller, plan: &Plan) -> Ruling<Report> {
        let (job, turn) = self.start(caller, plan)?;
        if let Some(turn) = turn {
            // The report says of each token that was not reached why not.
            let _ = self.work(caller, &turn, || true);
        }
        match self.job_report(caller, job.id)? {
            JobReport::Tokens(report) => Ok(report),
            JobReport::Holders(_) | JobReport::Imports(_) => {
                Err(StoreError::Fault("another job".to_owned()).into())
            }
        }
    }
}

/// The item as a job keeps it. A plan comes back from whoever holds it: what it says in
/// words is theirs, so the name and why it is skipped are looked up here.
fn frozen(
    plan: &Plan,
    item: &PlanItem,
    scene: &Scene,
    listing: &TokenIndex,
) -> Result<FrozenToken, StoreError> {
    let elsewhere = |_| StoreError::Fault("a plan for what no store has".to_owned());
    let id = item.id.token().map_err(elsewhere)?;
    let token = seen(&item.id, scene, listing);
    // Who skips a token says not what for: all others of the plan do.
    let acting = plan.acting().next().map_or(&item.step, |item| &item.step);
    let step = match item.step {
        Step::Act => Step::Act,
        Step::Give(to) => Step::Give(to),
        Step::CancelRequest => Step::CancelRequest,
        Step::Skip { .. } => Step::skip(&match token {
            None => Refusal::no_token(item.id.to_string()),
            Some(token) => {
                match BulkOrder::of(plan.verb, acting)
                    .and_then(|order| ordered(order, token, scene))
                {
                    Err(refusal) => refusal,
                    // Nobody confirmed that it should be done.
                    Ok(_) => Refusal::StalePlan,
                }
            }
        }),
    };
    Ok((id, name(&item.id, token), item.version, step))
}

/// What a chunk asks for: which tokens, at which version, and whether to act on them.
pub(in crate::authority) fn asked(authority: &Authority, verb: Verb, plan: &str) -> Ruling<String> {
    let items = verb.items_of(authority, plan)?;
    let to = |step: &Step| if let Step::Give(to) = step { Some(*to) } else { None };
    let items = items.iter().map(|(id, _, version, step)| (id, version, step.acts(), to(step)));
    Ok(write(&items.collect::<Vec<_>>())?)
}

/// Decides the tokens of a chunk on the state under the lock.
pub(in crate::authority) fn decide_chunk(
    authority: &Authority,
    verb: Verb,
    plan: &str,
    scene: &Scene,
) -> Ruling<EndedChunk> {
    if verb == Verb::Regenerate {
        return rotate::decide_chunk(authority, plan, scene);
    }
    let items: Vec<FrozenToken> = read(authority, plan)?;
    let ids: Vec<TokenId> = items.iter().map(|(id, ..)| *id).collect();
    let tokens: BTreeMap<_, _> =
        scene.state.tokens(&ids)?.into_iter().map(|token| (token.id, token)).collect();
    let mut changes = Vec::with_capacity(items.len());
    let mut ended: BTreeMap<TokenId, Outcome> = BTreeMap::new();
    let mut outcomes = Vec::with_capacity(items.len());
    for (id, _, version, step) in &items {
        let outcome = match (ended.get(id), step) {
            // A token named twice ended as it did the first time.
            (Some(outcome), _) => outcome.clone(),
            (None, step) => match step.skipped() {
                Some(skipped) => skipped,
                None => match decide((verb, step), (*id, *version), tokens.get(id), scene) {
                    Ok(change) => {
                        changes.push(Change::Token(Box::new(change)));
                        Outcome::Done
                    }
                    Err(refusal) => Outcome::refused(&refusal),
                },
            },
        };
        ended.insert(*id, outcome.clone());
        outcomes.push(outcome);
    }
    Ok(EndedChunk { changes, outcome: write(&outcomes)?, tally: tally(&outcomes) })
}

fn decide(
    (verb, step): (Verb, &Step),
    (id, version): (TokenId, u64),
    token: Option<&Token>,
    scene: &Scene,
) -> Result<TokenChange, Refusal> {
    let token = token.ok_or_else(|| Refusal::no_token(id.to_string()))?;
    let action = ordered(BulkOrder::of(verb, step)?, token, scene)?;
    if heeds_version(verb) {
        scene.must_be_current(token, version)?;
    }
    scene.act(token, &action)
}
