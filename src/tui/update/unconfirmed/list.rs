//! The list of changes that are not known to be done, and what an operator does about
//! one: order it again, insist on it, dismiss it, or leave with it open.

use crate::tui::layers::UnconfirmedList;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::backend::BackendError;
use crate::domain::calendar;
use crate::text::Safe;
use crate::tui::bulk::{self, Bulk, Whose};
use crate::tui::call::Call;
use crate::tui::deed::Deed;
use crate::tui::layers::{Confirm, Entry, Word};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::reach::Sign;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::{Attempt, Fate, Kept, Unconfirmed, Warned};
use crate::wire::Target;

/// Changes that a question names before it only counts the rest.
const NAMED: usize = 5;

/// What is known of a change whose value is lost.
const UNSEEN: &str = "done, and nobody saw its value";

/// How an order is repeated.
#[derive(Debug, Clone, Copy)]
enum Again {
    Once,
    UntilDone,
}

impl Shared {
    /// The place of the one under the cursor.
    pub(in crate::tui) fn unconfirmed_place(&self, number: Option<u64>) -> usize {
        self.unconfirmed_here().position(|known| Some(known.number) == number).unwrap_or_default()
    }

    fn unconfirmed_mut(&mut self, number: u64) -> Option<&mut Unconfirmed> {
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
    fn still_open(&self) -> impl Iterator<Item = &Unconfirmed> {
        self.unconfirmed_here().filter(|known| known.kept.is_open())
    }

    /// Whether leaving has to be asked about once, for something is open.
    pub(in crate::tui::update) fn must_warn(&self) -> bool {
        self.warned != Warned::Agreed && !self.told_to_end && self.still_open().next().is_some()
    }
}

impl Tokens {
    /// It is not known to be on record.
    pub(in crate::tui::update) fn not_started(
        &mut self,
        shared: &mut Shared,
        bulk: &Arc<Bulk>,
        error: &BackendError,
    ) {
        let attempt = Attempt::from(&bulk.plan);
        let subject = attempt.subject();
        let before =
            shared.unconfirmed_here().find(|known| known.kept.attempt.subject() == subject);
        // What is tried again and again is not told each time.
        if !before.is_some_and(|known| known.insists) || Sign::of(error) == Some(Sign::Answer) {
            let tokens = bulk::tokens(bulk.plan.count());
            shared.failed(&format!("{} {tokens}", bulk.plan.verb), error);
        }
        let Some(number) = self.doubt(shared, attempt, error) else { return };
        let known = shared.unconfirmed.iter_mut().find(|known| known.number == number);
        if let Some(known) = known {
            known.bulk = bulk.plan.id.map(|_| Arc::clone(bulk));
        }
    }
}

impl Shared {
    fn again_dialog(&self, known: &Unconfirmed, again: Again) -> Confirm {
        let Kept { at, fate, attempt, .. } = &known.kept;
        let doing = attempt.doing();
        let asked = match again {
            Again::Once => format!("Are you sure you want to {doing}, once more?"),
            Again::UntilDone => {
                format!("Are you sure you want to {doing}, again and again until it is confirmed?")
            }
        };
        let what = match attempt {
            Attempt::Token(order) => format!("{}   ", order.id),
            _ => String::new(),
        };
        let before = match fate {
            Fate::Unknown => "unknown whether it was done",
            Fate::NotDone => "not done",
            Fate::Unseen => UNSEEN,
        };
        let facts = format!("{what}ordered {}, {before}", calendar::seconds(*at));
        let phrase = known.bulk.as_ref().and_then(|bulk| bulk.plan.phrase());
        let entry = phrase.map_or(Entry::Nothing, |phrase| Entry::Word(Word::new(phrase)));
        let (title, button, deed) = match again {
            Again::Once => ("Order a change again", "Order again", Deed::OrderAgain(known.number)),
            Again::UntilDone => ("Keep trying", "Keep trying", Deed::Insist(known.number)),
        };
        let stage = Stage { text: vec![asked, facts], button };
        Confirm::new(title.to_owned(), self.at_work_here(), vec![stage], deed).wanting(entry)
    }
}

impl Model {
    /// Opens the list, closes it where it is open.
    pub(in crate::tui::update) fn toggle_unconfirmed(&mut self) {
        self.toggle_list(UnconfirmedList { number: None });
    }

    /// The one under the cursor of the list.
    pub(in crate::tui) fn unconfirmed_at_cursor(&self) -> Option<&Unconfirmed> {
        self.seen().unconfirmed_at_cursor()
    }

    /// Asks whether to order the one under the cursor again where that does no harm, else
    /// looks whether it was done.
    pub(in crate::tui::update) fn retry(&mut self) {
        let Some(known) = self.unconfirmed_at_cursor() else { return };
        let (number, doing) = (known.number, known.kept.attempt.doing());
        let again = known.kept.attempt.is_guarded()
            && (known.kept.fate == Fate::NotDone || known.may_be_repeated());
        if again {
            return self.ask_again(number, Again::Once);
        }
        self.say(Kind::Info, format!("Looking what became of it: {doing}"));
        self.read_back();
    }

