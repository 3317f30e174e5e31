//! A question about what is no longer so: it starts again with what is so now, or says why there
//! is nothing left to confirm.

use std::sync::Arc;

use crate::backend::Answer;
use crate::domain::hand_over::may_receive;
use crate::domain::{HolderVerb, Verb};
use crate::text::{safe_line, wrap};
use crate::tui::bulk::{Bulk, BulkText, Planned, Proposal};
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::jobs;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::place::Context;
use crate::tui::shared::Shared;
use crate::wire::{Ability, JobState, RowId, TokenView};

use super::{Confirm, Entry, Terms, Word, draw::room_for_text};

/// What tokens and users have of their own while a plan of theirs is asked for.
pub(in crate::tui) trait BulkAsk: BulkText {
    /// Asks for a plan.
    fn call(proposal: Box<Proposal<Self>>) -> Call;
    /// What confirming it stands for.
    fn deed(bulk: Arc<Bulk<Self>>) -> Deed;
    /// What a dialog is about, if it is one of these.
    fn of(deed: &Deed) -> Option<&Bulk<Self>>;
    /// What has to be chosen before it is confirmed.
    fn terms(bulk: &Bulk<Self>, shared: &Shared) -> Option<Terms>;
}

impl BulkAsk for Verb {
    fn call(proposal: Box<Proposal>) -> Call {
        Call::Plan(proposal)
    }

    fn deed(bulk: Arc<Bulk>) -> Deed {
        Deed::Run(bulk)
    }

    fn of(deed: &Deed) -> Option<&Bulk> {
        if let Deed::Run(bulk) = deed { Some(bulk) } else { None }
    }

    fn terms(bulk: &Bulk, shared: &Shared) -> Option<Terms> {
        match bulk.plan.verb {
            Self::Regenerate => {
                let name = format!("api-tokens-{}.csv", shared.wall().format("%Y%m%dT%H%M%SZ"));
                let file = shared.options.export_dir.join(name).display().to_string();
                let overlaps = shared.session.abilities.refusal(Ability::Overlap).is_none();
                Some(Terms::of_many(file, overlaps))
            }
            Self::Edit
            | Self::Enable
            | Self::Disable
            | Self::Revoke
            | Self::Delete
            | Self::Accept
            | Self::Reveal
            | Self::DropOld
            | Self::HandOver => None,
        }
    }
}

impl BulkAsk for HolderVerb {
    fn call(proposal: Box<Proposal<Self>>) -> Call {
        Call::PlanHolders(proposal)
    }

    fn deed(bulk: Arc<Bulk<Self>>) -> Deed {
        Deed::Holders(bulk)
    }

    fn of(deed: &Deed) -> Option<&Bulk<Self>> {
        if let Deed::Holders(bulk) = deed { Some(bulk) } else { None }
    }

    fn terms(_bulk: &Bulk<Self>, _shared: &Shared) -> Option<Terms> {
        None
    }
}

/// The question about work on many.
pub(in crate::tui) fn bulk_question<V: BulkAsk>(bulk: Bulk<V>, shared: &Shared) -> Confirm {
    let place = safe_line(&format!("{}  {}", shared.place(), shared.backend()));
    let entry = bulk.plan.phrase().map_or(Entry::Nothing, |phrase| Entry::Word(Word::new(phrase)));
    let title = bulk.title();
    let terms = V::terms(&bulk, shared).map(Entry::Terms);
    let mut room = room_for_text(shared, (&title, &place), terms.as_ref().unwrap_or(&entry));
    let warnings = shared.warnings(&bulk.plan.abilities(), None);
    let high: usize = warnings.iter().map(|text| wrap(text, room.columns).len()).sum();
    room.rows = room.rows.saturating_sub(high);
    let stages = bulk.stages(room);
    let question = Confirm::new(title, place, stages, V::deed(Arc::new(bulk)));
    let question = question.warning(warnings).wanting_last(entry);
    match terms {
        Some(terms) => question.wanting(terms),
        None => question,
    }
}

/// Asks for the plan again, of which a question on screen is.
fn ask_again<V: BulkAsk>(bulk: &Bulk<V>, query: V::Query, shared: &mut Shared) {
    let (verb, target, aim) = (Some(bulk.plan.verb), bulk.target.clone(), bulk.aim.clone());
    shared.ask(V::call(Box::new(Proposal { verb, target, aim, query, again: true })));
}

impl Confirm {
    /// It starts again, and says that something changed.
    fn start_again(&mut self, with: Self, note: String) {
        *self = Self { note: Some(note), ..with };
    }

    /// There is nothing left to confirm: it says why instead of asking, and so do the messages.
    fn is_moot(&mut self, why: String, shared: &mut Shared) {
        self.void(why.clone());
        shared.say(Kind::Refused, why);
    }

