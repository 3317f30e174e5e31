//! What is done to tokens, and what comes of it: the message, the token as it is now, a change
//! that is not known to be done.

use std::sync::Arc;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{Refusal, Verb};
use crate::text::Safe;
use crate::tui::bulk::{Bulk, Whose};
use crate::tui::layers::Confirm;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::orders::{self, Order};
use crate::tui::place::{Outside, Then};
use crate::tui::reach::Sign;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::Attempt;
use crate::tui::update::plan;
use crate::wire::{Issued, Job, JobReport, Outcome, Retention, Target, TokenView};

impl Shared {
    /// Whether nothing shows the value of such a token again (D11).
    pub(in crate::tui) fn is_shown_once(&self, view: &TokenView) -> bool {
        view.token.owner.is_some() || self.session.retention == Retention::HashOnly
    }
}

impl Tokens {
    /// Asks before something is done to the selected tokens, or to the one under the
    /// cursor.
    pub(super) fn confirm_verb(&self, verb: Verb, outside: &mut Outside<'_>) {
        if self.acts_on_selection() {
            return self.propose(Some(verb), outside.shared);
        }
        let shared = &outside.shared;
        let verb = match verb {
            Verb::Revoke => self.target().map_or(verb, |view| shared.revoking(view)),
            verb => verb,
        };
        self.confirm(verb, outside);
    }

    /// The same for enable or disable, whichever the token can have.
    pub(super) fn confirm_switch(&self, outside: &mut Outside<'_>) {
        if self.acts_on_selection() {
            return self.propose(None, outside.shared);
        }
        if let Some(verb) = self.target().map(|view| outside.shared.switching(view)) {
            self.confirm(verb, outside);
        }
    }

    /// Asks before something is done to the token under the cursor.
    pub(super) fn confirm(&self, verb: Verb, outside: &mut Outside<'_>) {
        let of_user = self.viewed().is_some();
        if let Some(view) = self.target() {
            let question = Confirm::of_token(outside.shared, verb, view, of_user);
            outside.open(question);
        }
    }

    /// Asks what doing this to the selected tokens would come to.
    pub(super) fn propose(&self, verb: Option<Verb>, shared: &mut Shared) {
        let target = Target::Tokens(self.list.selection.ids());
        plan::ask(verb, (target, Whose::Selected), self.list.query.clone(), shared);
    }

    /// The same for all tokens of the user on screen, else of the account in the title
    /// (R53, R54).
    pub(super) fn confirm_revoke_all(&self, shared: &mut Shared) {
        let (target, whose) = if let Some(viewed) = self.viewed() {
            let user = &viewed.user.user;
            (Target::Owner(user.id), Whose::User(user.name.clone()))
        } else {
            let Some(id) = shared.account() else { return };
            (Target::Account(id), Whose::Account(shared.catalogue.account_name(Some(id))))
        };
        plan::ask(Some(Verb::Revoke), (target, whose), self.list.query.clone(), shared);
    }

    /// A change of a token failed, and may be done all the same.
    pub(super) fn doubt(&self, order: Order, error: &BackendError, shared: &mut Shared) {
        let attempt = Attempt::Token(order);
        let had_value = self.has_value(&attempt);
        shared.doubt(attempt, had_value, error);
    }

    pub(super) fn acted(
        &mut self,
        order: Order,
        result: Answer<Box<TokenView>>,
        outside: &mut Outside<'_>,
    ) {
        outside.shared.acting.remove(&order.id);
        match result {
            Ok(view) => {
                outside.shared.say(Kind::Ok, done(&order, &view));
                self.take_changed(*view, outside);
            }
            Err(error) => self.not_acted(order, &error, outside.shared),
        }
        self.reload(outside.shared);
    }

    fn not_acted(&self, order: Order, error: &BackendError, shared: &mut Shared) {
        let (attempt, name) = (Attempt::Token(order.clone()), Safe::line(&order.name));
        let before = shared.unconfirmed_of(&order.id).filter(|known| known.kept.is_open());
        let before = before.map(|known| known.insists);
        let already = error.cause == Cause::Refused(Refusal::AlreadyRevoked);
        if before.is_some() && already {
            shared.was_done(&attempt);
            shared.say(Kind::Ok, format!("Confirmed: API token {name} is revoked"));
            return;
        }
        // What is tried again and again is not told each time.
        if before != Some(true) || Sign::of(error) == Some(Sign::Answer) {
            shared.failed(&orders::doing(order.verb, name.as_str()), error);
        }
        self.doubt(order, error, shared);
    }

    pub(super) fn regenerated(
        &mut self,
        order: Order,
        result: Answer<Box<Issued>>,
        outside: &mut Outside<'_>,
    ) {
        outside.shared.acting.remove(&order.id);
        match result {
            Ok(issued) => take_issued(issued, Verb::Regenerate, outside),
            Err(error) => {
                let name = Safe::line(&order.name);
                outside.shared.failed(&format!("regenerate {name}"), &error);
                self.doubt(order, &error, outside.shared);
            }
        }
        self.reload(outside.shared);
    }

    /// A bulk action is on record; small ones are done by now.
    pub(super) fn started(
        &mut self,
        bulk: &Arc<Bulk>,
        result: Answer<Box<Job>>,
        shared: &mut Shared,
    ) {
        for item in bulk.plan.acting() {
            shared.acting.remove(&item.id);
        }
        match result {
            Ok(job) => {
                shared.was_started(bulk);
                shared.follow_job(*job);
            }
            Err(error) => shared.not_started(bulk, &error),
        }
        self.reload(shared);
    }

    /// What was not done stays selected (R52).
    pub(super) fn deselect_done(&mut self, report: &JobReport) {
        let JobReport::Tokens(report) = report else { return };
        for item in &report.items {
            if !matches!(item.outcome, Outcome::Failed { .. }) {
                self.list.selection.remove(&item.id);
            }
        }
    }

    /// A token of the screen is now like this.
    pub(in crate::tui::update) fn take_changed(
        &mut self,
        view: TokenView,
        outside: &mut Outside<'_>,
    ) {
        self.list.replace(&view);
        outside.shared.settle_by(&view);
        let (id, gone) = (view.token.id.clone(), view.token.deleted.is_some());
        if gone {
            self.list.selection.remove(&id);
        }
        match (self.details.id() == Some(id), gone) {
            (false, _) => {}
            (true, false) => self.refresh_token(view.clone(), outside.shared),
            (true, true) => {
                self.details.token = None;
                self.leave_details(outside.shared);
            }
        }
        outside.then.push(Then::Tell(News::Token(Box::new(view))));
    }
}

/// A token has a new value, or at least a new state, after this was done to it.
pub(super) fn take_issued(issued: Box<Issued>, verb: Verb, outside: &mut Outside<'_>) {
    let name = Safe::line(&issued.token.token.name);
    outside.shared.say(Kind::Ok, format!("API token {name} was {}", verb.past()));
    outside.then.push(Then::Show(issued));
}

fn done(order: &Order, view: &TokenView) -> String {
    let name = Safe::line(&view.token.name);
    match order.verb {
        Verb::Revoke => format!("API token {name} was successfully revoked"),
        Verb::DropOld => format!("The old value of {name} was dropped"),
        Verb::Delete if view.is_request() => {
            format!("The request for {name} was cancelled")
        }
        Verb::Enable => match view.out_of_service {
            Some(by) => {
                format!("API token {name} was enabled; it stays Disabled: its {by} is disabled")
            }
            None => format!("API token {name} was enabled"),
        },
        verb => format!("API token {name} was {}", verb.past()),
    }
}
