//! Waiting for a job, whoever works on it and wherever that is.

use std::time::Duration;

use tokio::time::timeout;

use super::{Answer, Backend};
use crate::wire::{Job, JobState};

/// How long to wait for word of a job before asking anyway.
const PATIENCE: Duration = Duration::from_millis(500);

/// The job once nobody works on it any more, be it that it was interrupted;
/// `progress` is told of it as it goes.
pub async fn until_over(
    backend: &dyn Backend,
    mut job: Job,
    mut progress: impl FnMut(&Job) + Send,
) -> Answer<Job> {
    let mut changes = backend.changes();
    while job.state == JobState::Running {
        progress(&job);
        let _ = timeout(PATIENCE, changes.changed()).await;
        job = backend.job(job.id).await?;
    }
    Ok(job)
}
