//! Answers of the backend. One to an old question is dropped.

use std::time::Duration;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{Catalogue, Refusal, Verb, known_version};
use crate::text::Safe;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::details::ShownValue;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::layers::Confirm;
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::orders;
use crate::tui::orders::Order;
use crate::tui::reach::Sign;
use crate::tui::reply::Listing;
use crate::tui::screen::Screen;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::ticket::Ticket;
use crate::tui::unconfirmed::Attempt;
use crate::wire::{EventPage, Revealed, RowId, Session, TokenView};

impl Shared {
    /// Asks who is at work and what exists, unless that is being asked: rights and
    /// names may have changed, and what is dimmed hangs on them.
    pub(in crate::tui) fn ask_who(&mut self) {
        let asked = std::mem::replace(&mut self.asking_who, true);
        if !asked {
            self.ask(Call::Who);
        }
    }

    /// Tells that what was asked for by key was done (R12).
    pub(super) fn tell_refreshed(&mut self) {
        let at = self.wall().format("%H:%M:%S").to_string();
        self.mention(format!("Refreshed {at}"));
    }

    /// Asks whether a token is still there, and how it is.
    fn ask_if_there(&mut self, id: RowId) {
        self.ask(Call::Show(id));
    }
}

impl Tokens {
    /// What was just saved may be no row of this list; it is not to be looked for.
    fn tell_if_hidden(&mut self, shared: &mut Shared) {
        let Some((id, saved)) = self.list.sought.take() else { return };
        if self.list.find(&id).is_some() {
            return;
        }
        let why = if self.list.query.is_filtered() {
            let clear = shared.keymap.first_key_of(Command::ClearFilters);
            format!("the filter hides it, {clear} clears")
        } else {
            "it is not in this list".to_owned()
        };
        shared.say(Kind::Ok, format!("{saved}; {why}"));
    }

    /// A status changes by itself when a date comes; the list is asked again then.
    fn await_next_change(&mut self, shared: &Shared) {
        self.status_due = None;
        if shared.options.frozen_clock {
            return;
        }
        if let (Some(next), Some(as_of)) = (self.list.page.next_change, self.list.as_of()) {
            let wait = (next - as_of).to_std().unwrap_or_default();
            // A whole second at least: clocks differ, and this must not spin.
            self.status_due = Some(shared.now.after(wait.max(Duration::from_secs(1))));
        }
    }

    pub(super) fn events(&mut self, shared: &mut Shared, id: RowId, result: Answer<EventPage>) {
        if self.details.id() != Some(id) {
            return;
        }
        match result {
            Ok(page) => self.details.events = Some(page),
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                let left = self.details.id();
                if let Some(id) = left {
                    shared.ask_if_there(id);
                }
            }
            Err(error) => shared.failed("read the audit trail", &error),
        }
    }

    pub(super) fn revealed(
        &mut self,
        shared: &mut Shared,
        ticket: Ticket,
        result: Answer<Revealed>,
    ) {
        if self.details.revealing != Some(ticket) {
            return;
        }
        self.details.revealing = None;
        match result {
            Ok(Revealed { token, value }) => {
                let shown = Duration::from_secs(shared.options.reveal_seconds);
                let until = shared.now.after(shown);
                self.details.shown = Some(ShownValue { id: token, value, until });
            }
            Err(error) => shared.failed("show the value", &error),
        }
    }

    fn not_acted(&mut self, shared: &mut Shared, order: &Order, error: &BackendError) {
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
        self.doubt(shared, attempt, error);
    }
}

impl Model {
    pub(super) fn known(&mut self, result: Answer<Box<(Session, Catalogue)>>) {
        self.asking_who = false;
        match result {
            Ok(known) => {
                let (session, catalogue) = *known;
                self.told = (session.now, self.now);
                self.link.reach.read(Screen::Catalog, Some(session.now));
                self.session = session;
                self.catalogue = catalogue;
                self.tell(&News::Known);
                self.leave_lost_account();
                self.renew_shelf();
            }
            Err(error) => {
                self.link.reach.missed(Screen::Catalog);
                self.unread("refresh", &error);
            }
        }
    }

    pub(super) fn listed(&mut self, result: Answer<Listing>) {
        match result {
            Ok(Listing { page, all }) => {
                if let Some(as_of) = page.as_of {
                    self.told = (as_of, self.now);
                }
                self.link.reach.read(Screen::Tokens, page.as_of);
                let sight = self.sight();
                self.screens.tokens.list.take(page, all, sight);
                let words = self.screens.tokens.filter_words(&self.shared);
                self.screens.tokens.list.put_in_words(words);
                self.screens.tokens.tell_if_hidden(&mut self.shared);
                self.screens.tokens.await_next_change(&self.shared);
                if std::mem::take(&mut self.screens.tokens.list.announced) {
                    self.tell_refreshed();
                }
                self.after_listing();
                self.take_held();
            }
            Err(error) => {
                self.link.reach.missed(Screen::Tokens);
                self.screens.tokens.list.give_up(&error.to_string());
                let asked = std::mem::take(&mut self.screens.tokens.list.announced);
                let what = if asked { "refresh" } else { "list the tokens" };
                if self.drop_held() {
                    self.failed(&format!("{what} (keys typed meanwhile are dropped)"), &error);
                } else {
                    self.unread(what, &error);
                }
            }
        }
    }

