//! Jobs as an operator sees them.

use serde::{Deserialize, Serialize};

use crate::domain::{Guid, JobId, Refusal, Tally, Time, UserId, job::Work};

use super::{HolderReport, Report};

/// How a job stands.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum JobState {
    /// Somebody works on it.
    Running,
    /// Its process went away in the middle: it can be resumed or abandoned.
    Interrupted,
    /// Stopped by an operator: it can be resumed or abandoned.
    Stopped,
    /// An export whose file was never completed: nothing has changed. It can only be
    /// abandoned.
    Staged,
    /// All of it is done.
    Done,
    /// Given up; what was committed stays.
    Abandoned,
}

impl JobState {
    /// Whether nothing more will happen.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Abandoned)
    }

    /// Whether it waits for an operator to decide.
    pub fn waits(self) -> bool {
        matches!(self, Self::Interrupted | Self::Stopped | Self::Staged)
    }
}

/// What an operator may do to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "lowercase")]
pub enum JobAct {
    /// Go on with it.
    Resume,
    /// Stop it after the chunk under way.
    Stop,
    /// Give it up.
    Abandon,
}

impl JobState {
    /// Whether that may be done to a job that stands so, and why not.
    pub fn allows(self, act: JobAct) -> Result<(), Refusal> {
        match (self, act) {
            (Self::Done | Self::Abandoned, _) => Err(Refusal::JobOver),
            (Self::Running, JobAct::Resume | JobAct::Abandon) => Err(Refusal::JobRunning),
            (Self::Stopped, JobAct::Stop) => Err(Refusal::JobStopped),
            (Self::Staged, JobAct::Resume | JobAct::Stop) => Err(Refusal::JobStaged),
            (Self::Running | Self::Interrupted, JobAct::Stop)
            | (Self::Interrupted | Self::Stopped, JobAct::Resume)
            | (Self::Interrupted | Self::Stopped | Self::Staged, JobAct::Abandon) => Ok(()),
        }
    }
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Job {
    /// Names it for ever.
    pub id: JobId,
    /// What it does.
    #[serde(flatten)]
    pub work: Work,
    /// To what, in words: "15 tokens of Acme".
    pub title: String,
    /// The plan it carries out, where that had an id.
    #[serde(default)]
    pub plan: Option<Guid>,
    /// Who started it.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// When.
    pub made_at: Time,
    /// How it stands.
    pub state: JobState,
    /// How many items it has.
    pub total: u64,
    /// How they ended so far; only what is committed counts.
    #[serde(flatten)]
    pub tally: Tally,
    /// The file of an export.
    pub file: Option<String>,
    /// When it was done or given up.
    pub ended_at: Option<Time>,
    /// Why the work on it broke off, where the backend that worked on it still knows.
    pub problem: Option<String>,
    /// Where nobody may work on it: the time at which it counts as interrupted.
    pub lease_until: Option<Time>,
}

/// How each item of a job ended. Items that were not reached are failed, with that
/// reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobReport {
    /// Of tokens.
    Tokens(Report),
    /// Of users.
    Holders(HolderReport),
}
