//! An export whose process went away between its file and its activation: whether the
//! file is on this machine and whole, which nobody but this machine can tell. The job
//! knows where it was to be and what it has to hold; a store of its own is not needed.

use std::fs;
use std::path::{Path, PathBuf};

use super::here::{on_disk, place};
use super::sheet;
use crate::backend::{Answer, Backend};
use crate::domain::{Guid, JobId, TokenId, TokenValue, ValueHash, proof};
use crate::wire::{Job, JobState};

/// The jobs, each as this machine can tell.
pub async fn jobs(backend: &dyn Backend) -> Answer<Vec<Job>> {
    let mut jobs = Vec::new();
    for job in backend.jobs().await? {
        jobs.push(match here(&job) {
            // What the file has to hold is told with one job only.
            Some(_) => self::job(backend, job.id).await.unwrap_or(job),
            None => job,
        });
    }
    Ok(jobs)
}

/// One job, as this machine can tell.
pub async fn job(backend: &dyn Backend, id: JobId) -> Answer<Job> {
    let job = backend.job(id).await?;
    let (Some(path), Some(proof)) = (here(&job), job.sheet.clone()) else { return Ok(job) };
    let whole = on_disk(move || Ok(proof_of(&path, id).as_ref() == Some(&proof))).await;
    let state = if whole.unwrap_or(false) { JobState::Written } else { job.state };
    Ok(Job { state, ..job })
}

/// Goes on with a job: where its file is whole, its values are put in force.
pub async fn go_on(backend: &dyn Backend, id: JobId) -> Answer<Job> {
    match job(backend, id).await?.state {
        JobState::Written => backend.activate(id).await,
        JobState::Running
        | JobState::Interrupted
        | JobState::Stopped
        | JobState::Staged
        | JobState::Done
        | JobState::Abandoned => backend.resume(id).await,
    }
}

/// The path of a staged job's file, where it is a file of this machine.
fn here(job: &Job) -> Option<PathBuf> {
    let file = job.file.as_deref().filter(|_| job.state == JobState::Staged)?;
    let path = PathBuf::from(file.get(file.find(":/")? + 1..)?);
    let is_file = |path: &Path| fs::symlink_metadata(path).is_ok_and(|facts| facts.is_file());
    (place(&path) == file && is_file(&path)).then_some(path)
}

/// What the file holds for a job, as far as it is one of ours: by the titles of its columns.
/// One that several jobs share names the job of each row.
fn proof_of(path: &Path, id: JobId) -> Option<String> {
    let mut reader = csv::Reader::from_path(path).ok()?;
    let titles = reader.headers().ok()?.clone();
    let place = |wanted| titles.iter().position(|title| title == wanted);
    let (token, value, job) = (place(sheet::TOKEN)?, place(sheet::VALUE)?, place(sheet::JOB));
    let id = id.to_string();
    let row = |record: csv::Result<csv::StringRecord>| {
        let Ok(record) = record else { return Some(None) };
        if job.is_some_and(|job| record.get(job) != Some(&id)) {
            return None;
        }
        Some(held(&record, token, value))
    };
    let rows: Option<Vec<_>> = reader.records().filter_map(row).collect();
    rows.map(proof::of_rows)
}

/// The token, GUID and hash of a row.
fn held(
    record: &csv::StringRecord,
    token: usize,
    value: usize,
) -> Option<(TokenId, Guid, ValueHash)> {
    let token: TokenId = record.get(token)?.parse().ok()?;
    let value = TokenValue::parse(record.get(value)?).ok()?;
    Some((token, value.guid(), value.hash()))
}
