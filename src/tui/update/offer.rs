//! Questions about jobs: one that was interrupted is offered to whoever started it,
//! one is given up only when that is meant, and nobody leaves one without knowing.

use crate::tui::shared::Shared;
use std::time::Duration;

use crate::text::Safe;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::jobs::{self, Control, Followed, Steer};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::overlay::{Alternative, Confirm, Overlay, Stage};
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
    pub(super) fn would_interrupt(&self) -> bool {
        let runs = |known: &Followed| !known.stopping && known.job.state == JobState::Running;
        let running = self.jobs.followed.iter().any(runs);
        running && self.session.kind == BackendKind::Local
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
        let busy = !self.overlays.is_empty()
            || !self.pending.is_empty()
            || !self.held.is_empty()
            || self.search.is_some()
            || self.form.is_some()
            || self.asking.is_some();
        if busy || self.leaving || self.is_too_small() || self.options.read_only {
            return;
        }
        let jobs = self.jobs.list.as_deref().unwrap_or_default();
        let Some(job) = jobs.iter().find(|job| self.is_to_be_offered(job)).cloned() else {
            return;
        };
        self.jobs.known.insert(job.id);
        let dialog = self.offer(job);
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    fn offer(&self, job: Job) -> Confirm {
        let (name, progress) = (jobs::name(&job), jobs::progress(&job));
        let key = self.keymap.first_key_of(Command::Jobs);
        let mut text = vec![
            format!("{name} was interrupted at {progress}."),
            format!("Started by {}.", jobs::origin(&job)),
        ];
        text.extend(jobs::of_file(&job));
        text.extend(job.problem.as_deref().map(|why| Safe::line(why).into_string()));
        text.push(format!("Later leaves it in the list of jobs ({key})."));
        let stage = Stage { text, button: "Resume" };
        let abandon = Deed::AskAbandon(Box::new(job.clone()));
        let resume = Deed::Steer(Steer { control: Control::Resume, job: Box::new(job) });
        let title = "Interrupted job".to_owned();
        Confirm::new(title, self.at_work_here(), vec![stage], resume)
            .offering("Later", Alternative { button: "Abandon", deed: abandon })
    }

    /// Account and backend, as every question names them.
    pub(super) fn at_work_here(&self) -> String {
        Safe::line(&format!("{}  {}", self.place(), self.backend())).into_string()
    }

    /// Asks whether to go on with the job under the cursor: it may be somebody else's.
    pub(super) fn confirm_resume(&mut self) {
        let Some(job) = self.job().cloned() else { return };
        let text = vec![
            "Are you sure you want to go on with this job?".to_owned(),
            format!("{}: {} have ended.", jobs::name(&job), jobs::progress(&job)),
            format!("Started by {}.", jobs::origin(&job)),
        ];
        let stage = Stage { text, button: "Resume" };
        let deed = Deed::Steer(Steer { control: Control::Resume, job: Box::new(job) });
        let title = "Resume job".to_owned();
        let dialog = Confirm::new(title, self.at_work_here(), vec![stage], deed);
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    /// Asks whether to give up the job under the cursor.
    pub(super) fn confirm_abandon(&mut self) {
        if let Some(job) = self.job().cloned() {
            self.ask_abandon(job);
        }
    }

    pub(super) fn ask_abandon(&mut self, job: Job) {
        let (name, progress) = (jobs::name(&job), jobs::progress(&job));
        let text = vec![
            "Are you sure you want to abandon this job?".to_owned(),
            format!("{name}: {progress} have ended and stay as they are."),
            "The rest is left alone. It can't be resumed afterwards.".to_owned(),
        ];
        let text = [text, jobs::of_file(&job).into_iter().collect()].concat();
        let stage = Stage { text, button: "Abandon" };
        let deed = Deed::Steer(Steer { control: Control::Abandon, job: Box::new(job) });
        let title = "Abandon job".to_owned();
        let dialog = Confirm::new(title, self.at_work_here(), vec![stage], deed);
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    /// Says what leaving does to the job that runs, and asks.
    pub(super) fn ask_leave(&mut self) {
        let Some(followed) = self.jobs.newest() else { return };
        let text = vec![
            format!("{} runs: {}.", jobs::name(&followed.job), jobs::progress(&followed.job)),
            "Leaving ends it after the part under way. What is done stays done; the rest \
             waits and is offered at the next start."
                .to_owned(),
        ];
        let stage = Stage { text, button: "Leave" };
        let title = "Leave while a job runs".to_owned();
        let dialog = Confirm::new(title, self.at_work_here(), vec![stage], Deed::Quit);
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    /// Whoever wanted to leave while work was being put on record: it runs now.
    pub(super) fn leave_after_start(&mut self) {
        if self.leaving && !self.told_to_end && self.would_interrupt() {
            self.leaving = false;
            self.ask_leave();
        }
        self.leave_if_done();
    }

    /// No job runs any more that leaving would break off.
    pub(super) fn leave_question_is_void(&mut self) {
        let asked = self.dialog().is_some_and(|dialog| dialog.deed == Deed::Quit);
        if asked && !self.would_interrupt() {
            let quit = self.keymap.first_key_of(Command::Quit);
            self.void_question(format!("The work is done meanwhile: {quit} quits"));
        }
    }
}
