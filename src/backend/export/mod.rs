//! Generate & export from the side of whoever gets the file: the values are staged,
//! written to a file that is complete and lasts, and only then put in force. It works
//! on any backend, for the file lies where the caller is.

mod file;
mod import;
mod left;
mod sheet;

use std::io;
use std::path::{Path, PathBuf};

use tokio::task::spawn_blocking;

use super::{Answer, Backend, BackendError, Cause, until_over};
use crate::domain::{AccountId, JobId, Refusal, Time};
use crate::text::Safe;
use crate::wire::{HolderPlan, HolderReport, Job, JobReport, Staged};
use file::Draft;
pub use import::{BroughtIn, import_tokens};
pub use left::{go_on, job, jobs};

/// Values in a file, and what came of putting them in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Where the file is, for people: `host:/absolute/path`.
    pub place: String,
    /// Its path on this machine.
    pub path: PathBuf,
    /// How many values are in it.
    pub rows: usize,
    /// The job that put them in force. One that was interrupted can be resumed.
    pub job: Job,
    /// How it ended for each user and module.
    pub report: HolderReport,
}

/// Generates what the plan says, with the values in a new file of `folder`; `progress`
/// is told of each step of the job. Where the file can't be completed nothing changes.
pub async fn generate_export(
    backend: &dyn Backend,
    plan: HolderPlan,
    folder: &Path,
    progress: impl FnMut(&Job) + Send,
) -> Answer<Exported> {
    let stem = stem(plan.account, backend.session().await?.now);
    let at = folder.to_owned();
    let draft = on_disk(move || Draft::create(&at, &stem)).await;
    let draft = draft.map_err(|error| unwritable(folder, &error))?;
    let place = place(draft.path());
    let Staged { job, rows } = backend.stage(plan, place.clone()).await?;
    let count = rows.len();
    let wanted = draft.path().to_owned();
    let written = on_disk(move || draft.complete(|out| sheet::write(out, &rows))).await;
    let path = match written {
        Ok(path) => path,
        Err(error) => return Err(given_up(backend, job, &wanted, &error).await),
    };
    let lost = |error| not_in_force(job, &place, &error);
    let started = backend.activate(job).await.map_err(lost)?;
    let job = until_over(backend, started, progress).await.map_err(lost)?;
    match backend.job_report(job.id).await? {
        JobReport::Holders(report) => Ok(Exported { place, path, rows: count, job, report }),
        JobReport::Tokens(_) | JobReport::Imports(_) => {
            Err(Refusal::NotFound { what: "report of", name: job.id.to_string() }.into())
        }
    }
}

/// "api-tokens-ACC-0001-0003-20260310T120000Z".
fn stem(account: AccountId, now: Time) -> String {
    format!("api-tokens-{account}-{}", now.format("%Y%m%dT%H%M%SZ"))
}

/// Where the file is, said so that it is found from another machine.
fn place(path: &Path) -> String {
    let host = nix::unistd::gethostname().unwrap_or_default();
    let place = format!("{}:{}", host.to_string_lossy(), path.display());
    Safe::line(&place).into_string()
}

async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    // The text of a panic is left out, for it may hold a value.
    spawn_blocking(work).await.unwrap_or_else(|_| Err(io::Error::other("writing broke off")))
}

/// Gives the staged values up: nobody has them, and nothing has changed.
async fn given_up(
    backend: &dyn Backend,
    job: JobId,
    path: &Path,
    error: &io::Error,
) -> BackendError {
    match backend.abandon(job).await {
        Ok(_) => unwritable(path, error),
        Err(left) => failure(format!(
            "cannot write '{}': {error}; no token was changed, but {job} is left to be abandoned: \
             {left}",
            path.display()
        )),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> BackendError {
    let (path, why) = (path.display(), why(error));
    failure(format!("no token was changed: cannot write to '{path}': {why}"))
}

/// Why, without the name of the file that was tried, which nobody knows.
fn why(error: &io::Error) -> String {
    let inner = error.get_ref().and_then(std::error::Error::source);
    inner.map_or_else(|| error.to_string(), ToString::to_string)
}

/// The file is there; how far its values are in force, the job knows.
fn not_in_force(job: JobId, place: &str, error: &BackendError) -> BackendError {
    let message = format!(
        "{place} is written, but its values may not be in force: {error}; \
         see 'tokendeck job show {job}'"
    );
    let cause = if error.refusal().is_some() { Cause::FileOnly } else { Cause::Open };
    BackendError::new(cause, message)
}

fn failure(message: String) -> BackendError {
    BackendError::new(Cause::File, message)
}
