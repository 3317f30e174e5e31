//! What was confirmed is carried out.

use crate::domain::Verb;
use crate::tui::call::Call;
use crate::tui::deed::{Deed, Exit};
use crate::tui::effect::Effect;
use crate::tui::form::Form;
use crate::tui::layers::Issue;
use crate::tui::layers::job_list::questions;
use crate::tui::model::Model;
use crate::tui::unconfirmed::Warned;

impl Model {
    /// All is confirmed, and the question gone.
    pub(super) fn carry_out(&mut self, deed: Deed) {
        match deed {
            Deed::Act(order) if order.verb == Verb::Accept => self.accept_now(order),
            Deed::Act(order) => {
                self.acting.insert(order.id.clone());
                self.ask(Call::Act(order));
            }
            Deed::Renew(renewal) => {
                self.acting.insert(renewal.order.id.clone());
                self.ask(Call::Regenerate(renewal));
            }
            Deed::Give(gift) => {
                self.acting.insert(gift.order.id.clone());
                self.ask(Call::Give(gift));
            }
            Deed::Rotate(renewal) => {
                self.acting.extend(renewal.bulk.plan.acting().map(|item| item.id.clone()));
                self.ask(Call::Rotate(renewal));
            }
            Deed::Run(bulk) => self.run_again(bulk),
            Deed::Holders(holders) => self.screens.users.run_bulk(holders, &mut self.shared),
            Deed::RemoveEntry(removal) => {
                self.screens.shelf.remove_entry(&mut self.shared, removal);
            }
            Deed::SwitchUser(order) => self.screens.shelf.switch_user(&mut self.shared, order),
            Deed::Save => {
                if let Some(form) = self.layers.find_mut::<Form>() {
                    form.save(&mut self.shared);
                }
            }
            Deed::Discard => drop(self.layers.take::<Form>()),
            Deed::Reload => {
                if let Some(form) = self.layers.find_mut::<Form>() {
                    form.reload(&mut self.shared);
                }
            }
            Deed::Steer(steer) => drop(self.ask(Call::Steer(steer))),
            Deed::AskAbandon(job) => {
                let dialog = questions::abandon(self, *job);
                self.layers.push(dialog);
            }
            Deed::Switch(name) => self.open_backend(name, true),
            Deed::Own(run) => self.lend(run),
            Deed::Quit => self.put(Effect::Quit),
            Deed::QuitUnconfirmed => {
                self.warned = Warned::Agreed;
                self.leave();
            }
            Deed::OrderAgain(number) => self.order_again(number),
            Deed::Insist(number) => {
                if let Some(known) = self.unconfirmed_mut(number) {
                    known.insists = true;
                }
                self.order_again(number);
            }
            Deed::Dismiss(number) => {
                self.release_form(number);
                self.forget_unconfirmed(number);
            }
            // A new value is confirmed with its terms, as a renewal.
            Deed::Nothing | Deed::Regenerate(_) => {}
            Deed::Because(deed, reason) => {
                self.because = Some(reason);
                self.carry_out(*deed);
                self.because = None;
            }
            Deed::Leave(exit) => {
                if let (Some(issue), Exit::Details) = (self.layers.take::<Issue>(), exit) {
                    self.screens.tokens_mut().open_details_of(&mut self.shared, *issue.token);
                }
            }
        }
    }
}
