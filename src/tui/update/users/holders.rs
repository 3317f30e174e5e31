//! Bulk actions for users: a plan is asked for and confirmed as it is, then run as
//! it was confirmed (R119 to R125). A plan that changed meanwhile is confirmed anew.

use crate::tui::shared::Shared;
use crate::tui::users::Users;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{HolderVerb, ModuleId, UserId};
use crate::text::{Safe, width};
use crate::tui::bulk::Ending;
use crate::tui::call::Call;
use crate::tui::deed::Deed;
use crate::tui::model::{Model, Purpose};
use crate::tui::notice::{self, Kind};
use crate::tui::orders::HolderProposal;
use crate::tui::overlay::{Confirm, Entry, Overlay, Word};
use crate::tui::unconfirmed::Attempt;
use crate::tui::users::{self, Generated, Holders, HoldersPlanned};
use crate::wire::{HolderReportItem, HolderTarget, Job, Outcome, Report};

impl Shared {
    fn holders(&self, (plan, hidden): HoldersPlanned, target: HolderTarget) -> Holders {
        let folder = self.options.export_dir.clone();
        Holders { plan: *plan, target, hidden, folder }
    }
}

impl Users {
    fn ask_holder_plan(
        &mut self,
        shared: &mut Shared,
        verb: HolderVerb,
        target: HolderTarget,
        again: bool,
    ) {
        let query = self.list.query.clone();
        let proposal = HolderProposal { verb, target, query, again };
        shared.ask(Call::PlanHolders(Box::new(proposal)));
    }

    /// Only users for whom it failed stay selected.
    pub(in crate::tui::update) fn deselect_done(&mut self, report: &Report<HolderVerb>) {
        let failed = |item: &&HolderReportItem| matches!(item.outcome, Outcome::Failed { .. });
        let failed: BTreeSet<_> =
            report.items.iter().filter(failed).map(|item| item.user).collect();
        for item in report.items.iter().filter(|item| !failed.contains(&item.user)) {
            self.selection.remove(item.user);
        }
    }
}

impl Model {
    /// Asks what doing this for the selected users would come to, or for the one
    /// under the cursor (R131).
    pub(in crate::tui::update) fn propose_holders(&mut self, verb: HolderVerb) {
        let Some(account) = self.account() else { return };
        let Some(modules) = self.modules_for(verb) else { return };
        let selection = &self.users.selection;
        let users: BTreeSet<UserId> = if selection.is_empty() {
            self.users.list.current().map(|view| view.user.id).into_iter().collect()
        } else {
            selection.ids().into_iter().collect()
        };
        let target = HolderTarget { users, modules, account };
        let purpose = Purpose::ConfirmHolders(Box::new(target.clone()));
        self.asking = Some(purpose);
        self.users.ask_holder_plan(&mut self.shared, verb, target, false);
    }

    /// The modules chosen, or the only one there is. Requests are cancelled whatever
    /// they are for; all else needs to know for what it is (R130).
    fn modules_for(&mut self, verb: HolderVerb) -> Option<BTreeSet<ModuleId>> {
        let chosen = &self.users.list.query.modules;
        if !chosen.is_empty() {
            return Some(chosen.clone());
        }
        let offered: BTreeSet<_> = users::offered(self).iter().map(|module| module.id).collect();
        if offered.len() == 1 || (verb == HolderVerb::Cancel && !offered.is_empty()) {
            return Some(offered);
        }
        if offered.is_empty() {
            let place = Safe::line(&self.place());
            self.say(Kind::Refused, format!("No module is enabled for {place}"));
            return None;
        }
        self.say(Kind::Refused, "Choose a module first");
        self.open_user_filters();
        if let Some(picker) = self.picker_mut() {
            picker.moved = true;
            picker.then = Some(verb);
        }
        None
    }

    /// Something changed: the plan of the dialog on screen is asked for again.
    pub(super) fn propose_holders_again(&mut self) {
        let Some(Deed::Holders(holders)) = self.dialog().map(|dialog| &dialog.deed) else {
            return;
        };
        let (verb, target) = (holders.plan.verb, holders.target.clone());
        self.users.ask_holder_plan(&mut self.shared, verb, target, true);
    }