    /// Asks whether to order a revocation again and again until it is confirmed, or stops
    /// doing so.
    pub(in crate::tui::update) fn insist(&mut self) {
        let Some(number) = self.unconfirmed_at_cursor().map(|known| known.number) else {
            return;
        };
        let Some(known) = self.unconfirmed_mut(number) else { return };
        if known.insists {
            known.insists = false;
            return;
        }
        self.ask_again(number, Again::UntilDone);
    }

    pub(in crate::tui::update) fn keep_trying(&mut self, number: u64) {
        if let Some(known) = self.unconfirmed_mut(number) {
            known.insists = true;
        }
        self.order_again(number);
    }

    /// The question before it is ordered again. What has to be planned anew is asked about
    /// once that is done.
    fn ask_again(&mut self, number: u64, again: Again) {
        let mine = |known: &&Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter().find(mine) else { return };
        if matches!(known.kept.attempt, Attempt::Start(_)) && known.bulk.is_none() {
            return self.order_again(number);
        }
        let dialog = self.again_dialog(known, again);
        self.layers.push(dialog);
    }

    /// Orders it once more, as it was confirmed.
    pub(in crate::tui::update) fn order_again(&mut self, number: u64) {
        let mine = |known: &&Unconfirmed| known.number == number;
        let Some(known) = self.unconfirmed.iter().find(mine).cloned() else {
            self.say(Kind::Info, "It is not open any more: look again");
            return;
        };
        match (known.kept.attempt, known.bulk) {
            (Attempt::Token(order), _) => {
                if !self.acting.insert(order.id.clone()) {
                    return;
                }
                self.ask(Call::Act(order));
            }
            (Attempt::Start(_), Some(bulk)) => {
                if bulk.plan.acting().any(|item| self.acting.contains(&item.id)) {
                    return;
                }
                self.run_again(bulk);
            }
            (Attempt::Start(bulk), None) if bulk.tokens.is_empty() => {
                self.say(Kind::Refused, "Its tokens are not known any more: select them again");
            }
            // Of an earlier run: what it would do now is asked for, and confirmed anew.
            (Attempt::Start(bulk), None) => {
                self.layers.pop();
                let target = Target::Tokens(bulk.tokens.into_iter().collect());
                self.ask_plan(Some(bulk.verb), target, Whose::Selected);
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
    }

    /// Asks whether to keep track of the one under the cursor no longer.
    pub(in crate::tui::update) fn ask_to_dismiss(&mut self) {
        let Some(known) = self.unconfirmed_at_cursor() else { return };
        let asked = format!("Keep track of it no longer? {}", known.kept.attempt.doing());
        let fate = match known.kept.fate {
            Fate::Unknown => "It may have been done or not: look yourself.",
            Fate::NotDone => "It was not done, and will not be tried again.",
            Fate::Unseen => "Nobody saw its value: the token keeps it until it gets another.",
        };
        let stage = Stage { text: vec![asked, fate.to_owned()], button: "Dismiss" };
        let deed = Deed::Dismiss(known.number);
        let dialog =
            Confirm::new("Dismiss a change".to_owned(), self.at_work_here(), vec![stage], deed);
        self.layers.push(dialog);
    }

    pub(in crate::tui::update) fn dismiss(&mut self, number: u64) {
        self.layers.pop();
        self.form.release_form(number);
        self.forget_unconfirmed(number);
    }

    /// Says what is open, and asks whether to leave all the same.
    pub(in crate::tui::update) fn ask_leave_unconfirmed(&mut self) {
        self.warned = Warned::Asked;
        let count = self.still_open().count();
        let mut text = vec![match count {
            1 => "1 change is not confirmed:".to_owned(),
            count => format!("{count} changes are not confirmed:"),
        }];
        let named = self.still_open().take(NAMED);
        text.extend(named.map(|known| {
            let state = match known.kept.fate {
                Fate::Unknown => "unknown whether it was done",
                Fate::NotDone => "not done",
                Fate::Unseen => UNSEEN,
            };
            format!("{}: {state}", known.kept.attempt.doing())
        }));
        if count > NAMED {
            text.push(format!("and {} more", count - NAMED));
        }
        text.push("They are kept, and looked at again at the next start here.".to_owned());
        let text = text.iter().map(|line| Safe::line(line).into_string()).collect();
        let stage = Stage { text, button: "Leave" };
        let title = "Leave with unconfirmed changes".to_owned();
        let deed = Deed::QuitUnconfirmed;
        let dialog = Confirm::new(title, self.at_work_here(), vec![stage], deed);
        self.layers.push(dialog);
    }
}
