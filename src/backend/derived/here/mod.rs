//! A backend without jobs, seen as one that has them: its bulk work is done in this process,
//! order by order, and told as a job. It lives as long as the process, and whoever starts it
//! is told so.

mod desk;
mod passed_on;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::timeout;

use self::desk::{WorkDesk, WorkTurn};
use super::{plan, run};
use crate::backend::{Answer, Backend, absent};
use crate::domain::{GivenReason, JobAct, JobId};
use crate::wire::{Abilities, Ability, AnyPlan, Job, JobReport, Plan, PlanAsk, Report, Session};

/// Said before bulk work is begun.
const ENDS_HERE: &str = "There are no jobs here: this program gives order after order, and what \
                         is left when it ends is not done.";

/// How long a start waits for the end: small work is over before anybody looks for it.
const SMALL: Duration = Duration::from_millis(300);

/// A backend whose bulk work is done here, where it has no jobs of its own.
pub struct JobsHere {
    inner: Arc<dyn Backend>,
    desk: Arc<WorkDesk>,
    /// Whether it lacks them, once it was asked.
    lacks: Mutex<Option<bool>>,
}

impl JobsHere {
    /// The same backend, with jobs in any case.
    pub fn over(inner: Arc<dyn Backend>) -> Arc<dyn Backend> {
        Arc::new(Self { inner, desk: Arc::default(), lacks: Mutex::default() })
    }

    /// The same for an operator who says why.
    fn saying(&self, reason: GivenReason) -> Option<Arc<dyn Backend>> {
        let lacks = *self.lacks.lock().unwrap_or_else(PoisonError::into_inner);
        let (inner, desk) = (self.inner.because(reason)?, Arc::clone(&self.desk));
        Some(Arc::new(Self { inner, desk, lacks: Mutex::new(lacks) }))
    }

    /// Whether jobs are done here.
    async fn are_here(&self) -> Answer<bool> {
        let known = *self.lacks.lock().unwrap_or_else(PoisonError::into_inner);
        match known {
            Some(lacks) => Ok(lacks),
            None => Ok(self.asked().await?.bulk_here),
        }
    }

    /// Who is at work there, and what can be done, with what is done here.
    async fn asked(&self) -> Answer<Session> {
        let session = self.inner.session().await?;
        let lacks = session.abilities.refusal(Ability::Jobs).is_some();
        *self.lacks.lock().unwrap_or_else(PoisonError::into_inner) = Some(lacks);
        if !lacks {
            return Ok(session);
        }
        let abilities = session.abilities.with_bulk_here(plan::PLAIN, ENDS_HERE);
        Ok(Session { abilities, bulk_here: true, ..session })
    }

    async fn planned(&self, ask: PlanAsk) -> Answer<AnyPlan> {
        if self.are_here().await? {
            plan::plan(self, ask).await
        } else {
            self.inner.plan(ask).await
        }
    }

    async fn done(&self, plan: Plan) -> Answer<Report> {
        if self.are_here().await? { run::run(self, plan).await } else { self.inner.run(plan).await }
    }

    async fn started(&self, plan: AnyPlan) -> Answer<Job> {
        if !self.are_here().await? {
            return self.inner.start(plan).await;
        }
        let plan = match plan {
            AnyPlan::Tokens(plan) => plan,
            AnyPlan::Holders(plan) => return absent(self, Ability::of_holders(plan.verb)).await,
        };
        plan.must_act()?;
        let session = self.asked().await?;
        for ability in plan.abilities() {
            session.abilities.must(&Abilities::default(), ability)?;
        }
        let (id, turn) = self.desk.take(plan, &session);
        self.put_to_work(turn).await;
        self.desk.job(id)
    }

    /// Lets somebody work on it, and waits a moment for the end.
    async fn put_to_work(&self, turn: Option<WorkTurn>) {
        let Some(turn) = turn else { return };
        let (desk, backend) = (Arc::clone(&self.desk), Arc::clone(&self.inner));
        let worker = tokio::spawn(work(desk, backend, turn));
        // The work goes on whether or not it is over by then.
        let _ = timeout(SMALL, worker).await;
    }

    async fn all(&self) -> Answer<Vec<Job>> {
        if self.are_here().await? { Ok(self.desk.jobs()) } else { self.inner.jobs().await }
    }

    async fn one(&self, id: JobId) -> Answer<Job> {
        if self.are_here().await? { self.desk.job(id) } else { self.inner.job(id).await }
    }

    async fn told(&self, id: JobId) -> Answer<JobReport> {
        if self.are_here().await? { self.desk.report(id) } else { self.inner.job_report(id).await }
    }

    async fn steered(&self, act: JobAct, id: JobId) -> Answer<Job> {
        if !self.are_here().await? {
            return match act {
                JobAct::Resume => self.inner.resume(id).await,
                JobAct::Stop => self.inner.stop(id).await,
                JobAct::Abandon => self.inner.abandon(id).await,
            };
        }
        let turn = self.desk.steer(act, id)?;
        self.put_to_work(turn).await;
        self.desk.job(id)
    }

    /// The order under way is waited for, and no other is given.
    async fn closed(&self) -> Answer<()> {
        self.desk.stop_all().await;
        self.inner.close().await
    }
}

/// Gives order after order, until none is left or somebody stops it. Each has a task of its
/// own: one that breaks down takes nothing along but itself.
async fn work(desk: Arc<WorkDesk>, backend: Arc<dyn Backend>, turn: WorkTurn) {
    while let Some((verb, item)) = desk.next(turn) {
        let backend = Arc::clone(&backend);
        let order = async move { run::order(backend.as_ref(), verb, &item).await };
        desk.ended(turn.job, tokio::spawn(order).await.ok());
    }
}