    /// Brings details and dialog up to the rows that came.
    fn after_listing(&mut self) {
        // Only where the cursor moved meanwhile: an answer that lacks rows around the
        // very row it was asked for would lack them again.
        let moved = self.screens.tokens.list.asked != self.screens.tokens.list.cursor;
        if moved {
            self.screens.tokens.ask_if_rows_lack(&mut self.shared);
        }
        self.tell(&News::Tokens);
        self.propose_again::<Verb>();
        let asked =
            self.layers.top::<Confirm>().and_then(Confirm::order).map(|order| order.id.clone());
        if let Some(view) = asked.clone().and_then(|id| self.screens.tokens.list.find(&id)).cloned()
        {
            self.recheck_dialog(&view);
        }
        self.refresh_details();
        let missing = asked.or_else(|| {
            self.screens.tokens.details.id().filter(|_| self.screens.tokens.focus == Focus::Details)
        });
        if let Some(id) = missing.filter(|id| self.screens.tokens.list.find(id).is_none()) {
            self.ask_if_there(id);
        }
    }

    fn refresh_details(&mut self) {
        if !self.screens.tokens.details.open {
            return;
        }
        match self
            .screens
            .tokens
            .details
            .id()
            .and_then(|id| self.screens.tokens.list.find(&id))
            .cloned()
        {
            Some(view)
                if self.screens.tokens.focus == Focus::Details
                    || self.screens.tokens.list.id == Some(view.token.id.clone()) =>
            {
                self.refresh_token(view);
            }
            _ if self.screens.tokens.focus == Focus::List
                && self.screens.tokens.details.follow_at.is_none() =>
            {
                self.screens.tokens.follow(&mut self.shared);
            }
            _ => {}
        }
    }

    /// The token in the details is now like this.
    fn refresh_token(&mut self, view: TokenView) {
        let before = self.screens.tokens.details.token.as_ref();
        let before = before.and_then(|old| known_version(old.token.version));
        let changed = before.is_none() || before != known_version(view.token.version);
        if changed && self.refused(&view, Verb::Reveal).is_some() {
            self.screens.tokens.details.hide_value();
        }
        self.screens.tokens.details.take(view);
        self.clamp_scroll();
        if changed {
            self.screens.tokens.ask_events(&mut self.shared);
        }
    }

    pub(super) fn shown(&mut self, id: RowId, result: Answer<Box<TokenView>>) {
        match result {
            Ok(view) => {
                self.recheck_dialog(&view);
                if self.screens.tokens.details.id() == Some(id) {
                    self.refresh_token(*view);
                }
            }
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                self.lose(&id);
            }
            Err(error) => {
                self.failed("look at the token again", &error);
            }
        }
    }

    /// A token is gone, or no longer the operator's to see.
    fn lose(&mut self, id: &RowId) {
        let asked = self
            .layers
            .top::<Confirm>()
            .and_then(Confirm::order)
            .is_some_and(|order| order.id == *id);
        let open = self.screens.tokens.details.id() == Some(id.clone());
        // What was done to it from here says so itself.
        if self.acting.contains(id) || !(asked || open) {
            return;
        }
        let gone = format!("{id} is no longer here");
        if asked {
            self.void_question(gone.clone());
        }
        if open {
            self.screens.tokens.details.token = None;
            self.screens.tokens.leave_details(&self.shared);
        }
        self.mention(gone);
        if self.screens.tokens.details.open && self.screens.tokens.details.token.is_none() {
            self.screens.tokens.follow(&mut self.shared);
        }
    }

    pub(super) fn acted(&mut self, order: &Order, result: Answer<Box<TokenView>>) {
        self.acting.remove(&order.id);
        match result {
            Ok(view) => self.done(order, *view),
            Err(error) => {
                self.screens.tokens.not_acted(&mut self.shared, order, &error);
                self.screens.tokens.reload(&mut self.shared);
            }
        }
    }

    /// Leaving waited for what was under way.
    pub(super) fn leave_if_done(&mut self) {
        if !self.leaving || self.is_at_work() {
            return;
        }
        if self.must_warn() {
            self.leaving = false;
            self.ask_leave_unconfirmed();
            return;
        }
        self.put(Effect::Quit);
    }

    fn done(&mut self, order: &Order, view: TokenView) {
        let name = Safe::line(&view.token.name);
        let text = match order.verb {
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
        };
        self.say(Kind::Ok, text);
        self.take_changed(view);
        self.screens.tokens.reload(&mut self.shared);
    }

    /// A token of the screen is now like this.
    pub(super) fn take_changed(&mut self, view: TokenView) {
        self.screens.tokens.list.replace(&view);
        for number in self.settle_by(&view) {
            self.release_form(number);
        }
        let (id, gone) = (view.token.id.clone(), view.token.deleted.is_some());
        if gone {
            self.screens.tokens.list.selection.remove(&id);
        }
        match (self.screens.tokens.details.id() == Some(id), gone) {
            (false, _) => {}
            (true, false) => self.refresh_token(view),
            (true, true) => {
                self.screens.tokens.details.token = None;
                self.screens.tokens.leave_details(&self.shared);
            }
        }
    }
}
