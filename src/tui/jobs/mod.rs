//! Jobs as the screens know them: the list of them, those whose end is waited for,
//! and what is said of one. Pure; what it lacks, `update` asks for.

use std::collections::BTreeSet;

use crate::domain::{HolderVerb, JobId, Time, Verb, calendar, job::Work};
use crate::text::{safe_line, thousands};
use crate::tui::moment::Moment;
use crate::wire::{Job, JobState};

/// What can be done to a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Control {
    /// Go on with it.
    Resume,
    /// Let it end the part under way, and wait.
    Stop,
    /// Give it up.
    Abandon,
}

/// Something to be done to a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Steer {
    /// What.
    pub(in crate::tui) control: Control,
    /// To which job, as it was when that was asked for.
    pub(in crate::tui) job: Box<Job>,
}

/// A job whose end is waited for.
#[derive(Debug)]
pub(in crate::tui) struct Followed {
    /// The job as it was last heard of.
    pub(in crate::tui) job: Job,
    /// Whether it was told to stop.
    pub(in crate::tui) stopping: bool,
}

/// What the program knows of jobs.
#[derive(Debug, Default)]
pub(in crate::tui) struct Jobs {
    /// The newest first; none before the first answer.
    pub(in crate::tui) list: Option<Vec<Job>>,
    /// Whether its answer is still to come.
    pub(in crate::tui) asking: bool,
    /// When the list was read, by the backend's clock.
    pub(in crate::tui) as_of: Option<Time>,
    /// Why it could not be read anew, where that was asked for last and failed.
    pub(in crate::tui) failure: Option<String>,
    /// Those that this program started or resumed.
    pub(in crate::tui) followed: Vec<Followed>,
    /// Those the operator has been asked about, or knows of.
    pub(in crate::tui) known: BTreeSet<JobId>,
    /// When another process' job may turn out to be nobody's.
    pub(in crate::tui) due: Option<Moment>,
}

impl Jobs {
    /// The job this program started last, of those that still work.
    pub(in crate::tui) fn newest(&self) -> Option<&Followed> {
        self.followed.last()
    }

    /// A job is now like this.
    pub(in crate::tui) fn renew(&mut self, job: &Job) {
        let known = self.list.iter_mut().flatten().filter(|known| known.id == job.id);
        known.for_each(|known| known.clone_from(job));
    }
}

/// `Revoke 15 tokens of Acme`.
pub(in crate::tui) fn name(job: &Job) -> String {
    let text = match job.work {
        Work::Tokens(verb) => format!("{} {}", verb.title(), job.title),
        Work::Holders(verb) => format!("{}: {}", verb.title(), job.title),
        Work::Import => format!("Import {}", job.title),
    };
    safe_line(&text)
}

/// `45,000 of 100,000`.
pub(in crate::tui) fn progress(job: &Job) -> String {
    format!("{} of {}", thousands(job.tally.ended()), thousands(job.total))
}

/// `Revoking 45,000 of 100,000`.
pub(in crate::tui) fn doing(job: &Job) -> String {
    let word = match job.work {
        Work::Tokens(Verb::Enable) => "Enabling",
        Work::Tokens(Verb::Disable) => "Disabling",
        Work::Tokens(Verb::Revoke) => "Revoking",
        Work::Tokens(Verb::Delete) => "Deleting",
        Work::Tokens(_) => "Changing",
        Work::Holders(HolderVerb::Request) => "Requesting",
        Work::Holders(HolderVerb::Remove) => "Removing",
        Work::Holders(HolderVerb::Cancel) => "Cancelling",
        Work::Holders(HolderVerb::Generate) => "Generating",
        Work::Import => "Importing",
    };
    let failed = match job.tally.failed {
        0 => String::new(),
        failed => format!(", {} failed", thousands(failed)),
    };
    format!("{word} {}{failed}", progress(job))
}

/// How it ended, or how far it came: `99,998 tokens revoked, 2 skipped`.
pub(in crate::tui) fn result(job: &Job) -> String {
    let tally = job.tally;
    let counts =
        [(tally.done, job.work.past()), (tally.skipped, "skipped"), (tally.failed, "failed")];
    let words = counts.iter().enumerate().filter(|(place, (count, _))| *place == 0 || *count > 0);
    let words: Vec<_> = words
        .map(|(place, (count, word))| match (place, job.work) {
            (0, Work::Tokens(_) | Work::Import) if *count == 1 => format!("1 token {word}"),
            (0, Work::Tokens(_) | Work::Import) => format!("{} tokens {word}", thousands(*count)),
            // Of users it counts for how many it was done, and not how many tokens that was.
            _ => format!("{} {word}", thousands(*count)),
        })
        .collect();
    words.join(", ")
}

/// What is to be known of the file of an export that did not come to its end.
pub(in crate::tui) fn of_file(job: &Job) -> Option<String> {
    job.of_file().map(|file| safe_line(&file))
}

/// How a job stands, in a few words.
pub(in crate::tui) fn state(job: &Job) -> &'static str {
    match job.state {
        JobState::Running => "Running",
        JobState::Interrupted => "Interrupted",
        JobState::Stopped => "Stopped",
        JobState::Staged => "File not found whole",
        JobState::Written => "File whole, not in force",
        JobState::Done => "Done",
        JobState::Abandoned => "Abandoned",
    }
}

/// `Ada Admin, 2026-03-10 12:00`.
pub(in crate::tui) fn origin(job: &Job) -> String {
    safe_line(&format!("{}, {}", job.by_name, calendar::minutes(job.made_at)))
}
