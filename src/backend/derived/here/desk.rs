//! The jobs of this process: what each has to do, how its items ended, and what may be done
//! to it now. No item is ordered a second time once nobody knows what became of it.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use chrono::TimeDelta;
use tokio::sync::watch;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::job::Work;
use crate::domain::{JobAct, JobId, Refusal, Tally, Time, Verb};
use crate::text::thousands;
use crate::wire::{
    Job, JobReport, JobState, Outcome, Plan, PlanItem, Report, ReportItem, Session, Step,
};

/// The jobs, the oldest first.
#[derive(Default)]
pub(super) struct WorkDesk {
    jobs: Mutex<Vec<WorkHere>>,
    news: watch::Sender<()>,
}

/// A worker's leave to go on with a job; a later one takes its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WorkTurn {
    pub(super) job: JobId,
    number: u64,
}

/// A job of this process.
struct WorkHere {
    job: Job,
    turn: WorkTurn,
    verb: Verb,
    items: Vec<PlanItem>,
    /// How each item ended, in their order; those behind are still to be ordered.
    ended: Vec<Outcome>,
    began: Instant,
    stopping: bool,
}

impl WorkHere {
    /// The next item to order; none where it ends here, be it for the time being, and where
    /// somebody else goes on with it.
    fn next(&mut self, turn: WorkTurn) -> Option<(Verb, PlanItem)> {
        if self.job.state != JobState::Running || self.turn != turn {
            return None;
        }
        while let Some(item) = self.items.get(self.ended.len()) {
            match item.step.skipped() {
                Some(skipped) => self.end(skipped),
                None if self.stopping => {
                    self.job.state = JobState::Stopped;
                    return None;
                }
                None => return Some((self.verb, item.clone())),
            }
        }
        self.finish(JobState::Done);
        None
    }

    fn end(&mut self, outcome: Outcome) {
        let tally = &mut self.job.tally;
        match &outcome {
            Outcome::Done => tally.done += 1,
            Outcome::Skipped { .. } => tally.skipped += 1,
            Outcome::Failed { .. } => tally.failed += 1,
        }
        self.ended.push(outcome);
    }

    fn finish(&mut self, state: JobState) {
        self.job.state = state;
        self.job.ended_at = Some(self.now());
    }

    fn break_off(&mut self, why: String) {
        self.job.state = JobState::Interrupted;
        self.job.problem = Some(why);
    }

    /// The backend's time, as far as it has gone on since the start.
    fn now(&self) -> Time {
        self.job.made_at + TimeDelta::from_std(self.began.elapsed()).unwrap_or_default()
    }

    fn report(&self) -> Report {
        let item = |(place, item): (usize, &PlanItem)| ReportItem {
            id: item.id.clone(),
            name: item.name.clone(),
            request: item.step == Step::CancelRequest,
            outcome: self.ended.get(place).cloned().unwrap_or_else(|| self.unreached(item)),
        };
        Report { verb: self.verb, items: self.items.iter().enumerate().map(item).collect() }
    }

    /// What is said of an item whose turn has not come.
    fn unreached(&self, item: &PlanItem) -> Outcome {
        item.step.skipped().unwrap_or_else(|| Outcome::unreached(self.job.state))
    }
}

impl WorkDesk {
    fn lock(&self) -> MutexGuard<'_, Vec<WorkHere>> {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something to a job, and lets whoever waits look again.
    fn with<T>(&self, id: JobId, act: impl FnOnce(&mut WorkHere) -> T) -> Answer<T> {
        let mut jobs = self.lock();
        let work = jobs.iter_mut().find(|work| work.job.id == id);
        let absent = || Refusal::NotFound { what: "job", name: id.to_string() };
        let done = act(work.ok_or_else(absent)?);
        self.news.send_replace(());
        Ok(done)
    }

