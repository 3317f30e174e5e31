//! Work on many, from its confirmed plan to a job and its report: what is the same for tokens and
//! for what users hold. A plan comes back from whoever holds it, so that only ids, versions
//! and what to do with each are taken from it; names and reasons are looked up again.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::jobs::{Frozen, JobTurn, PART, read};
use super::scene::Scene;
use super::{Authority, Caller, Ruling};
use crate::domain::brake::work_brakes;
use crate::domain::{JobChunk, Refusal, Tally, UserId};
use crate::search::TokenIndex;
use crate::store::{CommitError, StoreError};
use crate::wire::{AnyPlan, BulkVerb, Job, Outcome, Plan, Report, Step};

/// What the authority decides for a kind of work on many.
pub trait BulkRules: BulkVerb {
    /// An item as a job keeps it: what is needed to decide and to report.
    type Kept: Clone + Serialize + DeserializeOwned;
    /// How an item ended, as a job keeps it.
    type Ending: From<Outcome> + Serialize + DeserializeOwned;
    /// Items in one commit, at the most: others wait for the lock meanwhile.
    const CHUNK: usize;

    /// Refuses a verb that can't be started without more.
    fn must_start(self) -> Result<(), Refusal>;
    /// Refuses whoever may do nothing of a plan: it would become a job that can do nothing.
    fn must_be_permitted(
        plan: &Plan<Self>,
        scene: &Scene,
        listing: &TokenIndex,
    ) -> Result<(), Refusal>;
    /// The plan in the words of the store.
    fn kept(
        plan: &Plan<Self>,
        scene: &Scene,
        listing: &TokenIndex,
    ) -> Result<KeptPlan<Self>, StoreError>;
    /// What one commit of a job is about.
    fn chunk(plan: &Plan<Self>, by: UserId, items: &[Self::Kept]) -> Result<String, StoreError>;
    /// The items of such a chunk.
    fn items_of(self, authority: &Authority, chunk: &str) -> Result<Vec<Self::Kept>, StoreError>;
    /// What is to be done with one.
    fn step(kept: &Self::Kept) -> &Step;
    /// How it ended, as it is reported.
    fn told(kept: Self::Kept, ending: Self::Ending) -> Self::End;
}

/// A plan as a job keeps it.
pub struct KeptPlan<V: BulkRules> {
    /// To what, in words: "15 tokens of Acme".
    pub(super) title: String,
    /// Who has it done.
    pub(super) by: UserId,
    /// The items.
    pub(super) items: Vec<V::Kept>,
}

impl<V: BulkRules> KeptPlan<V> {
    /// The plan as a job, cut into chunks of that many items.
    pub(super) fn frozen(&self, plan: &Plan<V>, size: usize) -> Result<Frozen, StoreError> {
        let chunk = |items| V::chunk(plan, self.by, items);
        Ok(Frozen {
            plan: plan.id,
            work: plan.verb.work(),
            title: self.title.clone(),
            total: self.items.len() as u64,
            chunks: self.items.chunks(size).map(chunk).collect::<Result<_, _>>()?,
            file: None,
            tidies: true,
        })
    }
}

impl Authority {
    /// Starts a plan, whatever it is for.
    pub fn start_any(&self, caller: &Caller, plan: &AnyPlan) -> Ruling<(Job, Option<JobTurn>)> {
        match plan {
            AnyPlan::Tokens(plan) => self.start(caller, plan),
            AnyPlan::Holders(plan) => self.start(caller, plan),
        }
    }

    /// Starts what a plan says as a job. Where it is more than a chunk, the rest is
    /// for whoever takes the turn to [`Authority::work`].
    pub fn start<V: BulkRules>(
        &self,
        caller: &Caller,
        plan: &Plan<V>,
    ) -> Ruling<(Job, Option<JobTurn>)> {
        plan.verb.must_start()?;
        let kept = self.look(caller, |scene, listing| {
            V::must_be_permitted(plan, scene, listing)?;
            plan.must_act()?;
            Ok(V::kept(plan, scene, listing)?)
        })?;
        match self.begin(caller, &kept.frozen(plan, V::CHUNK)?) {
            // A full store has its reserve for this, which is enough for less at a time;
            // what was cut so the first time is found again so.
            Err(error)
                if work_brakes(plan.verb.work()) && (error.is_full() || is_stale(&error)) =>
            {
                let frozen = Frozen { tidies: false, ..kept.frozen(plan, PART)? };
                self.begin(caller, &frozen)
            }
            begun => begun,
        }
    }
}

fn is_stale(error: &CommitError) -> bool {
    matches!(error, CommitError::Refused(Refusal::StalePlan))
}

/// How each item of a plan ended; those of chunks that did not end were not reached.
pub(super) fn report<V: BulkRules>(
    authority: &Authority,
    verb: V,
    chunks: &[JobChunk],
    unreached: &Outcome,
) -> Result<Report<V>, StoreError> {
    let mut items = Vec::new();
    for chunk in chunks {
        let kept = verb.items_of(authority, &chunk.plan)?;
        let not_ended =
            |item: &V::Kept| V::step(item).skipped().unwrap_or_else(|| unreached.clone()).into();
        items.extend(
            ended(authority, chunk, kept, not_ended)?.map(|(item, end)| V::told(item, end)),
        );
    }
    Ok(Report { verb, items })
}

/// The items of a chunk, each with how it ended; `not_ended` is for those of a chunk that
/// did not end.
pub(super) fn ended<I, E: DeserializeOwned>(
    authority: &Authority,
    chunk: &JobChunk,
    items: Vec<I>,
    not_ended: impl Fn(&I) -> E,
) -> Result<impl Iterator<Item = (I, E)>, StoreError> {
    let ends: Option<Vec<E>> =
        chunk.outcome.as_deref().map(|text| read(authority, text)).transpose()?;
    let mut ends = ends.unwrap_or_default().into_iter();
    Ok(items.into_iter().map(move |item| {
        let end = ends.next().unwrap_or_else(|| not_ended(&item));
        (item, end)
    }))
}

/// How many ended which way.
pub(super) fn tally<'o>(outcomes: impl IntoIterator<Item = &'o Outcome>) -> Tally {
    outcomes.into_iter().fold(Tally::default(), |mut tally, outcome| {
        match outcome {
            Outcome::Done => tally.done += 1,
            Outcome::Skipped { .. } => tally.skipped += 1,
            Outcome::Failed { .. } => tally.failed += 1,
        }
        tally
    })
}
