//! Bulk actions for users: a plan is asked for and confirmed as it is, then run as
//! it was confirmed (R119 to R125). A plan that changed meanwhile is confirmed anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::backend::Answer;
use crate::domain::{HolderVerb, ModuleId, UserId};
use crate::text::safe_line;
use crate::tui::bulk::{Bulk, Ending};
use crate::tui::call::Call;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::picker::{Picker, Subject};
use crate::tui::place::{Outside, Taken, Then};
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::Attempt;
use crate::tui::update::plan;
use crate::tui::users::{self, Generated, Users};
use crate::wire::{HolderReportItem, HolderTarget, Job, Outcome, Report};

/// The filters, in which a module is to be chosen before that can be done.
fn choose_module(verb: HolderVerb) -> Then {
    macro_rules! picker {
        ($verb:expr) => {
            Then::Build(|seen| {
                let mut picker = Picker::open(Subject::user_filters(seen), seen);
                picker.moved = true;
                picker.then = Some($verb);
                Box::new(picker)
            })
        };
    }
    match verb {
        HolderVerb::Request => picker!(HolderVerb::Request),
        HolderVerb::Remove => picker!(HolderVerb::Remove),
        HolderVerb::Cancel => picker!(HolderVerb::Cancel),
        HolderVerb::Generate => picker!(HolderVerb::Generate),
    }
}

impl Users {
    /// Only users for whom it failed stay selected.
    pub(super) fn deselect_done(&mut self, report: &Report<HolderVerb>) {
        let failed = |item: &&HolderReportItem| matches!(item.outcome, Outcome::Failed { .. });
        let failed: BTreeSet<_> =
            report.items.iter().filter(failed).map(|item| item.user).collect();
        for item in report.items.iter().filter(|item| !failed.contains(&item.user)) {
            self.list.selection.remove(&item.user);
        }
    }

    /// Asks what doing this for the selected users would come to, or for the one
    /// under the cursor (R131).
    pub(in crate::tui::update) fn propose(
        &mut self,
        verb: HolderVerb,
        outside: &mut Outside<'_>,
    ) -> Taken {
        let Some(account) = outside.shared.account() else { return Taken::Here };
        let Some(modules) = self.modules_for(verb, outside) else { return Taken::Here };
        let selection = &self.list.selection;
        let users: BTreeSet<UserId> = if selection.is_empty() {
            self.list.current().map(|view| view.user.id).into_iter().collect()
        } else {
            selection.ids().into_iter().collect()
        };
        let target = HolderTarget { users, modules, account };
        let (folder, query) = (outside.shared.options.export_dir.clone(), self.list.query.clone());
        plan::ask(Some(verb), (target, folder), query, outside.shared);
        Taken::Here
    }

    /// The modules chosen, or the only one there is. Requests are cancelled whatever
    /// they are for; all else needs to know for what it is (R130).
    fn modules_for(
        &self,
        verb: HolderVerb,
        outside: &mut Outside<'_>,
    ) -> Option<BTreeSet<ModuleId>> {
        let chosen = &self.list.query.modules;
        if !chosen.is_empty() {
            return Some(chosen.clone());
        }
        let shared = &mut *outside.shared;
        let offered: BTreeSet<_> = users::offered(shared).iter().map(|module| module.id).collect();
        if offered.len() == 1 || (verb == HolderVerb::Cancel && !offered.is_empty()) {
            return Some(offered);
        }
        if offered.is_empty() {
            let place = safe_line(&shared.place());
            shared.say(Kind::Refused, format!("No module is enabled for {place}"));
            return None;
        }
        shared.say(Kind::Refused, "Choose a module first");
        outside.then.push(choose_module(verb));
        None
    }

    /// Does it, after it was confirmed.
    pub(in crate::tui::update) fn run_bulk(
        &mut self,
        holders: Arc<Bulk<HolderVerb>>,
        shared: &mut Shared,
    ) {
        self.acting += 1;
        shared.ask(match holders.plan.verb {
            HolderVerb::Generate => Call::Generate(holders),
            HolderVerb::Request | HolderVerb::Remove | HolderVerb::Cancel => {
                Call::StartHolders(holders)
            }
        });
    }

    /// A bulk action is on record; small ones are done by now.
    pub(super) fn started(
        &mut self,
        holders: &Bulk<HolderVerb>,
        result: Answer<Box<Job>>,
        outside: &mut Outside<'_>,
    ) {
        let Outside { shared, shown, .. } = outside;
        self.acting = self.acting.saturating_sub(1);
        match result {
            Ok(job) => {
                shared.was_done(&Attempt::from(&holders.plan));
                shared.follow_job(*job);
            }
            Err(error) => {
                shared.failed(&format!("{} tokens", holders.plan.verb), &error);
                shared.doubt(Attempt::from(&holders.plan), false, &error);
            }
        }
        if *shown {
            self.reload_users(shared);
        }
    }

    pub(super) fn generated(
        &mut self,
        holders: &Bulk<HolderVerb>,
        result: Answer<Generated>,
        outside: &mut Outside<'_>,
    ) {
        self.acting = self.acting.saturating_sub(1);
        if let Ok(Generated { report, place }) = &result {
            self.deselect_done(report);
            outside.tell_written(&Ending::of_holders(report), place);
        }
        let Outside { shared, shown, then, .. } = outside;
        match result {
            Ok(_) => {}
            Err(error) => {
                shared.failed(&format!("{} tokens", holders.plan.verb), &error);
                shared.doubt(Attempt::from(&holders.plan), false, &error);
            }
        }
        if *shown {
            self.reload_users(shared);
        }
        then.push(Then::Tell(News::Written));
    }
}
