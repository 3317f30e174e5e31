//! What bulk work would do and what came of it, token by token.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::output::{Format, Sheet};
use crate::domain::query::Part;
use crate::domain::{JobId, Time, Verb};
use crate::text::thousands;
use crate::wire::{Outcome, Plan, PlanItem, Report, ReportItem, Step};

#[derive(Serialize)]
struct Planned<'p> {
    dry_run: bool,
    verb: Verb,
    count: usize,
    /// What `--confirm` has to say.
    confirm: Option<String>,
    made_at: Time,
    items: &'p [PlanItem],
}

#[derive(Serialize)]
struct Reported<'r> {
    verb: Verb,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JobId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    done: usize,
    skipped: usize,
    failed: usize,
    items: &'r [ReportItem],
}

/// "1 skipped: Already revoked", a line for each reason.
pub(super) fn reasons(plan: &Plan) -> Vec<String> {
    let line = |(reason, count): (&str, usize)| format!("{} skipped: {reason}", thousands(count));
    plan.skipped().into_iter().map(line).collect()
}

/// Names that a question tells, at the most.
const NAMED: usize = 8;

/// "Found by something else than the name: export-all (description)": whoever searched may
/// not have meant them.
pub(super) fn found_elsewhere(plan: &Plan) -> Option<String> {
    let found: Vec<_> = plan.acting().filter(|item| !item.matched.is_empty()).collect();
    let one = |item: &&PlanItem| format!("{} ({})", item.name, parts(&item.matched));
    let named: Vec<_> = found.iter().take(NAMED).map(one).collect();
    let more = match found.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {} more", thousands(more)),
    };
    (!found.is_empty())
        .then(|| format!("Found by something else than the name: {}{more}.", named.join(", ")))
}

/// "GUID, description".
pub(super) fn parts(matched: &BTreeSet<Part>) -> String {
    matched.iter().map(Part::to_string).collect::<Vec<_>>().join(", ")
}

/// "1 exported value stops working": of values that wait for their owner nobody thinks.
pub(super) fn exported(plan: &Plan) -> Option<String> {
    plan.toll().exported().filter(|_| plan.verb.is_final())
}

/// Says why nothing is left to do.
pub(super) fn skipped(deck: &Deck, plan: &Plan) {
    for reason in reasons(plan) {
        deck.output.note(&reason);
    }
}

/// What would be done.
pub(super) fn plan(deck: &Deck, plan: &Plan) -> Result<(), Failure> {
    let planned = Planned {
        dry_run: true,
        verb: plan.verb,
        count: plan.count(),
        confirm: plan.phrase(),
        made_at: plan.made_at,
        items: &plan.items,
    };
    let row = |item: &PlanItem| {
        let (would, reason) = match &item.step {
            Step::Act | Step::Give(_) => (plan.verb.to_string(), String::new()),
            Step::CancelRequest => ("cancel request".to_owned(), String::new()),
            Step::Skip { reason, .. } => ("skip".to_owned(), reason.clone()),
        };
        let (id, name) = (item.id.to_string(), item.name.clone());
        vec![id, name, item.status.to_string(), would, reason]
    };
    let titles = vec!["ID", "Name", "Status", "Would", "Reason"];
    let rows = || plan.items.iter().map(row).collect();
    let matched = || plan.items.iter().map(|item| parts(&item.matched)).collect();
    let is_elsewhere = plan.items.iter().any(|item| !item.matched.is_empty());
    deck.output.list(&planned, &plan.items, |_| match Sheet::new(titles, rows()) {
        sheet if is_elsewhere => sheet.with_cells("Matched", matched()),
        sheet => sheet,
    })?;
    let past = if plan.only_cancels() { "cancelled" } else { plan.verb.past() };
    let would = format!("{} would be {past}", thousands(plan.count()));
    let exported = exported(plan).into_iter().collect();
    deck.output.note(&[vec![would], exported, reasons(plan)].concat().join(", "));
    Ok(())
}

/// Nothing was done: for people the reasons, for programs the report of it.
pub(super) fn nothing(deck: &Deck, plan: &Plan) -> Result<(), Failure> {
    if deck.output.format() == Format::Table {
        skipped(deck, plan);
        return Ok(());
    }
    let item = |item: &PlanItem| match &item.step {
        Step::Skip { code, reason } => Some(ReportItem {
            id: item.id,
            name: item.name.clone(),
            request: false,
            outcome: Outcome::Skipped { code: code.clone(), reason: reason.clone() },
        }),
        Step::Act | Step::Give(_) | Step::CancelRequest => None,
    };
    done(deck, &Report { verb: plan.verb, items: plan.items.iter().filter_map(item).collect() })
}

/// What was done.
pub(super) fn done(deck: &Deck, report: &Report) -> Result<(), Failure> {
    done_in(deck, report, None)
}

/// What was done, with the job and the file of its values where there is one.
pub(super) fn done_in(
    deck: &Deck,
    report: &Report,
    file: Option<(JobId, &str)>,
) -> Result<(), Failure> {
    let (done, skipped, failed) = report.counts();
    let (job, file) = file.unzip();
    let (verb, items) = (report.verb, &report.items);
    let reported = Reported { verb, job, file, done, skipped, failed, items };
    let row = |item: &ReportItem| {
        let (outcome, reason) = match &item.outcome {
            Outcome::Done => ("done", ""),
            Outcome::Skipped { reason, .. } => ("skipped", reason.as_str()),
            Outcome::Failed { reason, .. } => ("failed", reason.as_str()),
        };
        vec![item.id.to_string(), item.name.clone(), outcome.to_owned(), reason.to_owned()]
    };
    let titles = vec!["ID", "Name", "Outcome", "Reason"];
    let rows = || report.items.iter().map(row).collect();
    let past = if report.only_cancels() { "cancelled" } else { report.verb.past() };
    let parts = [(done, past), (skipped, "skipped"), (failed, "failed")];
    let said = parts.iter().filter(|(count, word)| *count > 0 || *word == past);
    let words: Vec<_> = said.map(|(count, word)| format!("{} {word}", thousands(count))).collect();
    let said = words.join(", ");
    let place = file.map_or_else(String::new, |file| format!(" Their values are in {file}."));
    deck.output
        .list(&reported, &report.items, |_| Sheet::new(titles, rows()))
        .map_err(|failure| failure.unreported(|| format!("{said}.{place}")))?;
    deck.output.note(&said);
    Ok(())
}
