//! Accepting a requested token (R126): at once where it replaces nothing, else after
//! one question that names what goes.

use crate::backend::{Answer, BackendError};
use crate::domain::Verb;
use crate::text::{Safe, safe_line};
use crate::tui::call::Call;
use crate::tui::layers::Confirm;
use crate::tui::model::{Model, Purpose};
use crate::tui::notice::Kind;
use crate::tui::orders::Order;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::Attempt;
use crate::wire::{Ability, Issued};

impl Shared {
    pub(super) fn accept_now(&mut self, order: Order) {
        self.acting.insert(order.id.clone());
        self.ask(Call::Accept(order));
    }

    fn not_accepted(&mut self, order: &Order, error: &BackendError) {
        let name = Safe::line(&order.name);
        match error.refusal() {
            Some(refusal) => self.say(Kind::Refused, refusal.to_string()),
            None => self.failed(&format!("accept {name}"), error),
        }
    }
}

impl Shared {
    fn accept_dialog(&self, order: Order, replaced: &[String], warnings: Vec<String>) -> Confirm {
        let place = safe_line(&format!("{}  {}", self.place(), self.backend()));
        let names = safe_line(&replaced.join(", "));
        let end = if replaced.len() == 1 { "its value stops" } else { "their values stop" };
        let mut text = vec![format!("Accept {} {}?", Safe::line(&order.name), order.id)];
        if !replaced.is_empty() {
            text.push(format!("It replaces {names}; {end} working. This can't be undone."));
        }
        let stage = Stage { text, button: Verb::Accept.title() };
        Confirm::new("Accept API token".to_owned(), place, vec![stage], order).warning(warnings)
    }
}

impl Model {
    /// Asks what accepting the token under the cursor would replace.
    pub(super) fn accept(&mut self) {
        let Some(view) = self.screens.target() else { return };
        let token = &view.token;
        let (id, name, version) = (token.id.clone(), token.name.clone(), token.version);
        let order = Order { verb: Verb::Accept, id, name, version };
        self.asking = Some(Purpose::Accept(order.clone()));
        self.ask(Call::Replaced(order));
    }

    pub(super) fn replaced(&mut self, result: Answer<Vec<String>>) {
        let Some(Purpose::Accept(order)) = self.asking.take() else { return };
        match result {
            Ok(names) => {
                let row = self.screens.tokens.list.find(&order.id);
                let warnings = self.warnings(&[Ability::Accept], row);
                if names.is_empty() && warnings.is_empty() {
                    self.accept_now(order);
                } else {
                    let dialog = self.accept_dialog(order, &names, warnings);
                    self.layers.push(dialog);
                }
            }
            Err(error) => {
                self.not_accepted(&order, &error);
                self.drop_held();
            }
        }
        self.take_held();
    }

    pub(super) fn accepted(&mut self, order: &Order, result: Answer<Box<Issued>>) {
        self.acting.remove(&order.id);
        match result {
            Ok(issued) => self.take_issued(*issued, Verb::Accept),
            Err(error) => {
                self.not_accepted(order, &error);
                self.screens.tokens.doubt(&mut self.shared, Attempt::Token(order.clone()), &error);
            }
        }
        self.screens.tokens.reload(&mut self.shared);
    }
}
