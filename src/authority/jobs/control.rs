//! What an operator may do to a job that exists: go on with it, stop it, give it up.

use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{JobId, JobRecord, JobStage, Refusal};
use crate::wire::{Job, JobAct, JobState, Run};

use super::begin::digest;
use super::ended::damaged;
use super::lease::{JobTurn, lease};
use super::old::given_up;
use super::process::runner;
use super::{known, put};

impl Authority {
    /// Takes a job over that was interrupted or stopped. Whoever resumes it acts:
    /// each item is decided with their rights.
    pub fn resume(&self, caller: &Caller, id: JobId) -> Ruling<(Job, JobTurn)> {
        self.take(caller, id, |state| state.allows(JobAct::Resume))
    }

    /// Gives the caller the turn on a job that `may` lets them have. Its plan must be
    /// what it was when it was frozen.
    pub(in crate::authority) fn take(
        &self,
        caller: &Caller,
        id: JobId,
        may: impl Fn(JobState) -> Result<(), Refusal>,
    ) -> Ruling<(Job, JobTurn)> {
        self.must_be_whole(caller, id)?;
        let runner = runner()?;
        let job = self.alter(caller, id, |record| {
            self.may(record, &may)?;
            record.stage = JobStage::Open;
            record.lease = Some(lease(runner));
            Ok(())
        })?;
        self.desk.problems().remove(&id);
        Ok((job, JobTurn { job: id, runner }))
    }

    /// Stops a job after the chunk under way.
    pub fn stop(&self, caller: &Caller, id: JobId) -> Ruling<Job> {
        self.alter(caller, id, |record| {
            self.may(record, |state| state.allows(JobAct::Stop))?;
            record.stage = JobStage::Stopped;
            record.lease = None;
            Ok(())
        })
    }

    /// Gives a job up; what is committed stays.
    pub fn abandon(&self, caller: &Caller, id: JobId) -> Ruling<Job> {
        self.decide(caller, Run::Real, |scene| {
            let record = known(scene, id)?;
            self.may(&record, |state| state.allows(JobAct::Abandon))?;
            let mut changes = self.left_behind(&record, scene)?;
            let record = given_up(record, scene);
            changes.push(put(&record));
            Ok((changes, self.job_view(scene, &record)))
        })
    }

    /// Whether that may be done to the job as it stands; of one that is worked on, until
    /// when nobody else may.
    fn may(
        &self,
        record: &JobRecord,
        allows: impl Fn(JobState) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        allows(self.desk.state(record))
            .map_err(|refusal| refusal.leased(self.desk.alive_until(record)))
    }

    fn alter(
        &self,
        caller: &Caller,
        id: JobId,
        mut change: impl FnMut(&mut JobRecord) -> Result<(), Refusal>,
    ) -> Ruling<Job> {
        self.decide(caller, Run::Real, |scene| {
            let mut record = known(scene, id)?;
            change(&mut record)?;
            Ok((vec![put(&record)], self.job_view(scene, &record)))
        })
    }

    fn must_be_whole(&self, caller: &Caller, id: JobId) -> Ruling<()> {
        self.glance(caller, |scene| {
            let record = known(scene, id)?;
            if matches!(record.stage, JobStage::Done | JobStage::Abandoned) {
                return Err(Refusal::JobOver.into());
            }
            let mut plans = Vec::new();
            for place in 0..record.chunks {
                plans.extend(scene.state.job_chunk(id, place)?.map(|chunk| chunk.plan));
            }
            if digest(&plans) == record.digest {
                return Ok(());
            }
            Err(damaged(self, &format!("the plan of {id} is not as it was frozen")).into())
        })
    }
}
