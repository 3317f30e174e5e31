//! Jobs as an operator sees them: how each stands, and how its items ended.

use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::{JobChunk, JobId, JobRecord, JobStage, Refusal, Role};
use crate::wire::{Job, JobReport, JobState, Outcome};

use super::{REPORTS, known};

impl Authority {
    /// The jobs the operator may know of, the newest first. Of those that are over,
    /// the ones that still have a report.
    pub fn jobs(&self, caller: &Caller) -> Ruling<Vec<Job>> {
        self.glance(caller, |scene| {
            let operator = &scene.operator;
            let by = (operator.role != Role::Superadmin).then_some(operator.user);
            let records = scene.state.jobs(by, REPORTS as usize)?;
            Ok(records.iter().map(|record| self.job_view(scene, record)).collect())
        })
    }

    /// One job.
    pub fn job(&self, caller: &Caller, id: JobId) -> Ruling<Job> {
        self.glance(caller, |scene| {
            let record = known(scene, id)?;
            let sheet = match record.stage {
                JobStage::Staged => self.sheet_of(&record, &chunks(scene, &record)?)?,
                JobStage::Open | JobStage::Stopped | JobStage::Done | JobStage::Abandoned => None,
            };
            Ok(Job { sheet, ..self.job_view(scene, &record) })
        })
    }

    /// How each item of a job ended.
    pub fn job_report(&self, caller: &Caller, id: JobId) -> Ruling<JobReport> {
        self.glance(caller, |scene| {
            let record = known(scene, id)?;
            let chunks = chunks(scene, &record)?;
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
        Outcome::unreached(state)
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
            sheet: None,
            ended_at: record.ended_at,
            reason: record.reason.clone(),
            problem: problem.filter(|_| state == JobState::Interrupted),
            lease_until: alive.filter(|_| state == JobState::Running),
        }
    }
}

/// What a job was to do, part by part; of old ones it is not kept.
fn chunks(scene: &Scene, record: &JobRecord) -> Ruling<Vec<JobChunk>> {
    let gone = || Refusal::NotFound { what: "report of", name: record.id.to_string() };
    let mut chunks = Vec::new();
    for place in 0..record.chunks {
        chunks.push(scene.state.job_chunk(record.id, place)?.ok_or_else(gone)?);
    }
    Ok(chunks)
}
