//! Accepting a requested token (R126): at once where it replaces nothing, else after
//! one question that names what goes.

use crate::backend::{Answer, BackendError};
use crate::domain::Verb;
use crate::text::{Safe, safe_line};
use crate::tui::call::Call;
use crate::tui::layers::Confirm;
use crate::tui::notice::Kind;
use crate::tui::orders::Order;
use crate::tui::place::Outside;
use crate::tui::purpose::Purpose;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::update::tokens::changes::take_issued;
use crate::wire::{Ability, Issued};

impl Shared {
    pub(in crate::tui::update) fn accept_now(&mut self, order: Order) {
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

impl Tokens {
    /// Asks what accepting the token under the cursor would replace.
    pub(super) fn accept(&self, shared: &mut Shared) {
        let Some(view) = self.target() else { return };
        let token = &view.token;
        let (id, name, version) = (token.id.clone(), token.name.clone(), token.version);
        let order = Order { verb: Verb::Accept, id, name, version };
        shared.asking = Some(Purpose::Accept(order.clone()));
        shared.ask(Call::Replaced(order));
    }

    pub(super) fn replaced(&self, result: Answer<Vec<String>>, outside: &mut Outside<'_>) {
        let shared = &mut *outside.shared;
        let Some(Purpose::Accept(order)) = shared.asking.take() else { return };
        match result {
            Ok(names) => {
                let warnings = shared.warnings(&[Ability::Accept], self.list.find(&order.id));
                if names.is_empty() && warnings.is_empty() {
                    return shared.accept_now(order);
                }
                let dialog = shared.accept_dialog(order, &names, warnings);
                outside.open(dialog);
            }
            Err(error) => {
                shared.not_accepted(&order, &error);
                shared.drop_held();
            }
        }
    }

    pub(super) fn accepted(
        &mut self,
        order: Order,
        result: Answer<Box<Issued>>,
        outside: &mut Outside<'_>,
    ) {
        let shared = &mut *outside.shared;
        shared.acting.remove(&order.id);
        match result {
            Ok(issued) => take_issued(issued, Verb::Accept, outside),
            Err(error) => {
                shared.not_accepted(&order, &error);
                self.doubt(order, &error, shared);
            }
        }
        self.reload(outside.shared);
    }
}
