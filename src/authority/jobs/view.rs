//! Jobs as an operator sees them: how each stands, and how its items ended.

use crate::authority::scene::Scene;
use crate::authority::{Answer, Authority, Caller};
use crate::domain::{JobId, JobRecord, Refusal, Role};
use crate::wire::{Job, JobReport, JobState, Outcome};

use super::{REPORTS, known};

impl Authority {
    /// The jobs the operator may know of, the newest first. Of those that are over,
    /// the ones that still have a report.
    pub fn jobs(&self, caller: &Caller) -> Answer<Vec<Job>> {
        self.glance(caller, |scene| {
            let operator = &scene.operator;
            let by = (operator.role != Role::Superadmin).then_some(operator.user);
            let records = scene.state.jobs(by, REPORTS as usize)?;
            Ok(records.iter().map(|record| self.job_view(scene, record)).collect())
        })
    }

    /// One job.
    pub fn job(&self, caller: &Caller, id: JobId) -> Answer<Job> {
        self.glance(caller, |scene| Ok(self.job_view(scene, &known(scene, id)?)))
    }

    /// How each item of a job ended.
    pub fn job_report(&self, caller: &Caller, id: JobId) -> Answer<JobReport> {
        self.glance(caller, |scene| {
            let record = known(scene, id)?;
            let mut chunks = Vec::new();
            for place in 0..record.chunks {
                let chunk = scene.state.job_chunk(id, place)?;
                let gone = || Refusal::NotFound { what: "report of", name: id.to_string() };
                chunks.push(chunk.ok_or_else(gone)?);
            }
            let unreached = self.unreached(self.desk.state(&record), id);
            self.report_of(&record, &chunks, &unreached)
        })
    }

    /// Why an item was not reached.
    fn unreached(&self, state: JobState, id: JobId) -> Outcome {
        let broke_off = matches!(state, JobState::Interrupted | JobState::Abandoned);
        if broke_off && let Some(problem) = self.desk.problems().get(&id) {
            let (code, reason) = (problem.code.to_owned(), problem.reason.clone());
            return Outcome::Failed { code, reason };
        }
        let reason = match state {
            JobState::Running | JobState::Done => "Not reached yet",
            JobState::Interrupted => "Not reached: the job was interrupted",
            JobState::Stopped => "Not reached: the job was stopped",
            JobState::Staged => "Not reached: its file was never completed",
            JobState::Abandoned => "Not reached: the job was abandoned",
        };
        Outcome::Failed { code: "not_reached".to_owned(), reason: reason.to_owned() }
    }

    /// The job as it is shown.
    pub(in crate::authority) fn job_view(&self, scene: &Scene, record: &JobRecord) -> Job {
        let alive = self.desk.alive_until(record);
        let state = super::state(record, alive.is_some());
        let problem = self.desk.problems().get(&record.id).map(|problem| problem.reason.clone());
        Job {
            id: record.id,
            work: record.work,
            title: record.title.clone(),
            plan: record.plan,
            by: record.by,
            by_name: scene.user(record.by),
            made_at: record.made_at,
            state,
            total: record.total,
            tally: record.tally,
            file: record.file.clone(),
            ended_at: record.ended_at,
            problem: problem.filter(|_| state == JobState::Interrupted),
            lease_until: alive.filter(|_| state == JobState::Running),
        }
    }
}
