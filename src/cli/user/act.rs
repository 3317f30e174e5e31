//! Request, cancel and remove for users: freeze a plan, ask, do it, report.

use super::report;
use super::whom::target;
use crate::backend::{BackendError, BulkBackend as _, Cause};
use crate::cli::args::Whom;
use crate::cli::bulk::{self, carry_out, exit, is_only_told, reasons, say_reasons, tell};
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::domain::{AccountId, Catalogue, HolderVerb, Refusal};
use crate::text::{counted, thousands};
use crate::wire::Plan;

pub(super) async fn run(deck: &Deck, verb: HolderVerb, whom: &Whom) -> Ended {
    let Some(plan) = planned(deck, verb, whom).await? else { return Ok(Finish::Done) };
    // A request takes nothing away from anybody.
    if verb != HolderVerb::Request {
        deck.confirm(&question(deck, &plan).await?)?;
    }
    let (job, report) = carry_out(deck, plan).await?;
    tell(deck, &report, Some(job), None)?;
    Ok(exit(report.counts(), true))
}

/// The plan, unless it was only to be shown. Refused where nothing would be done.
pub(super) async fn planned(
    deck: &Deck,
    verb: HolderVerb,
    whom: &Whom,
) -> Result<Option<Plan<HolderVerb>>, Failure> {
    let catalogue = deck.backend.catalogue().await?;
    let target = target(deck, &catalogue, whom)?;
    let account = target.account;
    let planned = deck.backend.planned(verb, target).await;
    let plan = planned.map_err(|error| which_module(error, &catalogue, account))?;
    if plan.count() == 0 {
        say_reasons(deck, &plan);
        return Err(Refusal::NothingToBe(verb).into());
    }
    Ok((!is_only_told(deck, &plan)?).then_some(plan))
}

/// Names the flag and the modules where one has to be chosen.
fn which_module(error: BackendError, catalogue: &Catalogue, account: AccountId) -> Failure {
    match error {
        BackendError { cause: Cause::Refused(Refusal::ChooseModule), .. } => {
            let modules = catalogue.modules_of(Some(account)).map(|module| module.name.as_str());
            let choices = modules.collect::<Vec<_>>().join(", ");
            Failure::Usage(format!("{}, with --module: {choices}", Refusal::ChooseModule))
        }
        error => error.into(),
    }
}

async fn question(deck: &Deck, plan: &Plan<HolderVerb>) -> Result<Question, Failure> {
    let (verb, count) = (plan.verb, plan.lost().len());
    let tokens = counted(count, "API token");
    let asked = match verb {
        HolderVerb::Cancel => format!("Cancel {}", tokens.replace("API token", "pending request")),
        _ => format!("Remove {tokens}"),
    };
    let mut lines = vec![heading(deck, plan, &asked).await?];
    lines.extend(consequences(plan));
    let title = if verb == HolderVerb::Cancel { "Cancel" } else { "Remove" };
    Ok(bulk::question(plan, title, lines))
}

/// Names in a question, at the most.
const NAMED: usize = 10;

/// "Remove 1 API token of Carl Clerk (eRecording) of Cedar County on local (...)?"
pub(super) async fn heading(
    deck: &Deck,
    plan: &Plan<HolderVerb>,
    asked: &str,
) -> Result<String, Failure> {
    let account = deck.backend.catalogue().await?.account_name(Some(plan.account));
    let mut names: Vec<String> = plan
        .acting()
        .take(NAMED)
        .map(|item| format!("{} ({})", item.user_name, item.module_name))
        .collect();
    if plan.count() > NAMED {
        names.push(format!("{} more", thousands(plan.count() - NAMED)));
    }
    let place = deck.place(&account);
    Ok(format!("{asked} for {} of {place}?", names.join(", ")))
}

/// What is lost, named where it is more than the module asked about (D27).
pub(super) fn consequences(plan: &Plan<HolderVerb>) -> Vec<String> {
    let lost = plan.lost();
    let mut names: Vec<String> = lost.iter().take(NAMED).map(|lost| report::lost(lost)).collect();
    if lost.len() > NAMED {
        names.push(format!("{} more", thousands(lost.len() - NAMED)));
    }
    let mut lines = Vec::new();
    if !names.is_empty() {
        lines.push(format!("These end: {}.", names.join(", ")));
    }
    lines.extend(report::toll(plan).into_iter().map(|line| format!("{line}.")));
    lines.extend(reasons(plan));
    lines.push("This can't be undone.".to_owned());
    lines
}
