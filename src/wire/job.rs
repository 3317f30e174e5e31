//! Jobs as an operator sees them.

use serde::{Deserialize, Serialize};

use crate::domain::{Guid, JobId, JobState, Tally, Time, UserId, job::Work};

use super::{HolderReport, Report};

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
