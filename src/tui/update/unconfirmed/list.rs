//! The list of changes that are not known to be done, and what an operator does about
//! one: order it again, insist on it, dismiss it, or leave with it open.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::backend::BackendError;
use crate::tui::bulk::{self, Bulk, Whose};
use crate::tui::call::Call;
use crate::tui::layers::leaving;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::reach::Sign;
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::{Attempt, Fate, Unconfirmed, Warned};
use crate::tui::update::plan;
use crate::wire::Target;

impl Shared {
    pub(in crate::tui) fn unconfirmed_mut(&mut self, number: u64) -> Option<&mut Unconfirmed> {
        self.unconfirmed.iter_mut().find(|known| known.number == number)
    }

    /// A bulk action is on record, and what is kept about these tokens with it.
    pub(in crate::tui::update) fn was_started(&mut self, bulk: &Bulk) {
        self.was_done(&Attempt::from(&bulk.plan));
        if self.unconfirmed_here().next().is_none() {
            return;
        }
        let tokens: BTreeSet<_> = bulk.plan.acting().map(|item| item.id.clone()).collect();
        let within = |known: &&Unconfirmed| match &known.kept.attempt {
            Attempt::Start(before) => {
                before.verb == bulk.plan.verb
                    && known.kept.fate == Fate::NotDone
                    && !before.tokens.is_empty()
                    && before.tokens.is_subset(&tokens)
            }
            _ => false,
        };
        let numbers: Vec<_> =
            self.unconfirmed_here().filter(within).map(|known| known.number).collect();
        for number in numbers {
            self.forget_unconfirmed(number);
        }
    }

    /// Those of which it is still to be found out what became of them.
    pub(in crate::tui) fn still_open(&self) -> impl Iterator<Item = &Unconfirmed> {
        self.unconfirmed_here().filter(|known| known.kept.is_open())
    }

    /// Whether leaving has to be asked about once, for something is open.
    pub(in crate::tui::update) fn must_warn(&self) -> bool {
        self.warned != Warned::Agreed && !self.told_to_end && self.still_open().next().is_some()
    }
}

impl Shared {
    /// It is not known to be on record.
    pub(in crate::tui::update) fn not_started(&mut self, bulk: &Arc<Bulk>, error: &BackendError) {
        let attempt = Attempt::from(&bulk.plan);
        let subject = attempt.subject();
        let before = self.unconfirmed_here().find(|known| known.kept.attempt.subject() == subject);
        // What is tried again and again is not told each time.
        if !before.is_some_and(|known| known.insists) || Sign::of(error) == Some(Sign::Answer) {
            let tokens = bulk::tokens(bulk.plan.count());
            self.failed(&format!("{} {tokens}", bulk.plan.verb), error);
        }
        let Some(number) = self.doubt(attempt, false, error) else { return };
        let known = self.unconfirmed.iter_mut().find(|known| known.number == number);
        if let Some(known) = known {
            known.bulk = bulk.plan.id.map(|_| Arc::clone(bulk));
        }
    }
}

impl Model {
    /// Orders it once more, as it was confirmed.
    pub(in crate::tui::update) fn order_again(&mut self, number: u64) {
        let mine = |known: &&Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter().find(mine).cloned() else {
            self.say(Kind::Info, "It is not open any more: look again");
            return;
        };
        let before = std::mem::replace(&mut self.because, known.kept.reason.clone());
        match (known.kept.attempt, known.bulk) {
            (Attempt::Token(order), _) => {
                if self.acting.insert(order.id.clone()) {
                    self.ask(Call::Act(order));
                }
            }
            (Attempt::Start(_), Some(bulk)) => {
                if !bulk.plan.acting().any(|item| self.acting.contains(&item.id)) {
                    self.run_again(bulk);
                }
            }
            (Attempt::Start(bulk), None) if bulk.tokens.is_empty() => {
                self.say(Kind::Refused, "Its tokens are not known any more: select them again");
            }
            // Of an earlier run: what it would do now is asked for, and confirmed anew.
            (Attempt::Start(bulk), None) => {
                self.layers.pop();
                let target = Target::Tokens(bulk.tokens.into_iter().collect());
                let query = self.screens.tokens().list.query.clone();
                plan::ask(Some(bulk.verb), (target, Whose::Selected), query, &mut self.shared);
            }
            // Ordering one of these again may do it twice.
            (
                Attempt::Create(_)
                | Attempt::Edit { .. }
                | Attempt::Holders(_)
                | Attempt::Entry(_)
                | Attempt::Removal { .. },
                _,
            ) => {}
        }
        self.because = before;
    }

    /// Says what is open, and asks whether to leave all the same.
    pub(in crate::tui::update) fn ask_leave_unconfirmed(&mut self) {
        self.warned = Warned::Asked;
        let question = leaving(&self.shared);
        self.layers.push(question);
    }
}
