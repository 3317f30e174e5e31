//! Waits for a job to end and shows how far it is meanwhile. The first Ctrl-C
//! stops the job, so that it ends between two parts and can be resumed.

use std::time::Duration;

use super::list::verb;
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::output::Progress;
use crate::text::thousands;
use crate::wire::{Job, JobState};

/// How long to wait for a sign of change before asking again.
const PATIENCE: Duration = Duration::from_secs(1);

/// Waits until nobody works on the job any more.
pub(in crate::cli) async fn watch(deck: &Deck, mut job: Job) -> Result<Job, Failure> {
    let mut changes = deck.backend.changes();
    let mut progress = Progress::new(deck.output);
    while job.state == JobState::Running {
        progress.show(&verb(job.work), job.tally.ended(), job.total);
        tokio::select! {
            _ = tokio::time::timeout(PATIENCE, changes.changed()) => {}
            // Where signals can't be had, the job just goes on.
            Ok(()) = tokio::signal::ctrl_c() => {
                // It may have ended at this very moment; the next look will tell.
                let _ = deck.backend.stop(job.id).await;
            }
        }
        job = deck.backend.job(job.id).await?;
    }
    drop(progress);
    let left = job.total - job.tally.ended().min(job.total);
    if !job.state.is_over() {
        let why = job.problem.as_ref().map_or_else(String::new, |problem| format!(" ({problem})"));
        let how =
            format!("{}{why} with {} of {}", job.state, thousands(left), thousands(job.total));
        let id = job.id;
        deck.output.note(&if deck.session.bulk_here {
            format!("it was {how} left, which nobody comes back to: give the command again")
        } else {
            format!("{id} was {how} left: tokendeck job resume {id}")
        });
    }
    Ok(job)
}
