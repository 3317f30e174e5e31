//! Bulk work: freeze a plan, ask, do what it says, report every token.

use std::collections::BTreeSet;

use super::filter::query;
use super::report;
use super::which::{VerbOrder, which};
use crate::backend::{BackendError, BulkBackend as _, Cause};
use crate::cli::args::{FilterArgs, RevokeAllArgs};
use crate::cli::bulk::{self, carry_out, exit, is_only_told, reasons, say_reasons, tell};
use crate::cli::confirm::Question;
use crate::cli::deck::{Deck, realm};
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::resolve;
use crate::domain::query::Bare;
use crate::domain::{AccountFilter, Receiver, Refusal, Verb};
use crate::text::thousands;
use crate::wire::{Plan, PlanAsk, Report, RowId, Target, TokenPlanAsk, TokenView};

/// What a bulk verb is for, with the words a question has for it.
pub(super) struct BulkWork {
    verb: Verb,
    pub(super) target: Target,
    /// "of Acme": whose they are, after their count.
    pub(super) whose: String,
    /// Whether the tokens were named one by one, so that each one skipped counts.
    pub(super) named: bool,
    /// Those that are like that already, and are not to count.
    met: BTreeSet<RowId>,
    /// Who gets them, where they are handed over.
    to: Option<To>,
}

/// Who gets them, as a question says it.
pub(super) struct To {
    pub(super) receiver: Receiver,
    /// "over to Carl Clerk", "back to its account".
    pub(super) words: String,
}

/// Acts on these tokens.
pub(super) async fn tokens(deck: &Deck, order: VerbOrder, views: &[TokenView]) -> Ended {
    let is_met = |view: &&TokenView| {
        let allowed = view.allows(order.verb, deck.operator(), deck.now());
        allowed.is_err_and(|refusal| order.is_met_by(&refusal))
    };
    let met = views.iter().filter(is_met).map(|view| view.token.id.clone()).collect();
    run(deck, BulkWork { met, ..of_tokens(order.verb, views) }).await
}

/// Acts on the tokens with these ids, as they were read from standard input.
pub(super) async fn listed(deck: &Deck, verb: Verb, ids: Vec<RowId>) -> Ended {
    let (target, whose) = (Target::Tokens(ids), "of standard input".to_owned());
    run(deck, BulkWork { verb, target, whose, named: true, met: BTreeSet::new(), to: None }).await
}

/// Hands these tokens over, with their values.
pub(super) async fn give(deck: &Deck, views: &[TokenView], to: To) -> Ended {
    run(deck, BulkWork { to: Some(to), ..of_tokens(Verb::HandOver, views) }).await
}

/// Hands all over that the filters find, with their values.
pub(super) async fn give_found(deck: &Deck, filters: &FilterArgs, to: To) -> Ended {
    let work = of_found(deck, Verb::HandOver, filters).await?;
    run(deck, BulkWork { to: Some(to), ..work }).await
}

/// What a verb does to these tokens.
pub(super) fn of_tokens(verb: Verb, views: &[TokenView]) -> BulkWork {
    let accounts: BTreeSet<_> =
        views.iter().map(|view| view.names.account(view.token.account)).collect();
    let accounts: Vec<_> = accounts.into_iter().collect();
    let target = Target::Tokens(views.iter().map(|view| view.token.id.clone()).collect());
    let whose = format!("of {}", accounts.join(", "));
    BulkWork { verb, target, whose, named: true, met: BTreeSet::new(), to: None }
}

/// Revokes the tokens whose values somebody gave away: once they are, saying it again is no failure.
pub(in crate::cli) async fn revoke_leaked(deck: &Deck, views: &[TokenView]) -> Ended {
    if views.is_empty() {
        return nothing(deck, &Plan::empty(Verb::Revoke, deck.now()));
    }
    let work = of_tokens(Verb::Revoke, views);
    run(deck, BulkWork { named: false, ..work }).await
}

/// Switches off the tokens that break rules of their account: they were not named one by
/// one, so that one which can't be is no failure.
pub(in crate::cli) async fn disable_offenders(deck: &Deck, views: &[TokenView]) -> Ended {
    run(deck, BulkWork { named: false, ..of_tokens(Verb::Disable, views) }).await
}

/// Acts on all that the filters find.
pub(super) async fn found(deck: &Deck, verb: Verb, filters: &FilterArgs) -> Ended {
    run(deck, of_found(deck, verb, filters).await?).await
}

/// What a verb does to all that the filters find.
pub(super) async fn of_found(
    deck: &Deck,
    verb: Verb,
    filters: &FilterArgs,
) -> Result<BulkWork, Failure> {
    let query = query(deck, filters, &[], Bare::Name).await?;
    if !query.has_term() {
        return Err(which(verb));
    }
    let catalogue = deck.backend.catalogue().await?;
    let accounts = match query.account {
        AccountFilter::One(id) => catalogue.account_name(Some(id)),
        AccountFilter::Any => realm(deck.operator(), &catalogue),
    };
    let (target, whose) = (Target::Found(query), format!("that the filters find in {accounts}"));
    Ok(unnamed(verb, target, whose))
}

