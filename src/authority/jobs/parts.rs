//! A chunk of a job for which the store has no room in one commit: the brake goes on
//! in parts, each small enough for what the store keeps in reserve. How they ended is
//! put on record once they all have.

use serde_json::Value;

use crate::authority::reason::explain;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::brake::work_brakes;
use crate::domain::{JobStage, Tally};
use crate::store::CommitError;
use crate::wire::Run;

use super::ended::{EndedChunk, damaged, read, write};
use super::lease::{JobTurn, lease};
use super::put;
use super::work::advance;

/// Items in one commit where there is no room for more.
pub(in crate::authority) const PART: usize = 100;

impl Authority {
    /// Does the next chunk in parts; false where there is none for this runner. What
    /// is no brake waits for room: `full` says so.
    pub(super) fn next_chunk_in_parts(
        &self,
        caller: &Caller,
        turn: &JobTurn,
        full: CommitError,
    ) -> Ruling<bool> {
        let Some(plan) = self.plan_of_brake(turn)? else { return Err(full) };
        let items: Vec<Value> = read(self, &plan)?;
        let (mut outcomes, mut tally) = (Vec::new(), Tally::default());
        for part in items.chunks(PART) {
            let Some(ended) = self.part(caller, turn, &write(part)?)? else { return Ok(false) };
            outcomes.extend(read::<Vec<Value>>(self, &ended.outcome)?);
            tally = tally.and(ended.tally);
        }
        let outcome = write(&outcomes)?;
        self.decide(caller, Run::Real, |scene| {
            let record = scene.state.job(turn.job)?.filter(|record| turn.holds(record));
            let Some(mut record) = record else { return Ok((vec![], false)) };
            record.lease = Some(lease(turn.runner));
            let ended = EndedChunk { changes: vec![], outcome: outcome.clone(), tally };
            let mut changes = advance(&mut record, ended, scene.now);
            changes.push(put(&record));
            Ok((changes, record.stage == JobStage::Open))
        })
    }

    /// The next chunk's plan, if the job is nothing but the brake.
    fn plan_of_brake(&self, turn: &JobTurn) -> Ruling<Option<String>> {
        self.read(|state| {
            let record = state.job(turn.job)?.filter(|record| turn.holds(record));
            let Some(record) = record.filter(|record| work_brakes(record.work)) else {
                return Ok(None);
            };
            let chunk = state.job_chunk(record.id, record.next)?;
            Ok(Some(chunk.ok_or_else(|| damaged(self, "a job lacks a chunk"))?.plan))
        })
    }

    /// Does these items; none where the job is no longer this runner's.
    fn part(&self, caller: &Caller, turn: &JobTurn, plan: &str) -> Ruling<Option<EndedChunk>> {
        self.decide(caller, Run::Real, |scene| {
            let record = scene.state.job(turn.job)?.filter(|record| turn.holds(record));
            let Some(mut record) = record else { return Ok((vec![], None)) };
            let mut ended = self.decide_chunk(record.work, plan, scene)?;
            record.lease = Some(lease(turn.runner));
            let mut changes = std::mem::take(&mut ended.changes);
            explain(&mut changes, record.reason.as_ref());
            changes.push(put(&record));
            Ok((changes, Some(ended)))
        })
    }
}
