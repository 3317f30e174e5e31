//! Jobs as an operator sees them.

use serde::{Deserialize, Serialize};

use crate::domain::{
    GivenReason, Guid, HolderVerb, JobAct, JobId, JobState, Refusal, Tally, Time, UserId, job::Work,
};
use crate::text::thousands;

use super::{ImportReport, Report};

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
    /// What the file of a staged export has to hold, told with one job only: the digest
    /// of [`crate::domain::proof`].
    #[serde(default)]
    pub sheet: Option<String>,
    /// When it was done or given up.
    pub ended_at: Option<Time>,
    /// Why it is done, in the words of who started it.
    #[serde(default)]
    pub reason: Option<GivenReason>,
    /// Why the work on it broke off, where the backend that worked on it still knows.
    pub problem: Option<String>,
    /// Where nobody may work on it: the time at which it counts as interrupted.
    pub lease_until: Option<Time>,
}

impl Job {
    /// Whether that may be done to it, and why not.
    pub fn allows(&self, act: JobAct) -> Result<(), Refusal> {
        self.state.allows(act).map_err(|refusal| refusal.leased(self.lease_until))
    }

    /// What is to be known of its file, for whoever decides about the job.
    pub fn of_file(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        let done = thousands(self.tally.done);
        let text = match self.state {
            JobState::Written => "Its file is whole, and none of its values is in force".to_owned(),
            JobState::Staged => {
                "Its file was not found whole here, and no value in it is in force".to_owned()
            }
            JobState::Interrupted | JobState::Stopped => {
                format!("Only {done} values of its file are in force")
            }
            JobState::Abandoned if self.tally.done == 0 => {
                "Delete its file, for no value in it is in force".to_owned()
            }
            JobState::Abandoned => format!("Only {done} values of its file were put in force"),
            JobState::Running | JobState::Done => return None,
        };
        Some(format!("{text}: {file}"))
    }
}

/// How each item of a job ended. Items that were not reached are failed, with that
/// reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum JobReport {
    /// Of tokens.
    Tokens(Report),
    /// Of users.
    Holders(Report<HolderVerb>),
    /// Of rows of a file.
    Imports(ImportReport),
}
