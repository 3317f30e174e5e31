//! Bulk actions for users: a plan is asked for and confirmed as it is, then run as
//! it was confirmed (R119 to R125). A plan that changed meanwhile is confirmed anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::backend::Answer;
use crate::domain::{HolderVerb, ModuleId, UserId};
use crate::text::{Safe, width};
use crate::tui::bulk::{Bulk, Ending, Proposal};
use crate::tui::call::Call;
use crate::tui::deed::Deed;
use crate::tui::layers::{Reader, Text};
use crate::tui::model::Model;
use crate::tui::notice::{self, Kind};
use crate::tui::picker::{Picker, Subject};
use crate::tui::unconfirmed::Attempt;
use crate::tui::update::bulk::BulkAsk;
use crate::tui::users::{self, Generated, Users};
use crate::wire::{HolderReportItem, HolderTarget, Job, Outcome, Report, UserQuery};

impl BulkAsk for HolderVerb {
    fn query(model: &Model) -> UserQuery {
        model.screens.users.list.query.clone()
    }

    fn call(proposal: Box<Proposal<Self>>) -> Call {
        Call::PlanHolders(proposal)
    }

    fn deed(bulk: Arc<Bulk<Self>>) -> Deed {
        Deed::Holders(bulk)
    }

    fn of(deed: &Deed) -> Option<&Bulk<Self>> {
        if let Deed::Holders(bulk) = deed { Some(bulk) } else { None }
    }
}

impl Users {
    /// Only users for whom it failed stay selected.
    pub(in crate::tui::update) fn deselect_done(&mut self, report: &Report<HolderVerb>) {
        let failed = |item: &&HolderReportItem| matches!(item.outcome, Outcome::Failed { .. });
        let failed: BTreeSet<_> =
            report.items.iter().filter(failed).map(|item| item.user).collect();
        for item in report.items.iter().filter(|item| !failed.contains(&item.user)) {
            self.list.selection.remove(&item.user);
        }
    }
}

impl Model {
    /// Asks what doing this for the selected users would come to, or for the one
    /// under the cursor (R131).
    pub(in crate::tui::update) fn propose_holders(&mut self, verb: HolderVerb) {
        let Some(account) = self.account() else { return };
        let Some(modules) = self.modules_for(verb) else { return };
        let selection = &self.screens.users.list.selection;
        let users: BTreeSet<UserId> = if selection.is_empty() {
            self.screens.users.list.current().map(|view| view.user.id).into_iter().collect()
        } else {
            selection.ids().into_iter().collect()
        };
        let target = HolderTarget { users, modules, account };
        let folder = self.options.export_dir.clone();
        self.ask_plan(Some(verb), target, folder);
    }

    /// The modules chosen, or the only one there is. Requests are cancelled whatever
    /// they are for; all else needs to know for what it is (R130).
    fn modules_for(&mut self, verb: HolderVerb) -> Option<BTreeSet<ModuleId>> {
        let chosen = &self.screens.users.list.query.modules;
        if !chosen.is_empty() {
            return Some(chosen.clone());
        }
        let offered: BTreeSet<_> =
            users::offered(&self.shared).iter().map(|module| module.id).collect();
        if offered.len() == 1 || (verb == HolderVerb::Cancel && !offered.is_empty()) {
            return Some(offered);
        }
        if offered.is_empty() {
            let place = Safe::line(&self.place());
            self.say(Kind::Refused, format!("No module is enabled for {place}"));
            return None;
        }
        self.say(Kind::Refused, "Choose a module first");
        let mut picker = Picker::open(Subject::user_filters(&self.seen()), &self.seen());
        picker.moved = true;
        picker.then = Some(verb);
        self.layers.push(picker);
        None
    }

    pub(in crate::tui::update) fn run_holders(&mut self, holders: Arc<Bulk<HolderVerb>>) {
        self.layers.pop();
        self.screens.users.acting += 1;
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
        holders: &Bulk<HolderVerb>,
        result: Answer<Box<Job>>,
    ) {
        self.screens.users.acting = self.screens.users.acting.saturating_sub(1);
        match result {
            Ok(job) => {
                self.was_done(&Attempt::from(&holders.plan));
                self.follow_job(*job);
            }
            Err(error) => {
                self.failed(&format!("{} tokens", holders.plan.verb), &error);
                self.screens.tokens.doubt(&mut self.shared, Attempt::from(&holders.plan), &error);
            }
        }
        self.screens.reload_shown_users(&mut self.shared);
        self.leave_after_start();
    }

    pub(in crate::tui::update) fn generated(
        &mut self,
        holders: &Bulk<HolderVerb>,
        result: Answer<Generated>,
    ) {
        self.screens.users.acting = self.screens.users.acting.saturating_sub(1);
        match result {
            Ok(Generated { report, place }) => {
                self.screens.users.deselect_done(&report);
                let ending = Ending::of_holders(&report);
                let (kind, title) = ending.result();
                let title = format!("{title}: {}", Safe::line(&place));
                self.say(kind, &title);
                // Where the file is must be read in full, be the window ever so narrow.
                let cut = width(&title) + notice::HEAD > self.size.0.into();
                let reasons = ending.worth_a_box().or_else(|| cut.then(Vec::new));
                if let Some(reasons) = reasons.filter(|_| !self.layers.asks()) {
                    self.layers.push(Reader::of(Text::Report { title, reasons }));
                }
            }
            Err(error) => {
                self.failed(&format!("{} tokens", holders.plan.verb), &error);
                self.screens.tokens.doubt(&mut self.shared, Attempt::from(&holders.plan), &error);
            }
        }
        self.screens.reload_shown_users(&mut self.shared);
        self.screens.tokens.reload(&mut self.shared);
    }
}