    /// Rows came: what it is about may be another by now.
    fn look_again(&mut self, context: &mut Context<'_>) {
        let Context { shared, screens, .. } = context;
        if let Some(bulk) = Verb::of(&self.deed) {
            return ask_again(bulk, screens.tokens().list.query.clone(), shared);
        }
        let Some(id) = self.order().map(|order| order.id.clone()) else { return };
        match screens.tokens().list.find(&id).cloned() {
            Some(view) => self.recheck(&view, context),
            None => drop(shared.ask(Call::Show(id))),
        }
    }

    /// A token is now like this.
    fn recheck(&mut self, view: &TokenView, context: &mut Context<'_>) {
        let Context { shared, screens, .. } = context;
        let Some(order) = self.order() else { return };
        if order.id != view.token.id || order.version == view.token.version {
            return;
        }
        let (name, verb) = (safe_line(&view.token.name), order.verb);
        if verb == Verb::Accept {
            // What it replaces has to be asked for anew.
            return self.is_moot(format!("{name} changed meanwhile: accept it again"), shared);
        }
        if let Some(refusal) = shared.refused(view, verb) {
            return self.is_moot(format!("{name} changed meanwhile: {refusal}"), shared);
        }
        let of_user = screens.tokens().viewed().is_some();
        let again = match &self.deed {
            Deed::Give(gift) => {
                let who = (&shared.session.operator, &shared.catalogue);
                if let Err(refusal) = may_receive(&view.token, gift.how.to, who) {
                    return self.is_moot(format!("{name} changed meanwhile: {refusal}"), shared);
                }
                Self::of_gift(shared, view, gift.how.to)
            }
            _ => Self::of_token(shared, verb, view, of_user),
        };
        self.start_again(again, "It changed meanwhile: look again".to_owned());
    }

    /// The job that it is about may have ended, or go on elsewhere.
    fn recheck_job(&mut self, shared: &mut Shared) {
        let Some(asked) = self.job().map(|job| job.id) else { return };
        let mut jobs = shared.jobs.list.iter().flatten();
        let Some(job) = jobs.find(|job| job.id == asked).filter(|job| !job.state.waits()) else {
            return;
        };
        let name = jobs::name(job);
        let why = match job.state {
            JobState::Running => format!("{name} goes on meanwhile, elsewhere"),
            state => {
                let how = if state == JobState::Abandoned { "was abandoned" } else { "ended" };
                format!("{name} {how} meanwhile: {}", jobs::result(job))
            }
        };
        self.is_moot(why, shared);
    }

    /// A token is gone, or no longer the operator's to see.
    fn lose(&mut self, id: &RowId, shared: &mut Shared) {
        if self.order().is_some_and(|order| order.id == *id) {
            self.is_moot(format!("{id} is no longer here"), shared);
        }
    }

    /// The plan that it is about was asked for again.
    pub(super) fn planned_again<V: BulkAsk>(
        &mut self,
        proposal: Proposal<V>,
        result: Answer<Planned<V>>,
        shared: &mut Shared,
    ) {
        let Some(asked) = V::of(&self.deed) else { return };
        let verb = asked.plan.verb;
        let Proposal { target, aim, .. } = proposal;
        match result {
            Ok(Planned::Plan { plan, .. }) if asked.plan.is_same(&plan) => {}
            Ok(Planned::Plan { plan, hidden }) if plan.count() > 0 => {
                let again = bulk_question(Bulk { plan: *plan, target, aim, hidden }, shared);
                self.start_again(again, format!("{} changed meanwhile: look again", V::CHANGED));
            }
            Err(error) if error.refusal().is_none() => {}
            Ok(_) | Err(_) => {
                let nothing = V::NOTHING.to_lowercase();
                self.is_moot(format!("They changed meanwhile: {nothing} to {verb}"), shared);
            }
        }
    }

    /// What it asks about may be no longer so.
    pub(super) fn hear(&mut self, news: &News, context: &mut Context<'_>) {
        match news {
            News::Tokens => self.look_again(context),
            News::Users => {
                if let Some(bulk) = HolderVerb::of(&self.deed) {
                    ask_again(bulk, context.screens.users.list.query.clone(), context.shared);
                }
            }
            News::Token(view) => self.recheck(view, context),
            News::Gone(id) => self.lose(id, context.shared),
            News::Jobs => self.recheck_job(context.shared),
            News::Ended(_) if self.deed == Deed::Quit && !context.shared.would_interrupt() => {
                let quit = context.shared.keymap.first_key_of(Command::Quit);
                let why = format!("The work is done meanwhile: {quit} quits");
                self.is_moot(why, context.shared);
            }
            News::Ended(_) | News::Written | News::Known => {}
        }
    }
}
