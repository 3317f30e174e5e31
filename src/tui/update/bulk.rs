//! Work on many: a plan is asked for and confirmed as it is, then run as it was confirmed
//! (R52, R53, R119 to R125). A plan that changed meanwhile is confirmed anew.

use std::sync::Arc;

use crate::backend::Answer;
use crate::domain::{Query, Verb};
use crate::text::{safe_line, wrap};
use crate::tui::bulk::{Bulk, BulkText, Planned, Proposal, Whose};
use crate::tui::call::Call;
use crate::tui::deed::Deed;
use crate::tui::layers::{Confirm, Entry, Menu, Word, room_for_text};
use crate::tui::model::{Model, Purpose};
use crate::tui::notice::Kind;
use crate::tui::shared::Shared;
use crate::wire::Target;

impl Shared {
    /// Starts it as it was confirmed; a plan that was started is not started again.
    pub(super) fn run_again(&mut self, bulk: Arc<Bulk>) {
        self.acting.extend(bulk.plan.acting().map(|item| item.id.clone()));
        self.ask(Call::Start(bulk));
    }
}

/// What tokens and users have of their own while a plan of theirs is asked for.
pub(in crate::tui) trait BulkAsk: BulkText {
    /// What is listed.
    fn query(model: &Model) -> Self::Query;
    /// Asks for a plan.
    fn call(proposal: Box<Proposal<Self>>) -> Call;
    /// What confirming it stands for.
    fn deed(bulk: Arc<Bulk<Self>>) -> Deed;
    /// What a dialog is about, if it is one of these.
    fn of(deed: &Deed) -> Option<&Bulk<Self>>;
}

impl BulkAsk for Verb {
    fn query(model: &Model) -> Query {
        model.screens.tokens.list.query.clone()
    }

    fn call(proposal: Box<Proposal>) -> Call {
        Call::Plan(proposal)
    }

    fn deed(bulk: Arc<Bulk>) -> Deed {
        Deed::Run(bulk)
    }

    fn of(deed: &Deed) -> Option<&Bulk> {
        if let Deed::Run(bulk) = deed { Some(bulk) } else { None }
    }
}

impl Model {
    /// Asks what doing this to the selected tokens would come to.
    pub(super) fn propose(&mut self, verb: Option<Verb>) {
        let target = Target::Tokens(self.screens.tokens.list.selection.ids());
        self.ask_plan(verb, target, Whose::Selected);
    }

    /// The same for all tokens of the user on screen, else of the account in the title
    /// (R53, R54).
    pub(super) fn confirm_revoke_all(&mut self) {
        if let Some(viewed) = self.screens.tokens.viewed() {
            let user = &viewed.user.user;
            let (target, whose) = (Target::Owner(user.id), Whose::User(user.name.clone()));
            return self.ask_plan(Some(Verb::Revoke), target, whose);
        }
        let Some(id) = self.account() else { return };
        let whose = Whose::Account(self.catalogue.account_name(Some(id)));
        self.ask_plan(Some(Verb::Revoke), Target::Account(id), whose);
    }

    /// Asks what doing this would come to, to have it confirmed.
    pub(super) fn ask_plan<V: BulkAsk>(&mut self, verb: Option<V>, target: V::Target, aim: V::Aim) {
        self.asking = Some(Purpose::Confirm);
        let query = V::query(self);
        self.ask(V::call(Box::new(Proposal { verb, target, aim, query, again: false })));
    }

    /// Something changed: the plan of the dialog on screen is asked for again.
    pub(super) fn propose_again<V: BulkAsk>(&mut self) {
        let Some(bulk) = self.layers.top::<Confirm>().and_then(|dialog| V::of(&dialog.deed)) else {
            return;
        };
        let (verb, target, aim) = (Some(bulk.plan.verb), bulk.target.clone(), bulk.aim.clone());
        let query = V::query(self);
        self.ask(V::call(Box::new(Proposal { verb, target, aim, query, again: true })));
    }

    pub(super) fn planned<V: BulkAsk>(
        &mut self,
        proposal: Proposal<V>,
        result: Answer<Planned<V>>,
    ) {
        let Proposal { target, aim, again, .. } = proposal;
        let planned = result.map(|planned| match planned {
            Planned::Plan { plan, hidden } => Some(Bulk { plan: *plan, target, aim, hidden }),
            Planned::Mixed => None,
        });
        if again {
            return self.recheck(planned);
        }
        let Some(Purpose::Confirm) = self.asking.take() else { return };
        match planned {
            Ok(Some(bulk)) if bulk.plan.count() > 0 => {
                let dialog = self.bulk_dialog(bulk);
                self.layers.push(dialog);
            }
            Ok(Some(bulk)) => {
                self.say(Kind::Refused, bulk.nothing_to_do());
                self.drop_held();
            }
            Ok(None) => {
                self.layers.push(Menu::open(&self.seen()));
                self.say(Kind::Info, "Some are enabled and some disabled: choose");
            }
            Err(error) => {
                match error.refusal() {
                    Some(refusal) => self.say(Kind::Refused, refusal.to_string()),
                    None => self.failed(&format!("look at {}", V::LOOK), &error),
                }
                self.drop_held();
            }
        }
        // A dialog that opened drops what was typed before it was seen.
        self.take_held();
    }

    fn bulk_dialog<V: BulkAsk>(&self, bulk: Bulk<V>) -> Confirm {
        let place = format!("{}  {}", self.place(), self.backend());
        let place = safe_line(&place);
        let entry =
            bulk.plan.phrase().map_or(Entry::Nothing, |phrase| Entry::Word(Word::new(phrase)));
        let title = bulk.title();
        let mut room = room_for_text(&self.seen(), (&title, &place), &entry);
        let warnings = self.warnings(&bulk.plan.abilities(), None);
        let high: usize = warnings.iter().map(|text| wrap(text, room.columns).len()).sum();
        room.rows = room.rows.saturating_sub(high);
        let stages = bulk.stages(room);
        let dialog = Confirm::new(title, place, stages, V::deed(Arc::new(bulk)));
        dialog.warning(warnings).wanting_last(entry)
    }

    /// A dialog about what is no longer so starts again, or closes with the reason.
    fn recheck<V: BulkAsk>(&mut self, planned: Answer<Option<Bulk<V>>>) {
        let Some(asked) = self.layers.top::<Confirm>().and_then(|dialog| V::of(&dialog.deed))
        else {
            return;
        };
        let verb = asked.plan.verb;
        let bulk = match planned {
            Ok(Some(bulk)) if asked.plan.is_same(&bulk.plan) => return,
            Ok(Some(bulk)) if bulk.plan.count() > 0 => bulk,
            Err(error) if error.refusal().is_none() => return,
            Ok(_) | Err(_) => {
                let nothing = V::NOTHING.to_lowercase();
                self.void_question(format!("They changed meanwhile: {nothing} to {verb}"));
                return;
            }
        };
        self.layers.pop();
        let mut dialog = self.bulk_dialog(bulk);
        dialog.note = Some(format!("{} changed meanwhile: look again", V::CHANGED));
        self.layers.push(dialog);
    }

    pub(super) fn run_bulk(&mut self, bulk: Arc<Bulk>) {
        self.layers.pop();
        self.run_again(bulk);
    }
}
