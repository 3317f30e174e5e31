//! Questions about jobs: one that was interrupted is offered to whoever started it,
//! one is given up only when that is meant, and nobody leaves one without knowing.

use std::time::Duration;

use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::jobs::{self, Control, Followed};
use crate::tui::layers::Confirm;
use crate::tui::layers::job_list::questions;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::{BackendKind, Job, JobState};

/// How long to wait at least, and at most, before another process' job is looked at
/// again: its lease is by the machine's clock, which may not be the backend's.
const LOOK: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(8));

/// Whether a question is asked about such a job: nobody wanted that it waits.
fn offers(job: &Job) -> bool {
    matches!(job.state, JobState::Interrupted | JobState::Written)
}

impl Shared {
    /// Takes the list of jobs, and sees which of the operator's own wait.
    pub(super) fn take_jobs(&mut self, jobs: Vec<Job>) {
        let first = self.jobs.list.is_none();
        self.jobs.due = jobs.iter().filter_map(|job| self.look_again(job)).min();
        self.jobs.list = Some(jobs);
        if first {
            self.tell_of_waiting();
        }
    }

    /// When a job that seems to run elsewhere may turn out to be nobody's.
    fn look_again(&self, job: &Job) -> Option<crate::tui::moment::Moment> {
        let until = job.lease_until.filter(|_| {
            job.state == JobState::Running && self.is_mine(job) && !self.follows(job.id)
        })?;
        let left = (until - self.wall()).to_std().unwrap_or_default();
        Some(self.now.after(left.clamp(LOOK.0, LOOK.1)))
    }

    fn is_mine(&self, job: &Job) -> bool {
        job.by == self.session.operator.user
    }

    /// Stopped jobs wait because somebody wanted it so: a word is enough.
    fn tell_of_waiting(&mut self) {
        let jobs = self.jobs.list.as_deref().unwrap_or_default();
        let waits = |job: &&Job| job.state.waits() && !offers(job) && self.is_mine(job);
        let count = jobs.iter().filter(waits).count();
        let key = self.keymap.first_key_of(Command::Jobs);
        match count {
            0 => {}
            1 => self.say(Kind::Info, format!("1 job of yours waits: {key} lists it")),
            count => self.say(Kind::Info, format!("{count} jobs of yours wait: {key} lists them")),
        }
    }

    fn is_to_be_offered(&self, job: &Job) -> bool {
        offers(job) && self.is_mine(job) && !self.jobs.known.contains(&job.id)
    }

    /// Whether leaving now would break off a job of this process.
    pub(in crate::tui) fn would_interrupt(&self) -> bool {
        let runs = |known: &Followed| !known.stopping && known.job.state == JobState::Running;
        let running = self.jobs.followed.iter().any(runs);
        running && (self.session.kind == BackendKind::Local || self.session.bulk_here)
    }

    /// Stops the job that was started last: the first thing that Ctrl-c cancels when
    /// nothing is open.
    pub(super) fn stop_newest(&mut self) -> bool {
        let newest = self.jobs.newest().filter(|known| !known.stopping);
        let Some(job) = newest.map(|known| known.job.clone()) else { return false };
        let name = jobs::name(&job);
        self.say(
            Kind::Info,
            format!("Stopping after the part under way: {name}. Ctrl-c again quits"),
        );
        self.steer(Control::Stop, job);
        true
    }
}

impl Model {
    /// Asks about a job that was interrupted, once nothing else has the keys.
    pub(super) fn offer_job(&mut self) {
        let busy = !self.layers.is_empty()
            || !self.pending.is_empty()
            || !self.held.is_empty()
            || self.asking.is_some();
        if busy || self.leaving || self.is_too_small() || self.held().is_some() {
            return;
        }
        let jobs = self.jobs.list.as_deref().unwrap_or_default();
        let Some(job) = jobs.iter().find(|job| self.is_to_be_offered(job)).cloned() else {
            return;
        };
        self.jobs.known.insert(job.id);
        let dialog = questions::offer(self, job);
        self.layers.push(dialog);
    }

    /// Says what leaving does to the job that runs, and asks.
    pub(super) fn ask_leave(&mut self) {
        let Some(followed) = self.jobs.newest() else { return };
        let text = vec![
            format!("{} runs: {}.", jobs::name(&followed.job), jobs::progress(&followed.job)),
            if self.session.bulk_here {
                "Leaving ends it after the token under way. What is done stays done; the rest is \
                 not done, and nobody comes back to it."
            } else {
                "Leaving ends it after the part under way. What is done stays done; the rest \
                 waits and is offered at the next start."
            }
            .to_owned(),
        ];
        let stage = Stage { text, button: "Leave" };
        let title = "Leave while a job runs".to_owned();
        let dialog = Confirm::new(title, self.at_work_here(), vec![stage], Deed::Quit);
        self.layers.push(dialog);
    }
}
