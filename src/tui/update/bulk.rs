//! Bulk actions: a plan is asked for and confirmed as it is, then run as it was
//! confirmed (R52, R53). A plan that changed meanwhile is confirmed anew.

use crate::tui::shared::Shared;
use std::sync::Arc;

use crossterm::event::KeyCode;

use crate::backend::{Answer, BackendError};
use crate::domain::Verb;
use crate::text::Safe;
use crate::tui::bulk::{Bulk, Whose};
use crate::tui::call::Call;
use crate::tui::deed::Deed;
use crate::tui::key::Key;
use crate::tui::model::{Model, Purpose};
use crate::tui::notice::Kind;
use crate::tui::orders::Proposal;
use crate::tui::overlay::{Confirm, Entry, Overlay, Word};
use crate::tui::reply::Planned;
use crate::tui::view;
use crate::wire::Target;

impl Shared {
    /// Starts it as it was confirmed; a plan that was started is not started again.
    pub(super) fn run_again(&mut self, bulk: Arc<Bulk>) {
        self.acting.extend(bulk.plan.acting().map(|item| item.id));
        self.ask(Call::Start(bulk));
    }
}

impl Model {
    /// Asks what doing this to the selected tokens would come to.
    pub(super) fn propose(&mut self, verb: Option<Verb>) {
        let target = Target::Tokens(self.tokens.selection.ids());
        self.ask_plan(verb, target, Whose::Selected);
    }

    /// The same for all tokens of the user on screen, else of the account in the title
    /// (R53, R54).
    pub(super) fn confirm_revoke_all(&mut self) {
        if let Some(viewed) = self.tokens.viewed() {
            let user = &viewed.user.user;
            let (target, whose) = (Target::Owner(user.id), Whose::User(user.name.clone()));
            return self.ask_plan(Some(Verb::Revoke), target, whose);
        }
        let Some(id) = self.account() else { return };
        let whose = Whose::Account(self.catalogue.account_name(Some(id)));
        self.ask_plan(Some(Verb::Revoke), Target::Account(id), whose);
    }

    pub(super) fn ask_plan(&mut self, verb: Option<Verb>, target: Target, whose: Whose) {
        let purpose = Purpose::Confirm(Box::new((target.clone(), whose)));
        self.asking = Some(purpose);
        let query = self.tokens.list.query.clone();
        self.ask(Call::Plan(Box::new(Proposal { verb, target, query, again: false })));
    }

    /// Something changed: the plan of the dialog on screen is asked for again.
    pub(super) fn propose_again(&mut self) {
        let Some(Deed::Run(bulk)) = self.dialog().map(|dialog| &dialog.deed) else {
            return;
        };
        let (verb, target) = (Some(bulk.plan.verb), bulk.target.clone());
        let query = self.tokens.list.query.clone();
        self.ask(Call::Plan(Box::new(Proposal { verb, target, query, again: true })));
    }

    pub(super) fn planned(&mut self, result: Answer<Planned>) {
        let Some(Purpose::Confirm(aim)) = self.asking.take() else { return };
        let (target, whose) = *aim;
        match result {
            Ok(Planned::Plan { plan, hidden }) => {
                self.open_bulk(Bulk { plan: *plan, target, whose, hidden });
            }
            Ok(Planned::Mixed) => {
                self.open_menu();
                self.say(Kind::Info, "Some are enabled and some disabled: choose");
            }
            Err(error) => self.not_planned(&error),
        }
        // A dialog that opened drops what was typed before it was seen.
        self.take_held();
    }

    fn not_planned(&mut self, error: &BackendError) {
        match error.refusal() {
            Some(refusal) => self.say(Kind::Refused, refusal.to_string()),
            None => self.failed("look at the tokens", error),
        }
        self.drop_held();
    }

    fn open_bulk(&mut self, bulk: Bulk) {
        if bulk.plan.count() == 0 {
            self.say(Kind::Refused, nothing_to_do(&bulk));
            self.drop_held();
            return;
        }
        let dialog = self.bulk_dialog(bulk);
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    fn bulk_dialog(&self, bulk: Bulk) -> Confirm {
        let place = format!("{}  {}", self.place(), self.backend());
        let place = Safe::line(&place).into_string();
        let entry =
            bulk.plan.phrase().map_or(Entry::Nothing, |phrase| Entry::Word(Word::new(phrase)));
        let title = bulk.title();
        let room = view::dialog_room(self, (&title, &place), &entry);
        let stages = bulk.stages(room);
        Confirm::new(title, place, stages, Deed::Run(Arc::new(bulk))).wanting(entry)
    }

    /// A dialog about what is no longer so starts again, or closes with the reason.
    pub(super) fn recheck_bulk(&mut self, result: Answer<Planned>) {
        let Some(Deed::Run(bulk)) = self.dialog().map(|dialog| &dialog.deed) else { return };
        let (bulk, verb) = (Arc::clone(bulk), bulk.plan.verb);
        let (plan, hidden) = match result {
            Ok(Planned::Plan { plan, .. }) if bulk.plan.is_same(&plan) => return,
            Ok(Planned::Plan { plan, hidden }) if plan.count() > 0 => (*plan, hidden),
            Err(error) if error.refusal().is_none() => return,
            Ok(_) | Err(_) => {
                self.void_question(format!("They changed meanwhile: no tokens to {verb}"));
                return;
            }
        };
        self.overlays.pop();
        let (target, whose) = (bulk.target.clone(), bulk.whose.clone());
        let mut dialog = self.bulk_dialog(Bulk { plan, target, whose, hidden });
        dialog.note = Some("The tokens changed meanwhile: look again".to_owned());
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    pub(super) fn run_bulk(&mut self, bulk: Arc<Bulk>) {
        self.overlays.pop();
        self.run_again(bulk);
    }

    /// Takes a letter into the field of the dialog on top. True where there is one
    /// and the key was for it.
    pub(super) fn type_word(&mut self, key: Key) -> bool {
        let Some(word) = self.dialog_mut().and_then(Confirm::field) else { return false };
        match (key.code(), key.with_control()) {
            (KeyCode::Backspace, false) | (KeyCode::Char('h'), true) => word.pop(),
            (KeyCode::Char('u'), true) => word.clear(),
            _ => match key.printable() {
                Some(letter) if !crate::text::is_hidden(letter) => word.push(letter),
                _ => return false,
            },
        }
        true
    }
}

fn nothing_to_do(bulk: &Bulk) -> String {
    let skipped = bulk.skipped().unwrap_or_default();
    format!("No tokens to {} {skipped}", bulk.plan.verb).trim_end().to_owned()
}
