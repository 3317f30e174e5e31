//! The words of work on many tokens.

use std::collections::BTreeSet;

use crate::cli::bulk::{BulkWords, say_reasons, tell};
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::output::Format;
use crate::domain::Verb;
use crate::domain::query::Part;
use crate::text::thousands;
use crate::wire::{Plan, PlanItem, Report, ReportItem, Toll};

impl BulkWords for Verb {
    const PLANNED: &'static [&'static str] = &["ID", "Name", "Status", "Would", "Reason"];
    const ENDED: &'static [&'static str] = &["ID", "Name"];
    const BY_JOB: bool = false;

    fn planned(item: &PlanItem, would: String, reason: String) -> Vec<String> {
        vec![item.id.to_string(), item.name.clone(), item.status.to_string(), would, reason]
    }

    fn more_cells(plan: &Plan) -> Option<(&'static str, Vec<String>)> {
        let is_elsewhere = plan.items.iter().any(|item| !item.matched.is_empty());
        let cells = || plan.items.iter().map(|item| parts(&item.matched)).collect();
        is_elsewhere.then(|| ("Matched", cells()))
    }

    fn ended(item: &ReportItem) -> Vec<String> {
        vec![item.id.to_string(), item.name.clone()]
    }

    fn takes(_plan: &Plan) -> Option<Toll> {
        None
    }

    fn tolls(plan: &Plan) -> Vec<String> {
        exported(plan).into_iter().collect()
    }

    fn would(plan: &Plan) -> String {
        let past = if plan.only_cancels() { "cancelled" } else { plan.verb.past() };
        format!("{} would be {past}", thousands(plan.count()))
    }

    fn did(report: &Report) -> String {
        let (done, ..) = report.counts();
        let past = if report.only_cancels() { "cancelled" } else { report.verb.past() };
        format!("{} {past}", thousands(done))
    }
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

/// Nothing was done: for people the reasons, for programs the report of it.
pub(super) fn nothing(deck: &Deck, plan: &Plan) -> Result<(), Failure> {
    if deck.output.format() == Format::Table {
        say_reasons(deck, plan);
        return Ok(());
    }
    let item = |item: &PlanItem| {
        let outcome = item.step.skipped()?;
        Some(ReportItem { id: item.id.clone(), name: item.name.clone(), request: false, outcome })
    };
    let items = plan.items.iter().filter_map(item).collect();
    tell(deck, &Report { verb: plan.verb, items }, None, None)
}