/// `tokendeck token revoke-all`.
pub(super) async fn revoke_all(deck: &Deck, args: &RevokeAllArgs) -> Ended {
    args.refuse_blank()?;
    let catalogue = deck.backend.catalogue().await?;
    let (target, whose) = match (&args.account, &args.owner) {
        (Some(text), _) => {
            let id = resolve::account(&catalogue, text)?;
            (Target::Account(id), format!("of {}", catalogue.account_name(Some(id))))
        }
        (None, Some(text)) => {
            let id = resolve::user(&catalogue, text)?;
            let name = catalogue.users.get(&id).map_or_else(|| id.to_string(), |u| u.name.clone());
            (Target::Owner(id), format!("of {name}"))
        }
        (None, None) => return Err(Failure::Usage("give --account or --owner".to_owned())),
    };
    run(deck, unnamed(Verb::Revoke, target, whose)).await
}

fn unnamed(verb: Verb, target: Target, whose: String) -> BulkWork {
    BulkWork { verb, target, whose, named: false, met: BTreeSet::new(), to: None }
}

async fn run(deck: &Deck, work: BulkWork) -> Ended {
    let verb = work.verb;
    let to = work.to.as_ref().map(|to| to.receiver);
    let ask = TokenPlanAsk { verb, to, target: work.target.clone() };
    let plan = match deck.backend.plan_as(PlanAsk::Tokens(ask)).await {
        Err(BackendError { cause: Cause::Refused(Refusal::NothingToDo(_)), .. }) if !work.named => {
            Plan::empty(verb, deck.now())
        }
        plan => plan?,
    };
    let all_met = plan.items.iter().all(|item| work.met.contains(&item.id));
    if plan.count() == 0 && work.named && all_met {
        return nothing(deck, &plan);
    }
    if plan.count() == 0 && work.named {
        say_reasons(deck, &plan);
        return Err(Refusal::NothingToDo(verb).into());
    }
    if plan.count() == 0 && !deck.is_dry() {
        return nothing(deck, &plan);
    }
    if is_only_told(deck, &plan)? {
        return Ok(Finish::Done);
    }
    deck.confirm(&question(deck, &plan, &work))?;
    let (_, report) = carry_out(deck, plan).await?;
    tell(deck, &report, None, None)?;
    Ok(work.exit(&report))
}

impl BulkWork {
    /// How the command ends.
    pub(super) fn exit(&self, report: &Report) -> Finish {
        let (done, skipped, failed) = report.counts();
        let met = report.items.iter().filter(|item| self.met.contains(&item.id)).count();
        exit((done, skipped.saturating_sub(met), failed), self.named)
    }
}

/// All that a filter finds is as it is wanted: that is no failure, for whoever says it
/// twice or on several accounts must get to the end.
pub(super) fn nothing(deck: &Deck, plan: &Plan) -> Ended {
    report::nothing(deck, plan)?;
    deck.output.note(&Refusal::NothingToDo(plan.verb).to_string());
    Ok(Finish::Done)
}

/// How many of them are in use.
pub(super) fn lately(plan: &Plan) -> Option<String> {
    let lately = plan.acting().filter(|item| item.used_lately).count();
    (lately > 0).then(|| format!("{} of them were used in the last 24 hours.", thousands(lately)))
}

fn question(deck: &Deck, plan: &Plan, work: &BulkWork) -> Question {
    let whose = &work.whose;
    let (verb, count) = (plan.verb, plan.count());
    let cancels = plan.only_cancels();
    let (title, noun) = if cancels { ("Cancel", "request") } else { (verb.title(), "token") };
    let many = if count == 1 { "" } else { "s" };
    let asked = format!("{title} {} {noun}{many} {whose}", thousands(count));
    let mut lines = vec![format!("{}?", deck.place(&asked))];
    lines.extend(lately(plan));
    lines.extend(report::found_elsewhere(plan));
    lines.extend(plan.look_alikes().map(|alike| format!("{alike}.")));
    lines.extend(reasons(plan));
    lines.extend(report::exported(plan).map(|values| format!("{values}.")));
    if let Some(to) = &work.to {
        let words = to.words.replace("its account", "their accounts");
        lines.push(format!(
            "They are handed {words} and keep their values, which whoever had them knows."
        ));
    }
    if verb == Verb::Revoke && !cancels {
        lines.push("Revoking disables access to all associated products.".to_owned());
    }
    if verb.is_final() {
        lines.push("This can't be undone.".to_owned());
    }
    bulk::question(plan, title, lines)
}
