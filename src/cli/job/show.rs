//! `tokendeck job show`: one job, and on request how each of its items ended.

use serde::Serialize;

use super::list::fields;
use crate::backend::export;
use crate::cli::bulk::ended_sheet;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Sheet};
use crate::domain::JobId;
use crate::wire::{HolderReportItem, ImportReportItem, Job, JobReport, JobState, ReportItem};

#[derive(Serialize)]
struct Shown<'j> {
    #[serde(flatten)]
    job: &'j Job,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Items<'j>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Items<'j> {
    Tokens(&'j [ReportItem]),
    Holders(&'j [HolderReportItem]),
    Imports(&'j [ImportReportItem]),
}

pub(super) async fn run(deck: &Deck, id: JobId, items: bool) -> Ended {
    let job = export::job(deck.backend.as_ref(), id).await?;
    let report = if items { Some(deck.backend.job_report(id).await?) } else { None };
    print(deck, &job, report.as_ref())?;
    note_file(deck, &job);
    Ok(Finish::Done)
}

/// Says what is to be known of the file of an export that did not come to its end.
pub(super) fn note_file(deck: &Deck, job: &Job) {
    if let Some(file) = job.of_file() {
        deck.output.note(&file);
    }
    if job.state == JobState::Written {
        let id = job.id;
        deck.output.note(&format!(
            "tokendeck job resume {id} puts its values in force, tokendeck job abandon {id} gives \
             them up"
        ));
    }
}

/// Prints a job, and how its items ended where a report is given. As a table both
/// are shown, as CSV the items are the rows.
pub(super) fn print(deck: &Deck, job: &Job, report: Option<&JobReport>) -> Result<(), Failure> {
    let items = report.map(|report| match report {
        JobReport::Tokens(report) => Items::Tokens(&report.items),
        JobReport::Holders(report) => Items::Holders(&report.items),
        JobReport::Imports(report) => Items::Imports(&report.items),
    });
    let shown = Shown { job, items };
    let csv = deck.output.format() == Format::Csv;
    if report.is_none() || !csv {
        deck.output.record(&shown, |format| Sheet::of_record(fields(job, format)))?;
    }
    if let Some(report) = report.filter(|_| csv || deck.output.format() == Format::Table) {
        deck.output.list(&shown, &[&shown], |_| sheet(report))?;
    }
    Ok(())
}

fn sheet(report: &JobReport) -> Sheet {
    match report {
        JobReport::Tokens(report) => ended_sheet(report),
        JobReport::Holders(report) => ended_sheet(report),
        JobReport::Imports(report) => {
            let row = |item: &ImportReportItem| {
                let [outcome, reason] = item.outcome.words().map(str::to_owned);
                let token = item.token.map_or_else(String::new, |id| id.to_string());
                vec![item.line.to_string(), item.name.clone(), token, outcome, reason]
            };
            let titles = vec!["Line", "Name", "Token", "Outcome", "Reason"];
            Sheet::new(titles, report.items.iter().map(row).collect())
        }
    }
}