    pub(in crate::tui::update) fn holders_planned(&mut self, result: Answer<HoldersPlanned>) {
        let Some(Purpose::ConfirmHolders(target)) = self.asking.take() else { return };
        match result {
            Ok(planned) => self.open_holders(self.holders(planned, *target)),
            Err(BackendError { cause: Cause::Refused(refusal), .. }) => {
                self.say(Kind::Refused, refusal.to_string());
                self.drop_held();
            }
            Err(error) => {
                self.failed("look at the users", &error);
                self.drop_held();
            }
        }
        // A dialog that opened drops what was typed before it was seen.
        self.take_held();
    }

    fn open_holders(&mut self, holders: Holders) {
        if holders.plan.count() == 0 {
            let skipped = holders.skipped().unwrap_or_default();
            let text = format!("Nothing to {} {skipped}", holders.plan.verb);
            self.say(Kind::Refused, text.trim_end());
            self.drop_held();
            return;
        }
        let dialog = self.holder_dialog(holders);
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    fn holder_dialog(&self, holders: Holders) -> Confirm {
        let place = format!("{}  {}", self.place(), self.backend());
        let place = Safe::line(&place).into_string();
        let phrase = holders.plan.phrase();
        let entry = phrase.map_or(Entry::Nothing, |phrase| Entry::Word(Word::new(phrase)));
        let (title, stages) = (holders.title(), holders.stages());
        let deed = Deed::Holders(Arc::new(holders));
        Confirm::new(title, place, stages, deed).wanting_last(entry)
    }

    /// A dialog about what is no longer so starts again, or closes with the reason.
    pub(in crate::tui::update) fn recheck_holders(&mut self, result: Answer<HoldersPlanned>) {
        let Some(Deed::Holders(holders)) = self.dialog().map(|dialog| &dialog.deed) else {
            return;
        };
        let (holders, verb) = (Arc::clone(holders), holders.plan.verb);
        let planned = match result {
            Ok((plan, _)) if holders.plan.is_same(&plan) => return,
            Ok(planned) if planned.0.count() > 0 => planned,
            Err(error) if error.refusal().is_none() => return,
            Ok(_) | Err(_) => {
                self.void_question(format!("They changed meanwhile: nothing to {verb}"));
                return;
            }
        };
        self.overlays.pop();
        let mut dialog = self.holder_dialog(self.holders(planned, holders.target.clone()));
        dialog.note = Some("What they hold changed meanwhile: look again".to_owned());
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    pub(in crate::tui::update) fn run_holders(&mut self, holders: Arc<Holders>) {
        self.overlays.pop();
        self.users.acting += 1;
        self.ask(match holders.plan.verb {
            HolderVerb::Generate => Call::Generate(holders),
            HolderVerb::Request | HolderVerb::Remove | HolderVerb::Cancel => {
                Call::StartHolders(holders)
            }
        });
    }

    /// A bulk action is on record; small ones are done by now.
    pub(in crate::tui::update) fn holders_started(
        &mut self,
        holders: &Holders,
        result: Answer<Box<Job>>,
    ) {
        self.users.acting = self.users.acting.saturating_sub(1);
        match result {
            Ok(job) => {
                self.was_done(&Attempt::from(&holders.plan));
                self.follow_job(*job);
            }
            Err(error) => {
                self.failed(&format!("{} tokens", holders.plan.verb), &error);
                self.tokens.doubt(&mut self.shared, Attempt::from(&holders.plan), &error);
                self.look();
            }
        }
        self.reload_shown_users();
        self.leave_after_start();
    }

    pub(in crate::tui::update) fn generated(
        &mut self,
        holders: &Holders,
        result: Answer<Generated>,
    ) {
        self.users.acting = self.users.acting.saturating_sub(1);
        match result {
            Ok(Generated { report, place }) => {
                self.users.deselect_done(&report);
                let ending = Ending::of_holders(&report);
                let (kind, title) = ending.result();
                let title = format!("{title}: {}", Safe::line(&place));
                self.say(kind, &title);
                // Where the file is must be read in full, be the window ever so narrow.
                let cut = width(&title) + notice::HEAD > self.size.0.into();
                let reasons = ending.worth_a_box().or_else(|| cut.then(Vec::new));
                if let Some(reasons) = reasons.filter(|_| !self.is_asked()) {
                    self.overlays.push(Overlay::Report { title, reasons, scroll: 0 });
                }
            }
            Err(error) => {
                self.failed(&format!("{} tokens", holders.plan.verb), &error);
                self.tokens.doubt(&mut self.shared, Attempt::from(&holders.plan), &error);
            }
        }
        self.look();
        self.reload_shown_users();
        self.tokens.reload(&mut self.shared);
        self.leave_if_done();
    }
}
