//! The words of work on what users hold.

use crate::cli::bulk::BulkWords;
use crate::domain::HolderVerb;
use crate::text::thousands;
use crate::wire::{HolderItem, HolderReportItem, Lost, Plan, Report, Toll};

impl BulkWords for HolderVerb {
    const PLANNED: &'static [&'static str] =
        &["User ID", "User", "Module", "Would", "Ends", "Reason"];
    const ENDED: &'static [&'static str] = &["User ID", "User", "Module", "Token"];
    const BY_JOB: bool = true;

    fn planned(item: &HolderItem, would: String, reason: String) -> Vec<String> {
        let ends = item.lost.iter().map(lost).collect::<Vec<_>>().join(", ");
        let (id, user, module) = (item.user, item.user_name.clone(), item.module_name.clone());
        vec![id.to_string(), user, module, would, ends, reason]
    }

    fn more_cells(_plan: &Plan<Self>) -> Option<(&'static str, Vec<String>)> {
        None
    }

    fn ended(item: &HolderReportItem) -> Vec<String> {
        let token = item.token.map(|id| id.to_string()).unwrap_or_default();
        let (user, module) = (item.user_name.clone(), item.module_name.clone());
        vec![item.user.to_string(), user, module, token]
    }

    fn takes(plan: &Plan<Self>) -> Option<Toll> {
        Some(plan.toll())
    }

    fn tolls(plan: &Plan<Self>) -> Vec<String> {
        toll(plan)
    }

    fn would(plan: &Plan<Self>) -> String {
        let counted = counted(plan.verb, plan.toll().tokens, plan.count());
        format!("{counted} would be {}", plan.verb.past())
    }

    fn did(report: &Report<Self>) -> String {
        let (done, ..) = report.counts();
        format!("{} {}", counted(report.verb, report.gone().count(), done), report.verb.past())
    }
}

/// "2 tokens": what takes tokens away counts them, as its question does.
fn counted(verb: HolderVerb, gone: usize, items: usize) -> String {
    match verb {
        HolderVerb::Remove => crate::text::counted(gone, "token"),
        HolderVerb::Cancel => thousands(gone),
        HolderVerb::Request | HolderVerb::Generate => thousands(items),
    }
}

/// "carl-erecording (also Catalog)".
pub(super) fn lost(lost: &Lost) -> String {
    match lost.also.as_slice() {
        [] => lost.name.clone(),
        also => format!("{} (also {})", lost.name, also.join(", ")),
    }
}

/// "1 exported value stops working", "1 open request is cancelled": what a plan takes.
pub(super) fn toll(plan: &Plan<HolderVerb>) -> Vec<String> {
    let toll = plan.toll();
    let done = match plan.verb {
        HolderVerb::Remove => "cancelled",
        HolderVerb::Generate => "replaced",
        // A request takes nothing, and to cancel is all that cancelling does.
        HolderVerb::Request | HolderVerb::Cancel => "",
    };
    let requests = match toll.requests {
        0 => None,
        1 => Some(format!("1 open request is {done} with it")),
        many => Some(format!("{} open requests are {done} with it", thousands(many))),
    };
    toll.values().into_iter().chain(requests.filter(|_| !done.is_empty())).collect()
}
