//! What a bulk action for users would do and what came of it, user by user.

use serde::Serialize;

use crate::cli::deck::Deck;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::output::Sheet;
use crate::domain::{AccountId, HolderVerb, JobId, Time};
use crate::text::thousands;
use crate::wire::{HolderItem, HolderReportItem, Lost, Outcome, Plan, Report, Step, Toll};

#[derive(Serialize)]
struct Planned<'p> {
    dry_run: bool,
    verb: HolderVerb,
    count: usize,
    /// What `--confirm` has to say.
    confirm: Option<String>,
    account: AccountId,
    /// What it takes away.
    takes: Toll,
    made_at: Time,
    items: &'p [HolderItem],
}

#[derive(Serialize)]
struct Reported<'r> {
    verb: HolderVerb,
    job: JobId,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    done: usize,
    skipped: usize,
    failed: usize,
    items: &'r [HolderReportItem],
}

/// "1 skipped: Already pending", a line for each reason.
pub(super) fn reasons(plan: &Plan<HolderVerb>) -> Vec<String> {
    let line = |(reason, count): (&str, usize)| format!("{} skipped: {reason}", thousands(count));
    plan.skipped().into_iter().map(line).collect()
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

/// What would be done.
pub(super) fn plan(deck: &Deck, plan: &Plan<HolderVerb>) -> Result<(), Failure> {
    let planned = Planned {
        dry_run: true,
        verb: plan.verb,
        count: plan.count(),
        confirm: plan.phrase(),
        account: plan.account,
        takes: plan.toll(),
        made_at: plan.made_at,
        items: &plan.items,
    };
    let row = |item: &HolderItem| {
        let (would, reason) = match &item.step {
            Step::Act | Step::Give(_) | Step::CancelRequest => {
                (plan.verb.to_string(), String::new())
            }
            Step::Skip { reason, .. } => ("skip".to_owned(), reason.clone()),
        };
        let ends: Vec<String> = item.lost.iter().map(lost).collect();
        let (id, user, module) = (item.user, item.user_name.clone(), item.module_name.clone());
        vec![id.to_string(), user, module, would, ends.join(", "), reason]
    };
    let titles = vec!["User ID", "User", "Module", "Would", "Ends", "Reason"];
    let rows = || plan.items.iter().map(row).collect();
    deck.output.list(&planned, &plan.items, |_| Sheet::new(titles, rows()))?;
    let would = format!("{} would be {}", counted(plan), plan.verb.past());
    deck.output.note(&[vec![would], toll(plan), reasons(plan)].concat().join(", "));
    Ok(())
}

/// "2 tokens": what takes tokens away counts them, as its question does.
fn counted(plan: &Plan<HolderVerb>) -> String {
    match plan.verb {
        HolderVerb::Remove => tokens(plan.toll().tokens),
        HolderVerb::Cancel => thousands(plan.toll().tokens),
        HolderVerb::Request | HolderVerb::Generate => thousands(plan.count()),
    }
}

fn tokens(count: usize) -> String {
    format!("{} {}", thousands(count), if count == 1 { "token" } else { "tokens" })
}

/// What was done, and how the command ends: everybody was named, so each one
/// skipped counts.
pub(super) fn done(
    deck: &Deck,
    report: &Report<HolderVerb>,
    job: JobId,
    file: Option<&str>,
) -> Result<Exit, Failure> {
    let (done, skipped, failed) = report.counts();
    let (verb, items) = (report.verb, report.items.as_slice());
    let reported = Reported { verb, job, file, done, skipped, failed, items };
    let row = |item: &HolderReportItem| {
        let (outcome, reason) = match &item.outcome {
            Outcome::Done => ("done", ""),
            Outcome::Skipped { reason, .. } => ("skipped", reason.as_str()),
            Outcome::Failed { reason, .. } => ("failed", reason.as_str()),
        };
        let token = item.token.map(|id| id.to_string()).unwrap_or_default();
        let (user, module) = (item.user_name.clone(), item.module_name.clone());
        let id = item.user.to_string();
        vec![id, user, module, token, outcome.to_owned(), reason.to_owned()]
    };
    let titles = vec!["User ID", "User", "Module", "Token", "Outcome", "Reason"];
    let rows = || items.iter().map(row).collect();
    let gone = report.gone().count();
    let mut words = vec![match verb {
        HolderVerb::Remove => format!("{} {}", tokens(gone), verb.past()),
        HolderVerb::Cancel => format!("{} {}", thousands(gone), verb.past()),
        HolderVerb::Request | HolderVerb::Generate => {
            format!("{} {}", thousands(done), verb.past())
        }
    }];
    let others = [(skipped, "skipped"), (failed, "failed")];
    let others = others.iter().filter(|(count, _)| *count > 0);
    words.extend(others.map(|(count, word)| format!("{} {word}", thousands(*count))));
    let said = words.join(", ");
    let place = file.map_or_else(String::new, |file| format!(" Their values are in {file}."));
    deck.output
        .list(&reported, items, |_| Sheet::new(titles, rows()))
        .map_err(|failure| failure.unreported(|| format!("{job}: {said}.{place}")))?;
    deck.output.note(&said);
    Ok(match (done, skipped, failed) {
        (_, 0, 0) => Exit::Done,
        (0, _, _) => Exit::No,
        _ => Exit::Partly,
    })
}
