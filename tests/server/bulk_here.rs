//! Bulk work at a backend without jobs: done in this process and told as a job, whatever
//! happens in the middle of it, and no order is given twice.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use tokendeck::backend::derived::JobsHere;
use tokendeck::backend::local::LocalBackend;
use tokendeck::backend::{
    Answer, Backend, BackendError, BulkBackend as _, Cause, Silence, until_over,
};
use tokendeck::domain::{JobId, JobState, Query, Status, TokenDraft, Verb, Window};
use tokendeck::wire::{
    Abilities, Ability, AnyPlan, Can, Edit, Issued, Job, Outcome, Page, Plan, Report, RowId, Run,
    Session, Target, TokenView,
};
use tokio::sync::{Semaphore, watch};

use crate::support::Served;

const WHY: &str = "Acme has no jobs";

/// What becomes of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It never arrives.
    Unsent,
    /// It is done, and its answer is lost.
    Unanswered,
    /// Whoever gives it breaks down.
    Broken,
}

/// A store seen as a server without jobs, whose orders wait to be let through.
struct Jobless {
    store: Arc<LocalBackend>,
    /// What becomes of the order with that number, from 1.
    fates: Mutex<BTreeMap<usize, Fate>>,
    /// How often each row was ordered, and how often something was done to it.
    orders: Mutex<Vec<RowId>>,
    done: Mutex<Vec<RowId>>,
    gate: Semaphore,
}

impl Jobless {
    fn over(store: Arc<LocalBackend>, fates: &[(usize, Fate)]) -> Arc<Self> {
        let fates = Mutex::new(fates.iter().copied().collect());
        let (orders, done) = (Mutex::default(), Mutex::default());
        Arc::new(Self { store, fates, orders, done, gate: Semaphore::new(0) })
    }

    /// Lets that many orders through.
    fn let_through(&self, orders: usize) {
        self.gate.add_permits(orders);
    }

    fn let_all_through(&self) {
        self.let_through(1_000);
    }

    /// Nothing was done to a row more than once.
    fn must_not_repeat(&self) {
        let mut done = self.done.lock().unwrap().clone();
        let all = done.len();
        done.sort();
        done.dedup();
        assert_eq!(done.len(), all, "done twice");
    }
}

#[async_trait]
impl Backend for Jobless {
    async fn session(&self) -> Answer<Session> {
        let session = self.store.session().await?;
        let abilities = Abilities::default().with(Ability::Jobs, Can::no(WHY));
        // As a server says it: of each ability, with what it rests on.
        Ok(Session { abilities: abilities.all(), ..session })
    }

    async fn list(&self, query: Query, window: Window) -> Answer<Page> {
        self.store.list(query, window).await
    }

    async fn show(&self, reference: String) -> Answer<TokenView> {
        self.store.show(reference).await
    }

    async fn create(&self, draft: TokenDraft, run: Run) -> Answer<Issued> {
        self.store.create(draft, run).await
    }

    async fn edit(&self, id: RowId, edit: Edit, run: Run) -> Answer<Issued> {
        self.store.edit(id, edit, run).await
    }

    async fn act(&self, verb: Verb, id: RowId, version: Option<u64>) -> Answer<TokenView> {
        self.gate.acquire().await.unwrap().forget();
        let number = {
            let mut orders = self.orders.lock().unwrap();
            orders.push(id.clone());
            orders.len()
        };
        let fate = self.fates.lock().unwrap().remove(&number);
        if fate == Some(Fate::Unsent) {
            let cause = Cause::Silent(Silence::Unreachable);
            return Err(BackendError::new(cause, "cannot reach Acme"));
        }
        self.done.lock().unwrap().push(id.clone());
        let view = self.store.act(verb, id, version).await?;
        match fate {
            Some(Fate::Unanswered) => Err(BackendError::new(Cause::Open, "no answer came")),
            Some(Fate::Broken) => panic!("planted"),
            Some(Fate::Unsent) | None => Ok(view),
        }
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.store.changes()
    }

    async fn close(&self) -> Answer<()> {
        self.store.close().await
    }
}

