//! The tokens of a plan as the items of a job: frozen, decided again under the
//! lock, and reported. One that fails spoils no other.

use std::collections::BTreeMap;

use crate::authority::jobs::{Ended, Frozen, PART, Turn, read, write};
use crate::authority::scene::Scene;
use crate::authority::write::heeds_version;
use crate::authority::{Answer, Authority, Caller};
use crate::domain::brake::work_brakes;
use crate::domain::job::Work;
use crate::domain::{Change, JobChunk, Refusal, Token, TokenChange, TokenId, Verb};
use crate::search::Listing;
use crate::store::{CommitError, StoreError};
use crate::wire::{Job, JobReport, Outcome, Plan, PlanItem, Report, ReportItem, Step};

use super::item::{Item, name, refused, seen, tally, title};
use super::order::{Order, must_be_bulk, ordered, skip};
use super::rotate;

/// Tokens in one commit, at the most: others wait for the lock meanwhile.
const CHUNK: usize = 2_500;

impl Authority {
    /// Starts what a plan says as a job. Where it is more than a chunk, the rest is
    /// for whoever takes the turn to [`Authority::work`].
    pub fn start(&self, caller: &Caller, plan: &Plan) -> Answer<(Job, Option<Turn>)> {
        must_be_bulk(plan.verb)?;
        if plan.verb == Verb::Regenerate {
            let what = "regenerate many tokens without a file for their values";
            return Err(Refusal::Unsupported(what.to_owned()).into());
        }
        let (title, items) = self.look(caller, |scene, listing| {
            must_be_permitted(plan, scene, listing)?;
            if plan.count() == 0 {
                return Err(Refusal::NothingToDo(plan.verb).into());
            }
            let item = |item| frozen(plan, item, scene, listing);
            Ok((title(plan, scene, listing), plan.items.iter().map(item).collect::<Vec<Item>>()))
        })?;
        let work = Work::Tokens(plan.verb);
        let frozen = |size, tidies| -> Result<Frozen, StoreError> {
            let chunks = items.chunks(size).map(write).collect::<Result<_, StoreError>>()?;
            let (plan, title, total) = (plan.id, title.clone(), items.len() as u64);
            Ok(Frozen { plan, work, title, total, chunks, file: None, tidies })
        };
        match self.begin(caller, &frozen(CHUNK, true)?) {
            // A full store has its reserve for this, which is enough for less at a time;
            // what was cut so the first time is found again so.
            Err(error) if work_brakes(work) && (error.is_full() || is_stale(&error)) => {
                self.begin(caller, &frozen(PART, false)?)
            }
            begun => begun,
        }
    }

