//! Bulk work as jobs: a frozen plan in chunks, each committed together with the
//! changes it stands for, so that what was done is known whatever happens to the
//! process that does it. What an item is, the parts behind [`chunk`] know.

mod begin;
mod chunk;
mod control;
mod ended;
mod lease;
mod old;
mod parts;
mod process;
mod view;
mod work;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;

pub(super) use ended::{EndedChunk, read, write};
pub use lease::JobTurn;
pub(super) use parts::PART;

use crate::domain::job::Work;
use crate::domain::{Change, Guid, JobChange, JobId, JobRecord, JobStage, Refusal, Role, Time};
use crate::store::CommitError;
use crate::wire::JobState;

use super::Ruling;
use super::scene::Scene;

/// Jobs of one operator that are over and keep their plans and reports; older ones keep
/// the record.
const REPORTS: u32 = 100;
/// How long they keep them.
const REPORTS_FOR: TimeDelta = TimeDelta::days(90);
/// How long an export may wait for its file; its values are not in force.
const STAGED_FOR: TimeDelta = TimeDelta::days(7);
/// How long a job may wait for somebody to go on with it.
const WAITING_FOR: TimeDelta = TimeDelta::days(30);
/// Jobs of one operator that may wait at once.
const WAITING: usize = 50;

/// Bulk work that is frozen, and not on record yet.
pub(super) struct Frozen {
    /// The plan that this is, by its GUID.
    pub(super) plan: Option<Guid>,
    /// What it does.
    pub(super) work: Work,
    /// To what, in words: "15 tokens of Acme".
    pub(super) title: String,
    /// How many items it has, those to be skipped included.
    pub(super) total: u64,
    /// The items, chunk by chunk; at least one.
    pub(super) chunks: Vec<String>,
    /// The file of an export.
    pub(super) file: Option<String>,
    /// Whether old jobs end with it: a full store has no room for that.
    pub(super) tidies: bool,
}

/// What this process knows of jobs beside the store.
#[derive(Default)]
pub(super) struct Desk {
    /// The jobs it works on, and as which runner: it knows better than a lease.
    at_work: Mutex<BTreeMap<JobId, [u8; 16]>>,
    /// Why its work on a job broke off.
    problems: Mutex<BTreeMap<JobId, Problem>>,
}

/// Why the work on a job broke off.
struct Problem {
    /// The runner that stopped; it may have left its lease behind.
    runner: [u8; 16],
    code: &'static str,
    reason: String,
}

impl Desk {
    fn at_work(&self) -> MutexGuard<'_, BTreeMap<JobId, [u8; 16]>> {
        self.at_work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn problems(&self) -> MutexGuard<'_, BTreeMap<JobId, Problem>> {
        self.problems.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn broke_off(&self, turn: &JobTurn, error: &CommitError) {
        let (code, reason) = match error {
            CommitError::Refused(refusal) => (refusal.code(), refusal.to_string()),
            CommitError::Store(error) => (error.code(), error.to_string()),
        };
        self.problems().insert(turn.job, Problem { runner: turn.runner, code, reason });
    }

    /// How the job stands, as far as this process can know.
    fn state(&self, record: &JobRecord) -> JobState {
        state(record, self.alive_until(record).is_some())
    }

    /// Until when the job is taken for one that somebody works on, if it is.
    fn alive_until(&self, record: &JobRecord) -> Option<Time> {
        let lease = record.lease.as_ref()?;
        let problems = self.problems();
        if problems.get(&record.id).is_some_and(|problem| problem.runner == lease.runner) {
            return None;
        }
        let ours = self.at_work().get(&record.id) == Some(&lease.runner);
        (ours || lease::is_alive(lease)).then_some(lease.until)
    }
}

/// How a job stands.
fn state(record: &JobRecord, alive: bool) -> JobState {
    match record.stage {
        JobStage::Staged => JobState::Staged,
        JobStage::Open if alive => JobState::Running,
        JobStage::Open => JobState::Interrupted,
        JobStage::Stopped => JobState::Stopped,
        JobStage::Done => JobState::Done,
        JobStage::Abandoned => JobState::Abandoned,
    }
}

fn put(record: &JobRecord) -> Change {
    Change::Job(Box::new(JobChange::Put(record.clone())))
}

/// A job the operator may know of: their own, and all for a Superadmin.
fn known(scene: &Scene, id: JobId) -> Ruling<JobRecord> {
    let operator = &scene.operator;
    let mine = |record: &JobRecord| record.by == operator.user || operator.role == Role::Superadmin;
    let found = scene.state.job(id)?.filter(mine);
    found.ok_or_else(|| Refusal::NotFound { what: "job", name: id.to_string() }.into())
}
