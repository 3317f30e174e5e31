//! Jobs do not pile up: what waits too long for a word is given up, and what ended long
//! ago, or before many others of its operator, keeps its record without its items. The
//! record says for ever who did what and when, how many items ended how, and that the
//! rest was not done; what became of each token is in the audit trail.

use crate::authority::scene::Scene;
use crate::authority::{Authority, Ruling};
use crate::domain::brake::work_brakes;
use crate::domain::job::Work;
use crate::domain::{Change, JobChange, JobRecord, JobStage, Refusal};
use crate::wire::JobState;

use super::{REPORTS, REPORTS_FOR, STAGED_FOR, WAITING, WAITING_FOR, put};

impl Authority {
    /// What ends with a new job of the operator. Refused where they leave too many
    /// unfinished, unless it is the brake: nothing keeps that from being pulled.
    pub(super) fn make_room(&self, work: Work, scene: &Scene) -> Ruling<Vec<Change>> {
        let (mut changes, mut waiting) = (Vec::new(), 0);
        for record in scene.state.jobs(None, 0)? {
            if self.is_overdue(&record, scene) {
                changes.extend(self.left_behind(&record, scene)?);
                changes.push(put(&given_up(record, scene)));
            } else if record.by == scene.operator.user && self.desk.state(&record).waits() {
                waiting += 1;
            }
        }
        if waiting >= WAITING && !work_brakes(work) {
            return Err(Refusal::TooManyJobs(waiting).into());
        }
        let before = scene.now - REPORTS_FOR;
        changes.push(Change::Job(Box::new(JobChange::Prune { keep: REPORTS, before })));
        Ok(changes)
    }

    fn is_overdue(&self, record: &JobRecord, scene: &Scene) -> bool {
        let patience = match self.desk.state(record) {
            JobState::Staged | JobState::Written => STAGED_FOR,
            JobState::Interrupted | JobState::Stopped => WAITING_FOR,
            JobState::Running | JobState::Done | JobState::Abandoned => return false,
        };
        scene.now - record.made_at > patience
    }
}

/// A job that nobody goes on with.
pub(super) fn given_up(record: JobRecord, scene: &Scene) -> JobRecord {
    let ended_at = Some(scene.now);
    JobRecord { stage: JobStage::Abandoned, lease: None, ended_at, ..record }
}