    /// Takes a plan on, for whoever works on it now; one that was taken on before is the same
    /// job, on which somebody works.
    pub(super) fn take(&self, plan: Plan, session: &Session) -> (JobId, Option<WorkTurn>) {
        let mut jobs = self.lock();
        let known = jobs.iter().find(|work| plan.id.is_some() && work.job.plan == plan.id);
        if let Some(known) = known {
            return (known.job.id, None);
        }
        let number = u64::try_from(jobs.len()).unwrap_or(u64::MAX).saturating_add(1);
        let id = JobId::new(number);
        let count = plan.count();
        let many = if count == 1 { "" } else { "s" };
        let job = Job {
            id,
            work: Work::Tokens(plan.verb),
            title: format!("{} token{many}", thousands(count)),
            plan: plan.id,
            by: session.operator.user,
            by_name: session.operator.name.clone(),
            made_at: session.now,
            state: JobState::Running,
            total: u64::try_from(plan.items.len()).unwrap_or(u64::MAX),
            tally: Tally::default(),
            file: None,
            sheet: None,
            ended_at: None,
            reason: None,
            problem: None,
            lease_until: None,
        };
        let (verb, items, began) = (plan.verb, plan.items, Instant::now());
        let (turn, ended) = (WorkTurn { job: id, number: 0 }, Vec::new());
        jobs.push(WorkHere { job, turn, verb, items, ended, began, stopping: false });
        (id, Some(turn))
    }

    /// The next item of a job to order.
    pub(super) fn next(&self, turn: WorkTurn) -> Option<(Verb, PlanItem)> {
        self.with(turn.job, |work| work.next(turn)).ok().flatten()
    }

    /// The order under way was answered; none = it broke down. What was surely not done is
    /// ordered again when the job goes on, and what may have been is not.
    pub(super) fn ended(&self, id: JobId, answer: Option<Answer<()>>) {
        let gone = self.with(id, |work| match answer {
            Some(Ok(())) => work.end(Outcome::Done),
            Some(Err(error)) => match error.refusal() {
                Some(refusal) => work.end(Outcome::refused(refusal)),
                None if error.cause.is_open() => {
                    work.end(failed(&error));
                    work.break_off(error.to_string());
                }
                None => work.break_off(error.to_string()),
            },
            None => {
                let error = BackendError::new(Cause::Fault, BROKE);
                work.end(failed(&error));
                work.break_off(BROKE.to_owned());
            }
        });
        // A job stays as long as its process does.
        drop(gone);
    }

    /// All of them, the newest first.
    pub(super) fn jobs(&self) -> Vec<Job> {
        self.lock().iter().rev().map(|work| work.job.clone()).collect()
    }

    /// One of them.
    pub(super) fn job(&self, id: JobId) -> Answer<Job> {
        self.with(id, |work| work.job.clone())
    }

    /// How each of its items ended.
    pub(super) fn report(&self, id: JobId) -> Answer<JobReport> {
        self.with(id, |work| JobReport::Tokens(work.report()))
    }

    /// Does that to it, as far as its state allows; where it goes on, somebody has to.
    pub(super) fn steer(&self, act: JobAct, id: JobId) -> Answer<Option<WorkTurn>> {
        let steered = self.with(id, |work| {
            work.job.allows(act)?;
            match act {
                JobAct::Resume => {
                    work.job.state = JobState::Running;
                    (work.job.problem, work.stopping) = (None, false);
                    work.turn.number += 1;
                    return Ok(Some(work.turn));
                }
                JobAct::Stop if work.job.state == JobState::Running => work.stopping = true,
                JobAct::Stop => work.job.state = JobState::Stopped,
                JobAct::Abandon => work.finish(JobState::Abandoned),
            }
            Ok::<_, Refusal>(None)
        })?;
        Ok(steered?)
    }

    /// Lets all of them end after the order under way, and waits for that.
    pub(super) async fn stop_all(&self) {
        self.lock().iter_mut().for_each(|work| work.stopping = true);
        let mut news = self.news.subscribe();
        while self.lock().iter().any(|work| work.job.state == JobState::Running) {
            // The sender lives as long as this does.
            let _ = news.changed().await;
        }
    }
}

/// What is said where an order broke down.
const BROKE: &str = "a fault of ours ended it: whether it was done is unknown";

fn failed(error: &BackendError) -> Outcome {
    Outcome::Failed { code: error.code().to_owned(), reason: error.to_string() }
}
