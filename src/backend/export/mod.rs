//! Generate & export from the side of whoever gets the file: the values are staged,
//! written to a file that is complete and lasts, and only then put in force. It works
//! on any backend, for the file lies where the caller is.

mod file;
mod here;
mod import;
mod left;
mod sheet;

use std::io;
use std::path::{Path, PathBuf};

use super::{Answer, Backend, BackendError, BulkBackend, Cause, until_over};
use crate::domain::{AccountId, HolderVerb, JobId, Time};
use crate::wire::{Job, Plan, Report, Rotation, Staged};
use file::SheetDraft;
use here::{on_disk, place};
pub use import::{BroughtIn, import_tokens};
pub use left::{go_on, job, jobs};

/// Values in a file, and what came of putting them in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported<R = Report<HolderVerb>> {
    /// Where the file is, for people: `host:/absolute/path`.
    pub place: String,
    /// Its path on this machine.
    pub path: PathBuf,
    /// How many values are in it.
    pub rows: usize,
    /// The job that put them in force. One that was interrupted can be resumed.
    pub job: Job,
    /// How it ended for each user and module, or for each token.
    pub report: R,
}

/// Generates what the plan says, with the values in a new file of `folder`; `progress`
/// is told of each step of the job. Where the file can't be completed nothing changes.
pub async fn generate_export(
    backend: &dyn Backend,
    plan: Plan<HolderVerb>,
    folder: &Path,
    progress: impl FnMut(&Job) + Send,
) -> Answer<Exported> {
    let stem = stem(plan.account, backend.session().await?.now);
    let at = folder.to_owned();
    let draft = on_disk(move || SheetDraft::create(&at, &stem)).await;
    let draft = draft.map_err(|error| unwritable(folder, &error))?;
    let place = place(draft.path());
    let staged = backend.stage(plan, place.clone()).await?;
    let written = written(backend, draft, staged, sheet::write).await?;
    let job = in_force(backend, (written.job, &place), progress).await?;
    let report = backend.reported(job.id).await?;
    Ok(written.done(place, job, report))
}

/// Gives the tokens of a plan new values, which are in the new file `path` before any of
/// them is in force. Where the file can't be completed nothing changes.
pub async fn regenerate_export(
    backend: &dyn Backend,
    rotation: Rotation,
    path: &Path,
    progress: impl FnMut(&Job) + Send,
) -> Answer<Exported<Report>> {
    let at = path.to_owned();
    let draft = on_disk(move || SheetDraft::named(&at)).await;
    let draft = draft.map_err(|error| unwritable(path, &error))?;
    let place = place(draft.path());
    let staged = backend.stage_rotation(rotation, place.clone()).await?;
    let written = written(backend, draft, staged, sheet::write_rotation).await?;
    let job = in_force(backend, (written.job, &place), progress).await?;
    let report = backend.reported(job.id).await?;
    Ok(written.done(place, job, report))
}

/// Values that are safe in their file, and not in force.
struct Written {
    job: JobId,
    path: PathBuf,
    rows: usize,
}

impl Written {
    fn done<R>(self, place: String, job: Job, report: R) -> Exported<R> {
        Exported { place, path: self.path, rows: self.rows, job, report }
    }
}

/// Writes staged values to their file, or gives them up.
async fn written<R: Send + 'static>(
    backend: &dyn Backend,
    draft: SheetDraft,
    staged: Staged<R>,
    write: fn(&mut dyn io::Write, &[R]) -> io::Result<()>,
) -> Answer<Written> {
    let Staged { job, rows } = staged;
    let count = rows.len();
    let wanted = draft.path().to_owned();
    match on_disk(move || draft.complete(|out| write(out, &rows))).await {
        Ok(path) => Ok(Written { job, path, rows: count }),
        Err(error) => Err(given_up(backend, job, &wanted, &error).await),
    }
}

/// Puts the values of a file in force and waits for the end of that.
async fn in_force(
    backend: &dyn Backend,
    (job, place): (JobId, &str),
    progress: impl FnMut(&Job) + Send,
) -> Answer<Job> {
    let lost = |error| not_in_force(job, place, &error);
    let started = backend.activate(job).await.map_err(lost)?;
    until_over(backend, started, progress).await.map_err(lost)
}

/// "api-tokens-ACC-0001-0003-20260310T120000Z".
fn stem(account: AccountId, now: Time) -> String {
    format!("api-tokens-{account}-{}", now.format("%Y%m%dT%H%M%SZ"))
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
