//! Bulk work as jobs: following what was started until its end, the list of jobs,
//! and what is done to one of them.

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{JobId, Refusal};
use crate::text::{safe_line, width};
use crate::tui::bulk::Ending;
use crate::tui::call::Call;
use crate::tui::jobs::{self, Control, Followed, Steer};
use crate::tui::layers::{Reader, Text};
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::notice::{self, Kind};
use crate::tui::place::{Outside, Then};
use crate::tui::reply::JobNews;
use crate::tui::shared::Shared;
use crate::wire::{Job, JobReport, JobState};

impl Shared {
    /// Waits for the end of a job, and shows how far it is until then.
    pub(super) fn follow_job(&mut self, job: Job) {
        self.jobs.known.insert(job.id);
        self.jobs.renew(&job);
        self.jobs.followed.retain(|known| known.job.id != job.id);
        self.jobs.followed.push(Followed { job: job.clone(), stopping: false });
        self.ask(Call::Follow(Box::new(job)));
    }

    fn say_waiting(&mut self, job: &Job) {
        let key = self.keymap.first_key_of(crate::tui::command::Command::Jobs);
        let (name, progress) = (jobs::name(job), jobs::progress(job));
        let resumes = format!("{key} lists it and resumes it");
        match (job.state, &job.problem) {
            (JobState::Abandoned, _) => {
                let file = job.of_file().map(|file| format!(". {file}")).unwrap_or_default();
                self.say(Kind::Info, format!("{name} was abandoned at {progress}{file}"));
            }
            (JobState::Stopped, _) => {
                self.say(Kind::Info, format!("{name} was stopped at {progress}; {resumes}"));
            }
            (_, problem) => {
                let why = problem.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
                let text = format!("{name} was interrupted at {progress}{why}; {resumes}");
                self.say(Kind::Error, text);
            }
        }
    }

    pub(super) fn ask_jobs(&mut self) {
        self.jobs.asking = true;
        self.jobs.due = None;
        self.ask(Call::Jobs);
    }

    pub(in crate::tui) fn steer(&mut self, control: Control, job: Job) {
        if control == Control::Stop {
            let followed = self.jobs.followed.iter_mut().filter(|known| known.job.id == job.id);
            followed.for_each(|known| known.stopping = true);
        }
        self.ask(Call::Steer(Steer { control, job: Box::new(job) }));
    }

    pub(super) fn steered(&mut self, steer: &Steer, result: Answer<Box<Job>>) {
        match result {
            Ok(job) => self.was_steered(steer.control, *job),
            Err(error) => {
                let id = steer.job.id;
                let followed = self.jobs.followed.iter_mut().filter(|known| known.job.id == id);
                followed.for_each(|known| known.stopping = false);
                match error.refusal() {
                    Some(refusal) => {
                        self.say(Kind::Refused, format!("{}: {refusal}", jobs::name(&steer.job)));
                    }
                    None => self.failed("change the job", &error),
                }
            }
        }
        self.ask_jobs();
    }

    fn was_steered(&mut self, control: Control, job: Job) {
        self.jobs.renew(&job);
        match control {
            Control::Resume => {
                self.say(Kind::Ok, format!("{} goes on", jobs::name(&job)));
                self.follow_job(job);
            }
            // Whoever follows it hears of its end in any case.
            Control::Stop | Control::Abandon if self.follows(job.id) => {}
            Control::Stop | Control::Abandon => {
                self.jobs.known.insert(job.id);
                self.say_waiting(&job);
            }
        }
    }

    /// Whether the end of a job is waited for here.
    pub(super) fn follows(&self, id: JobId) -> bool {
        self.jobs.followed.iter().any(|known| known.job.id == id)
    }
}

impl Model {
    pub(super) fn followed(&mut self, id: JobId, result: Answer<Box<JobNews>>) {
        let Some(place) = self.jobs.followed.iter().position(|known| known.job.id == id) else {
            return;
        };
        let news = match result {
            Ok(news) => *news,
            Err(error) => {
                self.jobs.followed.remove(place);
                let key = self.keymap.first_key_of(crate::tui::command::Command::Jobs);
                self.failed("follow the job", &error);
                self.say(Kind::Info, format!("The job may still run: {key} lists it"));
                return;
            }
        };
        let JobNews { job, report } = news;
        self.jobs.renew(&job);
        if job.state == JobState::Running {
            if let Some(known) = self.jobs.followed.get_mut(place) {
                known.job.clone_from(&job);
            }
            self.ask(Call::Follow(Box::new(job)));
            return;
        }
        self.jobs.followed.remove(place);
        self.conclude(&job, report);
    }

    /// Says how a job ended, or why it waits.
    fn conclude(&mut self, job: &Job, report: Option<JobReport>) {
        let report = report.map(Box::new);
        match (&report, job.state) {
            (Some(report), JobState::Done) => self.say_ending(&Ending::of(report)),
            (None, JobState::Done) => self.say(Kind::Ok, jobs::result(job)),
            (_, _) => self.say_waiting(job),
        }
        self.tell(&News::Ended(report));
    }

    fn say_ending(&mut self, ending: &Ending) {
        let (kind, title) = ending.result();
        self.say(kind, &title);
        if let Some(reasons) = ending.worth_a_box() {
            let report = Reader::of(Text::Report { title, reasons });
            self.take_steps(vec![Then::Offer(Box::new(report))]);
        }
    }
}

impl Outside<'_> {
    /// Says how work ended whose values are in a file.
    pub(super) fn tell_written(&mut self, ending: &Ending, place: &str) {
        let (kind, title) = ending.result();
        let title = format!("{title}: {}", safe_line(place));
        self.shared.say(kind, &title);
        // Where the file is must be read in full, be the window ever so narrow.
        let cut = width(&title) + notice::HEAD > self.shared.size.0.into();
        if let Some(reasons) = ending.worth_a_box().or_else(|| cut.then(Vec::new)) {
            let report = Reader::of(Text::Report { title, reasons });
            self.then.push(Then::Offer(Box::new(report)));
        }
    }
}

impl Shared {
    /// The jobs came, or could not be listed; whether their list is on screen.
    pub(in crate::tui) fn jobs_listed(&mut self, result: Answer<Vec<Job>>, on_screen: bool) {
        self.jobs.asking = false;
        match result {
            Ok(jobs) => {
                self.jobs.as_of = Some(self.wall());
                self.jobs.failure = None;
                self.take_jobs(jobs);
            }
            Err(error) => {
                // What is open stays open, and says how old it is: whoever reads it
                // presses keys that are meant for it.
                self.jobs.failure = Some(error.to_string());
                let lacking = matches!(
                    error.cause,
                    Cause::Refused(Refusal::Unsupported(_) | Refusal::Lacking(_))
                );
                if on_screen || !lacking {
                    self.unread("list the jobs", &error);
                }
            }
        }
    }

    /// How each item of a job ended could not be read.
    pub(in crate::tui) fn not_reported(&mut self, error: &BackendError) {
        match error.refusal() {
            Some(refusal) => self.say(Kind::Refused, refusal.to_string()),
            None => self.failed("read the report", error),
        }
    }
}
