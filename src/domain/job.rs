//! Bulk work as the store keeps it: a frozen plan in chunks, each committed
//! together with the changes it stands for, so that it survives its process
//! (design section 6). What the chunks hold is the authority's business.

use serde::{Deserialize, Serialize};

use super::{FieldError, GivenReason, Guid, HolderVerb, JobId, Refusal, Time, UserId, Verb, leak};
use crate::text;

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", content = "verb", rename_all = "lowercase")]
pub enum Work {
    /// This to tokens.
    Tokens(Verb),
    /// This for users.
    Holders(HolderVerb),
    /// Tokens out of a file.
    Import,
}

impl Work {
    /// "revoked", "requested": what was done.
    pub fn past(self) -> &'static str {
        match self {
            Self::Tokens(verb) => verb.past(),
            Self::Holders(verb) => verb.past(),
            Self::Import => "imported",
        }
    }
}

/// How far a job is, as the store keeps it. That it was interrupted is no state: it
/// is open, and nobody works on it.
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
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum JobStage {
    /// New values are drawn and not yet in a file: nothing has changed (R125).
    Staged,
    /// To be worked on.
    Open,
    /// Stopped by an operator; may be resumed.
    Stopped,
    /// All of it is done.
    Done,
    /// Given up; what is committed stays.
    Abandoned,
}

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
    /// An export whose file is not known to be whole: nothing has changed. Whoever has
    /// the file may know more; else it can only be abandoned.
    Staged,
    /// The same where the file is on the machine of whoever asks, and whole: its values
    /// are not in force, and can be put in force or given up. No server says so.
    Written,
    /// All of it is done.
    Done,
    /// Given up; what was committed stays.
    Abandoned,
}

impl JobState {
    /// Whether nothing more will happen.
    pub fn is_over(self) -> bool {
        match self {
            Self::Done | Self::Abandoned => true,
            Self::Running | Self::Interrupted | Self::Stopped | Self::Staged | Self::Written => {
                false
            }
        }
    }

    /// Whether it waits for an operator to decide.
    pub fn waits(self) -> bool {
        match self {
            Self::Interrupted | Self::Stopped | Self::Staged | Self::Written => true,
            Self::Running | Self::Done | Self::Abandoned => false,
        }
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
            (Self::Running, JobAct::Resume | JobAct::Abandon) => {
                Err(Refusal::JobRunning { until: None })
            }
            (Self::Stopped | Self::Written, JobAct::Stop) => Err(Refusal::JobStopped),
            (Self::Staged, JobAct::Resume | JobAct::Stop) => Err(Refusal::JobStaged),
            (Self::Running | Self::Interrupted, JobAct::Stop)
            | (Self::Interrupted | Self::Stopped | Self::Written, JobAct::Resume)
            | (Self::Interrupted | Self::Stopped | Self::Staged | Self::Written, JobAct::Abandon) => {
                Ok(())
            }
        }
    }
}

/// How the items of a job ended so far.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
pub struct Tally {
    /// Done.
    pub done: u64,
    /// Nothing to do.
    pub skipped: u64,
    /// Could not be done.
    pub failed: u64,
}

impl Tally {
    /// Both together.
    #[must_use]
    pub fn and(self, more: Self) -> Self {
        Self {
            done: self.done + more.done,
            skipped: self.skipped + more.skipped,
            failed: self.failed + more.failed,
        }
    }

    /// How many items have ended.
    pub fn ended(self) -> u64 {
        self.done + self.skipped + self.failed
    }
}

/// Who works on a job, and until when the others take it for alive. The clock is
/// the machine's, never a frozen one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Drawn at random by each process that works.
    pub runner: [u8; 16],
    /// The end of the lease, unless it is renewed.
    pub until: Time,
}

/// A job as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Names it for ever.
    pub id: JobId,
    /// What it does.
    pub work: Work,
    /// Whose tokens, or for whom, in words: "15 tokens of Acme".
    pub title: String,
    /// Who started it.
    pub by: UserId,
    /// When.
    pub made_at: Time,
    /// How far it is.
    pub stage: JobStage,
    /// How many items it has, those to be skipped included.
    pub total: u64,
    /// How many chunks.
    pub chunks: u32,
    /// The first chunk that is not committed yet.
    pub next: u32,
    /// How its items ended so far.
    pub tally: Tally,
    /// Who works on it.
    pub lease: Option<Lease>,
    /// The file of an export, as its writer named it.
    pub file: Option<String>,
    /// SHA-256 over the chunks as they were planned.
    pub digest: [u8; 32],
    /// When it was done or given up.
    pub ended_at: Option<Time>,
    /// The plan it carries out, where that had a GUID. No user has two jobs of one.
    pub plan: Option<Guid>,
    /// Why it is done, in the words of who started it.
    pub reason: Option<GivenReason>,
}

/// One thing a store is asked to make true of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobChange {
    /// A job becomes this. What it does, its size and its digest stay for ever.
    Put(JobRecord),
    /// A chunk of its frozen plan; it never changes again.
    Plan {
        /// The job.
        job: JobId,
        /// Which chunk, from 0.
        place: u32,
        /// The items.
        plan: String,
    },
    /// A chunk has ended, and so its items; it does so once.
    Outcome {
        /// The job.
        job: JobId,
        /// Which chunk, from 0.
        place: u32,
        /// How its items ended.
        outcome: String,
    },
    /// Plans and outcomes of jobs that are over go, but of each user's newest so many that
    /// ended lately; their records stay.
    Prune {
        /// How many of each user keep theirs.
        keep: u32,
        /// What ended before this keeps none.
        before: Time,
    },
}

/// The longest name of a file, in characters: a path and the machine it is on.
pub const MAX_FILE: usize = 4_200;

/// Checks the name of an export's file, which others are shown. It is somebody's word
/// only, so nothing is made of it but text.
pub fn check_file(file: &str) -> Result<(), FieldError> {
    let wrong = |message: String| Err(FieldError::new("file", message));
    if file.trim().is_empty() {
        return wrong("Name the file".to_owned());
    }
    if let Some(hidden) = file.chars().find(|c| text::is_hidden(*c)) {
        return wrong(format!("Contains the hidden character {}", text::code_point(hidden)));
    }
    if file.chars().count() > MAX_FILE {
        return wrong(format!("At most {MAX_FILE} characters"));
    }
    if leak::contains_value(file) {
        return wrong("Contains a token value, which would be stored in the clear".to_owned());
    }
    Ok(())
}

/// A part of a job: as it was planned, and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobChunk {
    /// The items, as the authority wrote them. It holds GUIDs and hashes at the most.
    pub plan: String,
    /// How they ended; none = not committed yet.
    pub outcome: Option<String>,
}
