//! Work on many as commands tell of it: what would be done, the question, what came of it
//! and how the command ends. Once for tokens and for what users hold.

use serde::Serialize;

use super::confirm::Question;
use super::deck::Deck;
use super::exit::Finish;
use super::failure::Failure;
use super::job::watch;
use super::output::Sheet;
use crate::backend::BulkBackend as _;
use crate::backend::export::Exported;
use crate::domain::{JobId, Time};
use crate::text::thousands;
use crate::wire::{BulkCall, BulkEnd as _, BulkItem as _, Plan, Report, Step, Toll};

/// The words that tokens and users have of their own.
pub(super) trait BulkWords: BulkCall {
    /// The columns of a plan.
    const PLANNED: &'static [&'static str];
    /// The columns of a report, before those that say how an item ended.
    const ENDED: &'static [&'static str];
    /// Whether a report that can't be told is told by its job.
    const BY_JOB: bool;

    /// The row of a plan, with what would be done and why nothing would.
    fn planned(item: &Self::Item, would: String, reason: String) -> Vec<String>;
    /// One more column of a plan, where there is one.
    fn more_cells(plan: &Plan<Self>) -> Option<(&'static str, Vec<String>)>;
    /// The row of a report, before how the item ended.
    fn ended(item: &Self::End) -> Vec<String>;
    /// What it takes away, where programs are told.
    fn takes(plan: &Plan<Self>) -> Option<Toll>;
    /// "1 exported value stops working": the same for people.
    fn tolls(plan: &Plan<Self>) -> Vec<String>;
    /// "15 would be revoked".
    fn would(plan: &Plan<Self>) -> String;
    /// "15 revoked".
    fn did(report: &Report<Self>) -> String;
}

#[derive(Serialize)]
#[serde(bound = "")]
struct PlanShown<'p, V: BulkCall> {
    dry_run: bool,
    verb: V,
    count: usize,
    /// What `--confirm` has to say.
    confirm: Option<String>,
    #[serde(skip_serializing_if = "V::is_nowhere")]
    account: V::Account,
    #[serde(skip_serializing_if = "Option::is_none")]
    takes: Option<Toll>,
    made_at: Time,
    items: &'p [V::Item],
}

#[derive(Serialize)]
#[serde(bound = "")]
struct ReportShown<'r, V: BulkCall> {
    verb: V,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JobId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    done: usize,
    skipped: usize,
    failed: usize,
    items: &'r [V::End],
}

/// "1 skipped: Already revoked", a line for each reason.
pub(super) fn reasons<V: BulkCall>(plan: &Plan<V>) -> Vec<String> {
    let line = |(reason, count): (&str, usize)| format!("{} skipped: {reason}", thousands(count));
    plan.skipped().into_iter().map(line).collect()
}

/// Says why nothing is left to do.
pub(super) fn say_reasons<V: BulkCall>(deck: &Deck, plan: &Plan<V>) {
    for reason in reasons(plan) {
        deck.output.note(&reason);
    }
}

/// What has to be confirmed of a plan.
pub(super) fn question<V: BulkCall>(
    plan: &Plan<V>,
    title: &'static str,
    lines: Vec<String>,
) -> Question {
    Question { lines, title, words: plan.words(), must_type: plan.phrase().is_some() }
}

/// Refuses where nothing may be changed; true where it was only to be said what would be done.
pub(super) fn is_only_told<V: BulkWords>(deck: &Deck, plan: &Plan<V>) -> Result<bool, Failure> {
    deck.must_write()?;
    if deck.is_dry() {
        tell_plan(deck, plan)?;
    }
    Ok(deck.is_dry())
}

fn tell_plan<V: BulkWords>(deck: &Deck, plan: &Plan<V>) -> Result<(), Failure> {
    let shown = PlanShown {
        dry_run: true,
        verb: plan.verb,
        count: plan.count(),
        confirm: plan.phrase(),
        account: plan.account,
        takes: V::takes(plan),
        made_at: plan.made_at,
        items: &plan.items,
    };
    let row = |item: &V::Item| {
        let (would, reason) = match item.step() {
            Step::Act | Step::Give(_) => (plan.verb.to_string(), String::new()),
            Step::CancelRequest => ("cancel request".to_owned(), String::new()),
            Step::Skip { reason, .. } => ("skip".to_owned(), reason.clone()),
        };
        V::planned(item, would, reason)
    };
    let sheet = || Sheet::new(V::PLANNED.to_vec(), plan.items.iter().map(row).collect());
    deck.output.list(&shown, &plan.items, |_| match V::more_cells(plan) {
        Some((title, cells)) => sheet().with_cells(title, cells),
        None => sheet(),
    })?;
    deck.output.note(&[vec![V::would(plan)], V::tolls(plan), reasons(plan)].concat().join(", "));
    Ok(())
}

/// Does what a plan says, and tells how each item ended.
pub(super) async fn carry_out<V: BulkCall>(
    deck: &Deck,
    plan: Plan<V>,
) -> Result<(JobId, Report<V>), Failure> {
    let job = watch(deck, deck.backend.start(V::any(plan)).await?).await?;
    Ok((job.id, deck.backend.reported(job.id).await?))
}

/// What was done, with the job and the file of its values where those are to be told.
pub(super) fn tell<V: BulkWords>(
    deck: &Deck,
    report: &Report<V>,
    job: Option<JobId>,
    file: Option<&str>,
) -> Result<(), Failure> {
    let (done, skipped, failed) = report.counts();
    let (verb, items) = (report.verb, report.items.as_slice());
    let shown = ReportShown::<V> { verb, job, file, done, skipped, failed, items };
    let others = [(skipped, "skipped"), (failed, "failed")];
    let others = others.iter().filter(|(count, _)| *count > 0);
    let others = others.map(|(count, word)| format!("{} {word}", thousands(*count)));
    let said = [V::did(report)].into_iter().chain(others).collect::<Vec<_>>().join(", ");
    let place = file.map_or_else(String::new, |file| format!(" Their values are in {file}."));
    let which = job.filter(|_| V::BY_JOB).map_or_else(String::new, |job| format!("{job}: "));
    deck.output
        .list(&shown, items, |_| ended_sheet(report))
        .map_err(|failure| failure.unreported(|| format!("{which}{said}.{place}")))?;
    deck.output.note(&said);
    Ok(())
}

/// How each item ended, as rows.
pub(super) fn ended_sheet<V: BulkWords>(report: &Report<V>) -> Sheet {
    let titles = [V::ENDED, &["Outcome", "Reason"]].concat();
    let row = |item: &V::End| {
        [V::ended(item), item.outcome().words().map(str::to_owned).to_vec()].concat()
    };
    Sheet::new(titles, report.items.iter().map(row).collect())
}

/// How the command ends; where the items were named one by one, each one skipped counts.
pub(super) fn exit((done, skipped, failed): (usize, usize, usize), named: bool) -> Finish {
    match (done, skipped, failed) {
        (_, 0, 0) => Finish::Done,
        (_, _, 0) if !named => Finish::Done,
        (0, _, _) => Finish::No,
        _ => Finish::Partly,
    }
}

/// Where the new values are, and whether all are in force.
pub(super) fn note_values<R>(deck: &Deck, done: &Exported<R>) {
    let values = if done.rows == 1 { "value is" } else { "values are" };
    deck.output.note(&format!("{} {values} in {}", thousands(done.rows), done.place));
    if done.job.state.waits() {
        let id = done.job.id;
        deck.output.note(&format!("Not all are in force yet: tokendeck job resume {id}"));
    }
}
