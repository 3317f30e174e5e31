//! Waits for news of a job, and steers one. Asks when the backend says that something
//! changed, and once a second in case that was missed.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};

use crate::backend::{Answer, Backend, export};
use crate::tui::jobs::{Control, Steer};
use crate::tui::reply::JobNews;
use crate::wire::{Job, JobState};

/// The longest pause between two questions.
const PAUSE: Duration = Duration::from_secs(1);

/// After this long the job is told as it is, news or none: a call does not last for ever.
const LONGEST: Duration = Duration::from_secs(20);

/// The job as soon as it is not as it was seen.
pub(super) async fn follow(backend: &dyn Backend, seen: &Job) -> Answer<Box<JobNews>> {
    let mut changes = backend.changes();
    let start = Instant::now();
    loop {
        changes.mark_unchanged();
        let job = backend.job(seen.id).await?;
        if job.state != JobState::Running {
            // Of a job that ended long ago there is no report any more.
            let report = backend.job_report(job.id).await.ok();
            return Ok(Box::new(JobNews { job, report }));
        }
        if job.tally != seen.tally || start.elapsed() > LONGEST {
            return Ok(Box::new(JobNews { job, report: None }));
        }
        if let Ok(Err(_)) = timeout(PAUSE, changes.changed()).await {
            // This backend tells of nothing any more.
            sleep(PAUSE).await;
        }
    }
}

/// Does something to a job.
pub(super) async fn steer(backend: &dyn Backend, steer: &Steer) -> Answer<Job> {
    let id = steer.job.id;
    match steer.control {
        Control::Resume => export::go_on(backend, id).await,
        Control::Stop => backend.stop(id).await,
        Control::Abandon => backend.abandon(id).await,
    }
}
