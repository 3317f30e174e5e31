//! `tokendeck job list`, and how a job is written as a row or record.

use serde::Serialize;

use crate::backend::export;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::Ended;
use crate::cli::output::{Format, Sheet};
use crate::domain::Time;
use crate::domain::calendar::seconds;
use crate::domain::job::Work;
use crate::wire::Job;

#[derive(Serialize)]
struct Listed<'j> {
    jobs: &'j [Job],
}

pub(super) async fn run(deck: &Deck) -> Ended {
    let jobs = export::jobs(deck.backend.as_ref()).await?;
    deck.output.list(&Listed { jobs: &jobs }, &jobs, |format| {
        let (titles, rows): (Vec<_>, Vec<_>) =
            (titles(), jobs.iter().map(|job| row(job, format)).collect());
        Sheet::by_importance(titles, rows)
    })?;
    Ok(Finish::Done)
}

/// Label and text of each field, the weightiest first.
pub(super) fn fields(job: &Job, format: Format) -> Vec<(&'static str, String)> {
    titles().into_iter().zip(row(job, format)).collect()
}

fn titles() -> Vec<&'static str> {
    vec![
        "ID", "Work", "Title", "State", "Done", "Skipped", "Failed", "Total", "By", "Made at",
        "Ended at", "File", "Problem",
    ]
}

fn row(job: &Job, format: Format) -> Vec<String> {
    let time = |at: Time| match format {
        Format::Csv => at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true),
        _ => seconds(at),
    };
    let none = || if format == Format::Csv { String::new() } else { "-".to_owned() };
    vec![
        job.id.to_string(),
        verb(job.work),
        job.title.clone(),
        job.state.to_string(),
        job.tally.done.to_string(),
        job.tally.skipped.to_string(),
        job.tally.failed.to_string(),
        job.total.to_string(),
        job.by_name.clone(),
        time(job.made_at),
        job.ended_at.map_or_else(none, time),
        job.file.clone().unwrap_or_else(none),
        job.problem.clone().unwrap_or_else(none),
    ]
}

/// "revoke": what it does, in one word.
pub(super) fn verb(work: Work) -> String {
    match work {
        Work::Tokens(verb) => verb.to_string(),
        Work::Holders(verb) => verb.to_string(),
        Work::Import => "import".to_owned(),
    }
}
