//! Work on many: a plan is asked for and confirmed as it is, then run as it was confirmed
//! (R52, R53, R119 to R125). A plan that changed meanwhile is confirmed anew.

use std::sync::Arc;

use crate::backend::Answer;
use crate::tui::bulk::{Bulk, Planned, Proposal};
use crate::tui::call::Call;
use crate::tui::layers::{BulkAsk, Menu, bulk_question};
use crate::tui::notice::Kind;
use crate::tui::place::{Outside, Then};
use crate::tui::purpose::Purpose;
use crate::tui::shared::Shared;

impl Shared {
    /// Starts it as it was confirmed; a plan that was started is not started again.
    pub(super) fn run_again(&mut self, bulk: Arc<Bulk>) {
        self.acting.extend(bulk.plan.acting().map(|item| item.id.clone()));
        self.ask(Call::Start(bulk));
    }
}

/// Asks what doing this would come to, to have it confirmed.
pub(super) fn ask<V: BulkAsk>(
    verb: Option<V>,
    (target, aim): (V::Target, V::Aim),
    query: V::Query,
    shared: &mut Shared,
) {
    shared.asking = Some(Purpose::Confirm(V::sized(&target)));
    shared.ask(V::call(Box::new(Proposal { verb, target, aim, query, again: false })));
}

/// What it would come to is known: it is asked about, or there is nothing to do.
pub(super) fn planned<V: BulkAsk>(
    proposal: Proposal<V>,
    result: Answer<Planned<V>>,
    outside: &mut Outside<'_>,
) {
    let Proposal { target, aim, again, .. } = proposal;
    // The question that wanted it again is gone.
    let planning = |asked: &mut Purpose| matches!(asked, Purpose::Confirm(_));
    if again || outside.shared.asking.take_if(planning).is_none() {
        return;
    }
    let shared = &mut *outside.shared;
    match result {
        Ok(Planned::Plan { plan, hidden }) => {
            let bulk = Bulk { plan: *plan, target, aim, hidden };
            if bulk.plan.count() > 0 {
                let dialog = bulk_question(bulk, shared);
                return outside.open(dialog);
            }
            shared.say(Kind::Refused, bulk.nothing_to_do());
        }
        Ok(Planned::Mixed) => {
            shared.say(Kind::Info, "Some are enabled and some disabled: choose");
            return outside.then.push(Then::Build(|seen| Box::new(Menu::open(seen))));
        }
        Err(error) => match error.refusal() {
            Some(refusal) => shared.say(Kind::Refused, refusal.to_string()),
            None => shared.failed(&format!("look at {}", V::LOOK), &error),
        },
    }
    shared.drop_held();
}
