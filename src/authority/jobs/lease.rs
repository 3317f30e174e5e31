//! Who may work on a job: whoever holds its lease. A runner that was slow or away
//! finds another's lease at its next chunk and stops, so no chunk is done twice.

use chrono::{TimeDelta, Utc};

use super::process;
use crate::domain::{JobId, JobRecord, JobStage, Lease, calendar};

/// How long the others wait for a sign of life. Longer than a chunk takes with the
/// wait for a lock before it, and short enough for whoever wants to resume.
const LEASE: TimeDelta = TimeDelta::seconds(7);

/// The right to work on a job, until somebody else takes it.
#[derive(Debug)]
pub struct JobTurn {
    pub(super) job: JobId,
    pub(super) runner: [u8; 16],
}

impl JobTurn {
    /// The job.
    pub fn job(&self) -> JobId {
        self.job
    }

    /// Whether the job is still this runner's to work on.
    pub(super) fn holds(&self, record: &JobRecord) -> bool {
        let mine = record.lease.as_ref().is_some_and(|lease| lease.runner == self.runner);
        record.stage == JobStage::Open && mine
    }
}

/// A lease from now on. The clock is the machine's, for a frozen one freezes what
/// is decided and never what waits.
pub(super) fn lease(runner: [u8; 16]) -> Lease {
    Lease { runner, until: calendar::to_millisecond(Utc::now() + LEASE) }
}

/// Whether others have to take its runner for alive: until its time is over, or its
/// process is seen to be gone.
pub(super) fn is_alive(lease: &Lease) -> bool {
    lease.until > Utc::now() && !process::is_gone(&lease.runner)
}
