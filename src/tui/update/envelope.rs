//! An answer of the backend: what it tells of the line to it, and whose it is. One that is
//! late goes no further.

use crate::tui::call::Call;
use crate::tui::model::Model;
use crate::tui::reach::Sign;
use crate::tui::reply::{Answered, answer};

impl Model {
    /// A call came back, with an answer or without.
    pub(super) fn heed_answer(&mut self, answered: Answered) {
        let Answered { ticket, call, result } = answered;
        let wanted = self.shared.link.answered(ticket, &call, self.shared.now);
        if call.row().tells {
            // First: what was done is the better last word.
            self.heed_sign(result.as_ref().map_or_else(Sign::of, |_| Some(Sign::Answer)));
        }
        if !wanted {
            return;
        }
        let mut left = Some(Answered { ticket, call, result });
        for at in (0..self.layers.len()).rev() {
            let Some(answered) = left.take() else { break };
            left = self.within(at, |place, context| place.answer(answered, context)).flatten();
        }
        if let Some(answered) = left {
            self.take_answer(answered);
        }
        self.look();
        self.leave_if_done();
    }

    /// An answer that no place over the screen has asked for.
    fn take_answer(&mut self, answered: Answered) {
        let Answered { ticket, call, result } = answered;
        match call {
            // The form that asked is gone.
            Call::ProposeGuid | Call::Reread(_) | Call::Save(_) | Call::SaveEntry(_) => {}
            Call::Who => self.known(answer(result)),
            Call::Open(_) => self.opened(ticket, answer(result)),
            Call::ReadBack { number, .. } => self.was_read_back(number, answer(result)),
            Call::List(_) => self.listed(answer(result)),
            Call::Lookup(sought) => self.looked_up(&sought, answer(result)),
            Call::Show(id) => self.shown(id, answer(result)),
            Call::Events(id) => self.screens.tokens.events(&mut self.shared, id, answer(result)),
            Call::CopyGuids(_) => self.guids_to_copy(answer(result)),
            Call::CopyValue(_) => self.value_to_copy(answer(result)),
            Call::Reveal(_) => {
                self.screens.tokens.revealed(&mut self.shared, ticket, answer(result));
            }
            Call::Act(order) => self.acted(&order, answer(result)),
            Call::Remember(_) => self.remembered(answer(result)),
            Call::Found(_) => self.found(answer(result)),
            Call::Plan(proposal) => self.planned(*proposal, answer(result)),
            Call::Start(bulk) => self.started(&bulk, answer(result)),
            Call::Export(_) => self.exported(answer(result)),
            Call::Follow(job) => self.followed(job.id, answer(result)),
            Call::Jobs => self.jobs_listed(answer(result)),
            Call::Report(job) => self.reported(&job, answer(result)),
            Call::Steer(steer) => self.steered(&steer, answer(result)),
            Call::Regenerate(renewal) => self.regenerated(&renewal.order, answer(result)),
            Call::Users(_) => self.users_listed(answer(result)),
            Call::FoundUsers(_) => self.users_found(answer(result)),
            Call::PlanHolders(proposal) => self.planned(*proposal, answer(result)),
            Call::StartHolders(holders) => self.holders_started(&holders, answer(result)),
            Call::Generate(holders) => self.generated(&holders, answer(result)),
            Call::Replaced(_) => self.replaced(answer(result)),
            Call::Accept(order) => self.accepted(&order, answer(result)),
            Call::SwitchUser(order) => self.user_switched(&order, answer(result)),
            Call::RemoveEntry(removal, run) => self.entry_removed(&removal, run, answer(result)),
        }
    }
}
