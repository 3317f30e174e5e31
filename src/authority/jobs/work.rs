//! Works on a job, chunk by chunk. Before each it is asked anew whether the job is
//! still this runner's: a stop, or another who took over, ends the work here.

use crate::authority::reason::explain;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{Change, JobChange, JobRecord, JobStage, Time};
use crate::wire::Run;

use super::ended::{EndedChunk, damaged};
use super::lease::{JobTurn, lease};
use super::put;

impl Authority {
    /// Works on a job until it is over, `goes_on` says no after a chunk, or somebody
    /// stopped it or took it over. Whoever is left with a job that is not over can
    /// resume it at once.
    pub fn work(&self, caller: &Caller, turn: &JobTurn, goes_on: impl Fn() -> bool) -> Ruling<()> {
        self.desk.at_work().insert(turn.job, turn.runner);
        let mut worked = Ok(true);
        while matches!(worked, Ok(true)) && goes_on() {
            worked = match self.next_chunk(caller, turn) {
                Err(full) if full.is_full() => self.next_chunk_in_parts(caller, turn, full),
                worked => worked,
            };
        }
        if let Err(error) = &worked {
            self.desk.broke_off(turn, error);
        }
        // A store that can't be written to keeps the lease, which ends by itself.
        let released = self.release(turn);
        self.desk.at_work().remove(&turn.job);
        worked.and(released)
    }

    /// Does the next chunk; false where there is none for this runner.
    fn next_chunk(&self, caller: &Caller, turn: &JobTurn) -> Ruling<bool> {
        self.decide(caller, Run::Real, |scene| {
            let record = scene.state.job(turn.job)?.filter(|record| turn.holds(record));
            let Some(mut record) = record else { return Ok((vec![], false)) };
            let chunk = scene.state.job_chunk(record.id, record.next)?;
            let chunk = chunk.ok_or_else(|| damaged(self, "a job lacks a chunk"))?;
            let ended = self.decide_chunk(record.work, &chunk.plan, scene)?;
            record.lease = Some(lease(turn.runner));
            let mut changes = advance(&mut record, ended, scene.now);
            changes.push(put(&record));
            Ok((changes, record.stage == JobStage::Open))
        })
    }

    /// Lets go of a job that is still held. Asks no operator: who was removed while
    /// they worked holds nothing up.
    fn release(&self, turn: &JobTurn) -> Ruling<()> {
        let held = |record: &JobRecord| turn.holds(record);
        if !self.read(|state| Ok(state.job(turn.job)?.as_ref().is_some_and(held)))? {
            return Ok(());
        }
        self.store.commit(&mut |state| {
            let record = state.job(turn.job)?.filter(held);
            Ok(record.map(|record| put(&JobRecord { lease: None, ..record })).into_iter().collect())
        })?;
        Ok(())
    }
}

/// What a chunk that ended changes: its tokens, its outcome, and the job itself,
/// which the caller has yet to put.
pub(super) fn advance(record: &mut JobRecord, ended: EndedChunk, now: Time) -> Vec<Change> {
    let mut changes = ended.changes;
    explain(&mut changes, record.reason.as_ref());
    let (job, place) = (record.id, record.next);
    changes.push(Change::Job(Box::new(JobChange::Outcome { job, place, outcome: ended.outcome })));
    record.next += 1;
    record.tally = record.tally.and(ended.tally);
    if record.next >= record.chunks {
        record.stage = JobStage::Done;
        record.lease = None;
        record.ended_at = Some(now);
    }
    changes
}
