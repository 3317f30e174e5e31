//! Work on many by its type: a backend plans and reports whatever it is about, and these
//! give it back as what was asked for.

use async_trait::async_trait;

use super::{Answer, Backend};
use crate::domain::{JobId, Refusal};
use crate::wire::{BulkCall, Plan, PlanAsk, Report};

/// What every backend does for one kind of work on many.
#[async_trait]
pub trait BulkBackend: Backend {
    /// Freezes what doing this to many would come to. Changes nothing.
    async fn planned<V: BulkCall>(&self, verb: V, target: V::Target) -> Answer<Plan<V>> {
        self.plan_as(verb.ask(target)).await
    }

    /// The same where more was asked for than a verb.
    async fn plan_as<V: BulkCall>(&self, ask: PlanAsk) -> Answer<Plan<V>> {
        let plan = V::plan(self.plan(ask).await?);
        plan.ok_or_else(|| Refusal::StalePlan.into())
    }

    /// How each item of a job of this kind ended.
    async fn reported<V: BulkCall>(&self, job: JobId) -> Answer<Report<V>> {
        let none = || Refusal::NotFound { what: "report of", name: job.to_string() };
        let report = V::report(self.job_report(job).await?);
        report.ok_or_else(|| none().into())
    }
}

impl<B: Backend + ?Sized> BulkBackend for B {}
