//! Puts bulk work on record. Work of one chunk is done in the same commit; of more
//! chunks, the first is, so that a job of which nothing could be done leaves no trace.

use sha2::{Digest, Sha256};

use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{Change, JobChange, JobId, JobRecord, JobStage, Lease, Refusal, Tally};
use crate::store::StoreError;
use crate::wire::{Job, Run};

use super::lease::{JobTurn, lease};
use super::process::runner;
use super::work::advance;
use super::{Frozen, put};

impl Authority {
    /// Records a job and does its first chunk; the rest is for whoever has the turn. A
    /// plan that the operator has started already is the job that it became.
    pub(in crate::authority) fn begin(
        &self,
        caller: &Caller,
        frozen: &Frozen,
    ) -> Ruling<(Job, Option<JobTurn>)> {
        let (runner, digest) = (runner()?, digest(&frozen.chunks));
        self.decide(caller, Run::Real, |scene| {
            if let Some(record) = started(frozen, scene)? {
                if record.digest != digest && !self.asks_the_same(frozen, &record, scene)? {
                    return Err(Refusal::StalePlan.into());
                }
                return Ok((vec![], (self.job_view(scene, &record), None)));
            }
            let mut changes =
                if frozen.tidies { self.make_room(frozen.work, scene)? } else { vec![] };
            let id = scene.state.next_job_id()?;
            let mut record = record(frozen, id, digest, scene)?;
            record.lease = Some(lease(runner));
            changes.extend(plans(frozen, id));
            let first = frozen.chunks.first().map_or("[]", String::as_str);
            let ended = self.decide_chunk(frozen.work, first, scene)?;
            changes.extend(advance(&mut record, ended, scene.now));
            changes.push(put(&record));
            let turn = (record.stage == JobStage::Open).then_some(JobTurn { job: id, runner });
            Ok((changes, (self.job_view(scene, &record), turn)))
        })
    }

    /// A job that waits for a word before any of it is done, and what records it.
    pub(in crate::authority) fn set_aside(
        &self,
        frozen: &Frozen,
        scene: &Scene,
    ) -> Ruling<(JobId, Vec<Change>)> {
        // Values are given out once; whoever did not get them exports anew.
        if started(frozen, scene)?.is_some() {
            return Err(Refusal::StalePlan.into());
        }
        let room = self.make_room(frozen.work, scene)?;
        let id = scene.state.next_job_id()?;
        let record = record(frozen, id, digest(&frozen.chunks), scene)?;
        let staged = put(&JobRecord { stage: JobStage::Staged, ..record });
        Ok((id, [room, plans(frozen, id), vec![staged]].concat()))
    }

    /// Whether a plan asks what the job was made of. The words that the store had for it
    /// may be others by now. What is no longer kept can't be compared.
    fn asks_the_same(&self, frozen: &Frozen, record: &JobRecord, scene: &Scene) -> Ruling<bool> {
        let alike = (frozen.work, frozen.total) == (record.work, record.total);
        if !alike || usize::try_from(record.chunks) != Ok(frozen.chunks.len()) {
            return Ok(false);
        }
        for (place, plan) in (0..).zip(&frozen.chunks) {
            let Some(kept) = scene.state.job_chunk(record.id, place)? else { continue };
            if self.asked(record.work, &kept.plan)? != self.asked(frozen.work, plan)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// The job that this operator made of this plan before.
fn started(frozen: &Frozen, scene: &Scene) -> Result<Option<JobRecord>, StoreError> {
    let Some(plan) = frozen.plan else { return Ok(None) };
    let mut jobs = scene.state.jobs_of_plan(plan)?;
    jobs.retain(|record| record.by == scene.operator.user);
    Ok(jobs.pop())
}

/// The job before any of it was done.
pub(super) fn record(
    frozen: &Frozen,
    id: JobId,
    digest: [u8; 32],
    scene: &Scene,
) -> Result<JobRecord, StoreError> {
    let chunks = u32::try_from(frozen.chunks.len())
        .map_err(|_| StoreError::Fault("a job of more chunks than there can be".to_owned()))?;
    Ok(JobRecord {
        id,
        work: frozen.work,
        title: frozen.title.clone(),
        by: scene.operator.user,
        made_at: scene.now,
        stage: JobStage::Open,
        total: frozen.total,
        chunks,
        next: 0,
        tally: Tally::default(),
        lease: None::<Lease>,
        file: frozen.file.clone(),
        digest,
        ended_at: None,
        plan: frozen.plan,
        reason: scene.reason.clone(),
    })
}

/// The frozen plan, chunk by chunk.
pub(super) fn plans(frozen: &Frozen, job: JobId) -> Vec<Change> {
    let plan = |(place, plan): (u32, &String)| {
        Change::Job(Box::new(JobChange::Plan { job, place, plan: plan.clone() }))
    };
    (0..).zip(&frozen.chunks).map(plan).collect()
}

/// What a plan was when it was frozen.
pub(super) fn digest<C: AsRef<str>>(chunks: &[C]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for chunk in chunks {
        let text = chunk.as_ref().as_bytes();
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    }
    digest.finalize().into()
}
