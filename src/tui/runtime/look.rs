//! Reads back what a change of unknown outcome was about.

use crate::backend::{Answer, Backend, BackendError, Cause, export};
use crate::domain::{Guid, Refusal, Time};
use crate::tui::unconfirmed::{Evidence, Look};

/// The jobs that a backend tells of when there are more.
const TOLD: usize = 100;

/// What is there now.
pub(super) async fn look(backend: &dyn Backend, look: Look) -> Answer<Evidence> {
    match look {
        Look::Token(reference) => match backend.show(reference).await {
            Ok(view) => Ok(Evidence::Token(Box::new(view))),
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                Ok(Evidence::NoToken)
            }
            Err(error) => Err(error),
        },
        Look::Job { plan, made_at } => job(backend, plan, made_at).await,
        Look::Catalogue => Ok(Evidence::Catalogue(Box::new(backend.catalogue().await?))),
    }
}

/// The job of a plan. That there is none is proved only by a list that is whole, or
/// reaches back before the plan.
async fn job(backend: &dyn Backend, plan: Option<Guid>, made_at: Time) -> Answer<Evidence> {
    let jobs = export::jobs(backend).await?;
    let whole = jobs.len() < TOLD || jobs.iter().any(|job| job.made_at < made_at);
    let found = jobs.into_iter().find(|job| plan.is_some() && job.plan == plan);
    Ok(match found {
        Some(job) => Evidence::Job(Box::new(job)),
        None if whole && plan.is_some() => Evidence::NoJob,
        None => Evidence::JobsBeyond,
    })
}
