//! An import from the side of whoever has the files: every value is drawn, all of them are
//! written to one file that lasts, and only then are the tokens made.

use std::io::{self, Write};
use std::path::Path;

use chrono::SecondsFormat;

use super::file::SheetDraft;
use super::here::{on_disk, place};
use super::{given_up, not_in_force, unwritable};
use crate::backend::{Answer, Backend, BackendError, until_over};
use crate::domain::{JobId, Refusal};
use crate::text::cell;
use crate::wire::{
    ImportKind, ImportPlan, ImportReportItem, ImportedValue, Job, JobReport, StagedImport,
};

/// The titles of the file.
const COLUMNS: [&str; 8] =
    ["job", "line", "name", "account", "token_id", "guid", "token", "expires_at"];

/// Tokens that were made, and their values in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BroughtIn {
    /// Where the file is, for people: `host:/absolute/path`; none where no value was drawn.
    pub place: Option<String>,
    /// How many values are in it.
    pub values: usize,
    /// The jobs that made the tokens. One that was interrupted can be resumed.
    pub jobs: Vec<Job>,
    /// How each row ended.
    pub items: Vec<ImportReportItem>,
}

/// Makes the tokens of these plans, with the values that are drawn for them in a new file at
/// `out`; `progress` is told how many rows have ended. Where the file can't be completed
/// nothing is made.
pub async fn import_tokens(
    backend: &dyn Backend,
    plans: Vec<ImportPlan>,
    out: Option<&Path>,
    mut progress: impl FnMut(u64) + Send,
) -> Answer<BroughtIn> {
    let draws = |plan: &ImportPlan| plan.rows.iter().any(|row| row.kind() == ImportKind::Drawn);
    let draft = match out.filter(|_| plans.iter().any(draws)) {
        None => None,
        Some(path) => {
            let wanted = path.to_owned();
            let draft = on_disk(move || SheetDraft::named(&wanted)).await;
            Some(draft.map_err(|error| unwritable(path, &error))?)
        }
    };
    let place = draft.as_ref().map(|draft| place(draft.path()));
    let staged = stage_all(backend, plans, place.as_deref()).await?;
    let jobs: Vec<JobId> = staged.iter().map(|staged| staged.job).collect();
    let values = staged.iter().map(|staged| staged.values.len()).sum();
    if let Some(draft) = draft {
        let wanted = draft.path().to_owned();
        if let Err(error) = on_disk(move || draft.complete(|out| write(out, &staged))).await {
            return Err(none_made(backend, &jobs, &wanted, &error).await);
        }
    }
    let (mut ended, mut done, mut items) = (0, Vec::new(), Vec::new());
    for job in jobs {
        let lost = |error| match &place {
            Some(place) => not_in_force(job, place, &error),
            None => error,
        };
        let started = backend.activate(job).await.map_err(lost)?;
        let told = |job: &Job| progress(ended + job.tally.ended());
        let job = until_over(backend, started, told).await.map_err(lost)?;
        ended += job.total;
        match backend.job_report(job.id).await? {
            JobReport::Imports(report) => items.extend(report.items),
            JobReport::Tokens(_) | JobReport::Holders(_) => {
                return Err(
                    Refusal::NotFound { what: "report of", name: job.id.to_string() }.into()
                );
            }
        }
        done.push(job);
    }
    Ok(BroughtIn { place, values, jobs: done, items })
}

/// Draws all values, or none: where a part is refused, those before it are given up.
async fn stage_all(
    backend: &dyn Backend,
    plans: Vec<ImportPlan>,
    file: Option<&str>,
) -> Answer<Vec<StagedImport>> {
    let mut staged: Vec<StagedImport> = Vec::new();
    for plan in plans {
        match backend.stage_import(plan, file.map(str::to_owned)).await {
            Ok(part) => staged.push(part),
            Err(error) => {
                for part in staged {
                    // One that stays is told by the list of jobs, and puts nothing in force.
                    let _ = backend.abandon(part.job).await;
                }
                return Err(error);
            }
        }
    }
    Ok(staged)
}

async fn none_made(
    backend: &dyn Backend,
    jobs: &[JobId],
    path: &Path,
    error: &io::Error,
) -> BackendError {
    let mut told = unwritable(path, error);
    for job in jobs {
        told = given_up(backend, *job, path, error).await;
    }
    told
}

/// The values as comma-separated values (RFC 4180). Names come from outside and must not be
/// formulas.
fn write(out: &mut dyn Write, staged: &[StagedImport]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for StagedImport { job, values } in staged {
        for ImportedValue { line, name, account, token, value, expires_at } in values {
            let end = expires_at.map(|end| end.to_rfc3339_opts(SecondsFormat::Secs, true));
            writer.write_record([
                job.to_string().as_str(),
                line.to_string().as_str(),
                &cell(name),
                &cell(account),
                token.to_string().as_str(),
                value.guid().to_string().as_str(),
                value.expose(),
                end.unwrap_or_default().as_str(),
            ])?;
        }
    }
    writer.flush()
}