/// The plan to disable those that are active, of which there are several.
async fn plan(backend: &dyn Backend) -> Plan {
    let query = Query { statuses: [Status::Active].into(), ..Query::default() };
    let plan = backend.planned(Verb::Disable, Target::Found(query)).await.unwrap();
    assert!(plan.count() > 4, "{}", plan.count());
    plan
}

async fn report(backend: &dyn Backend, job: JobId) -> Report {
    backend.reported(job).await.unwrap()
}

/// The job once this many of its items have ended.
async fn once_ended(backend: &dyn Backend, id: JobId, ended: u64) -> Job {
    loop {
        let job = backend.job(id).await.unwrap();
        if job.tally.ended() >= ended {
            return job;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

async fn over(backend: &dyn Backend, job: Job) -> Job {
    until_over(backend, job, |_| {}).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn bulk_work_is_a_job_of_this_process() {
    let served = Served::example().await;
    let jobless = Jobless::over(served.local("rosa"), &[]);
    let backend = JobsHere::over(jobless.clone());
    let session = backend.session().await.unwrap();
    assert!(session.bulk_here);
    for ability in [Ability::Jobs, Ability::SteerJobs, Ability::RevokeMany, Ability::DropOldMany] {
        assert_eq!(session.abilities.refusal(ability), None, "{ability}");
    }
    // What takes more than orders given one after the other stays away.
    for ability in [Ability::GenerateExport, Ability::RegenerateMany, Ability::ImportTokens] {
        assert_eq!(session.abilities.refusal(ability), Some(WHY), "{ability}");
    }
    let warnings = session.abilities.warnings(&Abilities::default(), &[Ability::DisableMany]);
    assert!(warnings.concat().contains("when it ends is not done"), "{warnings:?}");

    jobless.let_all_through();
    let plan = plan(&*backend).await;
    let job = backend.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    let job = over(&*backend, job).await;
    assert_eq!((job.state, job.tally.ended()), (JobState::Done, job.total));
    let report = report(&*backend, job.id).await;
    let acting = report.items.iter().filter(|item| item.outcome == Outcome::Done).count();
    assert_eq!(acting, plan.count());
    assert_eq!(backend.jobs().await.unwrap(), [job]);
    jobless.must_not_repeat();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_surely_not_done_is_done_when_the_job_goes_on() {
    let served = Served::example().await;
    let jobless = Jobless::over(served.local("rosa"), &[(3, Fate::Unsent)]);
    let backend = JobsHere::over(jobless.clone());
    jobless.let_all_through();
    let plan = plan(&*backend).await;
    let job = backend.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    let job = over(&*backend, job).await;
    assert_eq!((job.state, job.tally.done), (JobState::Interrupted, 2));
    assert_eq!(job.problem.as_deref(), Some("cannot reach Acme"));
    let unreached = report(&*backend, job.id).await.counts().2;
    assert_eq!(unreached, plan.count() - 2);

    let job = backend.resume(job.id).await.unwrap();
    let job = over(&*backend, job).await;
    assert_eq!((job.state, job.problem), (JobState::Done, None));
    assert_eq!(report(&*backend, job.id).await.counts().2, 0);
    assert_eq!(jobless.done.lock().unwrap().len(), plan.count());
    jobless.must_not_repeat();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_been_done_is_never_ordered_again() {
    for (fate, code) in [(Fate::Unanswered, "outcome_unknown"), (Fate::Broken, "fault")] {
        let served = Served::example().await;
        let jobless = Jobless::over(served.local("rosa"), &[(3, fate)]);
        let backend = JobsHere::over(jobless.clone());
        jobless.let_all_through();
        let plan = plan(&*backend).await;
        let job = backend.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
        let job = over(&*backend, job).await;
        assert_eq!((job.state, job.tally.failed), (JobState::Interrupted, 1), "{fate:?}");

        let job = backend.resume(job.id).await.unwrap();
        let job = over(&*backend, job).await;
        assert_eq!(job.state, JobState::Done, "{fate:?}");
        let report = report(&*backend, job.id).await;
        let failed = |item: &tokendeck::wire::ReportItem| match &item.outcome {
            Outcome::Failed { code, .. } => Some(code.clone()),
            Outcome::Done | Outcome::Skipped { .. } => None,
        };
        let failed: Vec<_> = report.items.iter().filter_map(failed).collect();
        assert_eq!(failed, [code], "{fate:?}");
        assert_eq!(jobless.orders.lock().unwrap().len(), plan.count());
        jobless.must_not_repeat();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_ends_between_two_orders_and_the_job_goes_on_behind_it() {
    let served = Served::example().await;
    let jobless = Jobless::over(served.local("rosa"), &[]);
    let backend = JobsHere::over(jobless.clone());
    let plan = plan(&*backend).await;
    jobless.let_through(2);
    let job = backend.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    let job = once_ended(&*backend, job.id, 2).await;
    assert_eq!(job.state, JobState::Running);
    let refused = backend.resume(job.id).await.unwrap_err();
    assert_eq!(refused.code(), "job_running");

    // The third order is under way: it ends, and no other is given.
    backend.stop(job.id).await.unwrap();
    jobless.let_all_through();
    let job = over(&*backend, job).await;
    assert_eq!((job.state, job.tally.done), (JobState::Stopped, 3));
    let unreached = report(&*backend, job.id).await.counts().2;
    assert_eq!(unreached, plan.count() - 3);

    let job = backend.resume(job.id).await.unwrap();
    let job = over(&*backend, job).await;
    assert_eq!(job.state, JobState::Done);
    assert_eq!(jobless.orders.lock().unwrap().len(), plan.count());
    assert_eq!(backend.abandon(job.id).await.unwrap_err().code(), "job_over");
    jobless.must_not_repeat();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_sent_twice_is_one_job_and_one_given_up_stays_so() {
    let served = Served::example().await;
    let jobless = Jobless::over(served.local("rosa"), &[(2, Fate::Unsent)]);
    let backend = JobsHere::over(jobless.clone());
    let guid = served.local("rosa").propose_guid().await.unwrap();
    let plan = Plan { id: Some(guid), ..plan(&*backend).await };
    jobless.let_all_through();
    let job = backend.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    let again = backend.start(AnyPlan::Tokens(plan)).await.unwrap();
    assert_eq!(job.id, again.id);
    let job = over(&*backend, job).await;
    assert_eq!(job.state, JobState::Interrupted);
    let job = backend.abandon(job.id).await.unwrap();
    assert_eq!(job.state, JobState::Abandoned);
    assert_eq!(backend.resume(job.id).await.unwrap_err().code(), "job_over");
    assert_eq!(jobless.orders.lock().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_waits_for_the_order_under_way_and_gives_no_other() {
    let served = Served::example().await;
    let jobless = Jobless::over(served.local("rosa"), &[]);
    let backend = JobsHere::over(jobless.clone());
    let plan = plan(&*backend).await;
    jobless.let_through(1);
    let job = backend.start(AnyPlan::Tokens(plan)).await.unwrap();
    once_ended(&*backend, job.id, 1).await;
    let closing = tokio::spawn({
        let backend = Arc::clone(&backend);
        async move { backend.close().await }
    });
    // One order after the other, until the close that waits for one of them is over.
    while !closing.is_finished() {
        jobless.let_through(1);
        tokio::task::yield_now().await;
    }
    closing.await.unwrap().unwrap();
    let job = backend.job(job.id).await.unwrap();
    assert_ne!(job.state, JobState::Running);
    assert_eq!(jobless.orders.lock().unwrap().len() as u64, job.tally.done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backend_with_jobs_keeps_them() {
    let served = Served::example().await;
    let store = served.local("rosa");
    let backend = JobsHere::over(store.clone());
    assert!(!backend.session().await.unwrap().bulk_here);
    let plan = plan(&*backend).await;
    let job = backend.start(AnyPlan::Tokens(plan)).await.unwrap();
    let job = over(&*backend, job).await;
    assert_eq!(store.jobs().await.unwrap(), [job]);
}
