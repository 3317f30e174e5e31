//! A new value for a token: the terms in the dialog, and what comes of them (R68,
//! R69).

use crate::backend::Answer;
use crate::domain::Verb;
use crate::text::Safe;
use crate::tui::call::Call;
use crate::tui::layers::{Confirm, Entry, Issue, Terms};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::orders::{Order, Renewal};
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::Attempt;
use crate::wire::{Issued, Retention, TokenView};

impl Shared {
    /// Whether nothing shows the value of such a token again (D11).
    pub(super) fn is_shown_once(&self, view: &TokenView) -> bool {
        view.token.owner.is_some() || self.session.retention == Retention::HashOnly
    }
}

impl Model {
    /// The terms are confirmed.
    pub(super) fn regenerate(&mut self, order: Order) {
        let terms = match self.layers.top::<Confirm>().map(|dialog| &dialog.entry) {
            Some(Entry::Terms(terms)) => terms.clone(),
            _ => return,
        };
        self.layers.pop();
        self.acting.insert(order.id.clone());
        let Terms { expiry, overlap, .. } = terms;
        self.ask(Call::Regenerate(Renewal { order, expiry, overlap }));
    }

    pub(super) fn regenerated(&mut self, order: &Order, result: Answer<Box<Issued>>) {
        self.acting.remove(&order.id);
        match result {
            Ok(issued) => self.take_issued(*issued, Verb::Regenerate),
            Err(error) => {
                let name = Safe::line(&order.name);
                self.failed(&format!("regenerate {name}"), &error);
                self.screens.tokens.doubt(&mut self.shared, Attempt::Token(order.clone()), &error);
            }
        }
        self.screens.tokens.reload(&mut self.shared);
    }

    /// A token has a new value, or at least a new state, after this was done to it.
    pub(super) fn take_issued(&mut self, issued: Issued, verb: Verb) {
        let name = Safe::line(&issued.token.token.name);
        self.say(Kind::Ok, format!("API token {name} was {}", verb.past()));
        self.show_issued(issued);
    }

    /// A token is now like this; its new value is shown, where it got one (R112).
    pub(super) fn show_issued(&mut self, issued: Issued) {
        let Issued { token, value } = issued;
        self.take_changed(token.clone());
        if let Some(value) = value.filter(|_| !self.told_to_end) {
            let once = self.is_shown_once(&token);
            self.layers.push(Issue::new(Box::new(token), value, once));
            // Whoever was about to leave would leave without the value.
            self.leaving = false;
        }
    }
}