    /// Does what a plan says and tells how each token ended. Fails as a whole only
    /// where nothing was done; what is committed stays so and is told.
    pub fn run(&self, caller: &Caller, plan: &Plan) -> Answer<Report> {
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

fn is_stale(error: &CommitError) -> bool {
    matches!(error, CommitError::Refused(Refusal::StalePlan))
}

/// Refuses whoever may change no token of a plan: it would become a job that can do
/// nothing. Owners may revoke their own.
fn must_be_permitted(plan: &Plan, scene: &Scene, listing: &Listing) -> Result<(), Refusal> {
    let operator = &scene.operator;
    let may = |item: &PlanItem| {
        let token = seen(item.id, scene, listing)?;
        let order = Order::of(plan.verb, &item.step).ok()?;
        let decided = ordered(order, token, scene);
        let refused = matches!(decided, Err(Refusal::NeedsManageTokens));
        Some(!refused)
    };
    let own = plan.verb == Verb::Revoke && plan.acting().any(|item| may(item) == Some(true));
    if own { Ok(()) } else { operator.must_manage() }
}

/// The item as a job keeps it. A plan comes back from whoever holds it: what it says in
/// words is theirs, so the name and why it is skipped are looked up here.
fn frozen(plan: &Plan, item: &PlanItem, scene: &Scene, listing: &Listing) -> Item {
    let token = seen(item.id, scene, listing);
    // Who skips a token says not what for: all others of the plan do.
    let acting = plan.acting().next().map_or(&item.step, |item| &item.step);
    let step = match item.step {
        Step::Act => Step::Act,
        Step::Give(to) => Step::Give(to),
        Step::CancelRequest => Step::CancelRequest,
        Step::Skip { .. } => skip(&match token {
            None => Refusal::no_token(item.id.to_string()),
            Some(token) => {
                match Order::of(plan.verb, acting).and_then(|order| ordered(order, token, scene)) {
                    Err(refusal) => refusal,
                    // Nobody confirmed that it should be done.
                    Ok(_) => Refusal::StalePlan,
                }
            }
        }),
    };
    (item.id, name(item.id, token), item.version, step)
}

fn acts(step: &Step) -> bool {
    match step {
        Step::Act | Step::Give(_) | Step::CancelRequest => true,
        Step::Skip { .. } => false,
    }
}

/// What a chunk asks for: which tokens, at which version, and whether to act on them.
pub(in crate::authority) fn asked(authority: &Authority, verb: Verb, plan: &str) -> Answer<String> {
    let items = items_of(authority, verb, plan)?;
    let to = |step: &Step| if let Step::Give(to) = step { Some(*to) } else { None };
    let items = items.iter().map(|(id, _, version, step)| (id, version, acts(step), to(step)));
    Ok(write(&items.collect::<Vec<_>>())?)
}

/// The tokens of a chunk, whatever else that holds.
fn items_of(authority: &Authority, verb: Verb, plan: &str) -> Result<Vec<Item>, StoreError> {
    if verb == Verb::Regenerate { rotate::items(authority, plan) } else { read(authority, plan) }
}

/// Decides the tokens of a chunk on the state under the lock.
pub(in crate::authority) fn decide_chunk(
    authority: &Authority,
    verb: Verb,
    plan: &str,
    scene: &Scene,
) -> Answer<Ended> {
    if verb == Verb::Regenerate {
        return rotate::decide_chunk(authority, plan, scene);
    }
    let items: Vec<Item> = read(authority, plan)?;
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
            (None, Step::Skip { code, reason }) => {
                Outcome::Skipped { code: code.clone(), reason: reason.clone() }
            }
            (None, Step::Act | Step::Give(_) | Step::CancelRequest) => {
                match decide((verb, step), (*id, *version), tokens.get(id), scene) {
                    Ok(change) => {
                        changes.push(Change::Token(Box::new(change)));
                        Outcome::Done
                    }
                    Err(refusal) => refused(&refusal),
                }
            }
        };
        ended.insert(*id, outcome.clone());
        outcomes.push(outcome);
    }
    Ok(Ended { changes, outcome: write(&outcomes)?, tally: tally(&outcomes) })
}

fn decide(
    (verb, step): (Verb, &Step),
    (id, version): (TokenId, u64),
    token: Option<&Token>,
    scene: &Scene,
) -> Result<TokenChange, Refusal> {
    let token = token.ok_or_else(|| Refusal::no_token(id.to_string()))?;
    let action = ordered(Order::of(verb, step)?, token, scene)?;
    if heeds_version(verb) {
        scene.must_be_current(token, version)?;
    }
    scene.act(token, &action)
}

/// How each token ended; those of chunks that did not end were not reached.
pub(in crate::authority) fn report(
    authority: &Authority,
    verb: Verb,
    chunks: &[JobChunk],
    unreached: &Outcome,
) -> Answer<Report> {
    let mut report = Report { verb, items: Vec::new() };
    for chunk in chunks {
        let items = items_of(authority, verb, &chunk.plan)?;
        let outcomes: Option<Vec<Outcome>> =
            chunk.outcome.as_deref().map(|text| read(authority, text)).transpose()?;
        let mut outcomes = outcomes.unwrap_or_default().into_iter();
        report.items.extend(items.into_iter().map(|(id, name, _, step)| {
            let ended = outcomes.next();
            let request = step == Step::CancelRequest;
            let outcome = ended.unwrap_or_else(|| match step {
                Step::Skip { code, reason } => Outcome::Skipped { code, reason },
                Step::Act | Step::Give(_) | Step::CancelRequest => unreached.clone(),
            });
            ReportItem { id, name, request, outcome }
        }));
    }
    Ok(report)
}
