//! Answers of the backend. One to an old question is dropped.

use crate::tui::link::Ticket;
use crate::tui::shared::Shared;
use std::time::Duration;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{Catalogue, Refusal, TokenId, Verb};
use crate::text::Safe;
use crate::tui::availability::refused;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::details::ShownValue;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::orders::Order;
use crate::tui::overlay::Confirm;
use crate::tui::reach::Sign;
use crate::tui::reply::Listing;
use crate::tui::screen::Screen;
use crate::tui::unconfirmed::Attempt;
use crate::tui::words;
use crate::wire::{EventPage, Revealed, Session, TokenView};

impl Shared {
    /// Asks who is at work and what exists, unless that is being asked: rights and
    /// names may have changed, and what is dimmed hangs on them.
    pub(super) fn ask_who(&mut self) {
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
    fn ask_if_there(&mut self, id: TokenId) {
        self.ask(Call::Show(id));
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
                self.rebase_entry_form();
                self.renew_form();
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
                self.list.take(page, all, sight);
                let words = self.filter_words();
                self.list.put_in_words(words);
                self.tell_if_hidden();
                self.find_range();
                self.await_next_change();
                if std::mem::take(&mut self.list.announced) {
                    self.tell_refreshed();
                }
                self.after_listing();
                self.take_held();
            }
            Err(error) => {
                self.link.reach.missed(Screen::Tokens);
                self.list.give_up(&error.to_string());
                let asked = std::mem::take(&mut self.list.announced);
                let what = if asked { "refresh" } else { "list the tokens" };
                if self.drop_held() {
                    self.failed(&format!("{what} (keys typed meanwhile are dropped)"), &error);
                } else {
                    self.unread(what, &error);
                }
            }
        }
    }

    /// What was just saved may be no row of this list; it is not to be looked for.
    fn tell_if_hidden(&mut self) {
        let Some((id, saved)) = self.list.sought.take() else { return };
        if self.list.find(id).is_some() {
            return;
        }
        let why = if self.list.query.is_filtered() {
            let clear = self.keymap.first_key_of(Command::ClearFilters);
            format!("the filter hides it, {clear} clears")
        } else {
            "it is not in this list".to_owned()
        };
        self.say(Kind::Ok, format!("{saved}; {why}"));
    }

    /// A status changes by itself when a date comes; the list is asked again then.
    fn await_next_change(&mut self) {
        self.status_due = None;
        if self.options.frozen_clock {
            return;
        }
        if let (Some(next), Some(as_of)) = (self.list.page.next_change, self.list.as_of()) {
            let wait = (next - as_of).to_std().unwrap_or_default();
            // A whole second at least: clocks differ, and this must not spin.
            self.status_due = Some(self.now.after(wait.max(Duration::from_secs(1))));
        }
    }

    /// Brings details and dialog up to the rows that came.
    fn after_listing(&mut self) {
        // Only where the cursor moved meanwhile: an answer that lacks rows around the
        // very row it was asked for would lack them again.
        let moved = self.list.asked != self.list.cursor;
        if moved {
            self.ask_if_rows_lack();
        }
        self.notice_stale_form();
        self.propose_again();
        let asked = self.dialog().and_then(Confirm::order).map(|order| order.id);
        if let Some(view) = asked.and_then(|id| self.list.find(id)).cloned() {
            self.recheck_dialog(&view);
        }
        self.refresh_details();
        let missing = asked.or_else(|| self.details.id().filter(|_| self.focus == Focus::Details));
        if let Some(id) = missing.filter(|id| self.list.find(*id).is_none()) {
            self.ask_if_there(id);
        }
    }

    fn refresh_details(&mut self) {
        if !self.details.open {
            return;
        }
        match self.details.id().and_then(|id| self.list.find(id)).cloned() {
            Some(view) if self.focus == Focus::Details || self.list.id == Some(view.token.id) => {
                self.refresh_token(view);
            }
            _ if self.focus == Focus::List && self.details.follow_at.is_none() => self.follow(),
            _ => {}
        }
    }

    /// The token in the details is now like this.
    fn refresh_token(&mut self, view: TokenView) {
        let before = self.details.token.as_ref().map(|old| old.token.version);
        let changed = before != Some(view.token.version);
        if changed && refused(self, &view, Verb::Reveal).is_some() {
            self.details.hide_value();
        }
        self.details.take(view);
        self.clamp_scroll();
        if changed {
            self.ask_events();
        }
    }

    pub(super) fn shown(&mut self, id: TokenId, result: Answer<Box<TokenView>>) {
        match result {
            Ok(view) => {
                self.recheck_dialog(&view);
                if self.details.id() == Some(id) {
                    self.refresh_token(*view);
                }
            }
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                self.lose(id);
            }
            Err(error) => {
                self.failed("look at the token again", &error);
            }
        }
    }

    /// A token is gone, or no longer the operator's to see.
    fn lose(&mut self, id: TokenId) {
        let asked = self.dialog().and_then(Confirm::order).is_some_and(|order| order.id == id);
        let open = self.details.id() == Some(id);
        // What was done to it from here says so itself.
        if self.acting.contains(&id) || !(asked || open) {
            return;
        }
        let gone = format!("{id} is no longer here");
        if asked {
            self.void_question(gone.clone());
        }
        if open {
            self.details.token = None;
            self.leave_details();
        }
        self.mention(gone);
        if self.details.open && self.details.token.is_none() {
            self.follow();
        }
    }

    pub(super) fn events(&mut self, id: TokenId, result: Answer<EventPage>) {
        if self.details.id() != Some(id) {
            return;
        }
        match result {
            Ok(page) => self.details.events = Some(page),
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                let left = self.details.id();
                if let Some(id) = left {
                    self.ask_if_there(id);
                }
            }
            Err(error) => self.failed("read the audit trail", &error),
        }
    }

    pub(super) fn revealed(&mut self, ticket: Ticket, result: Answer<Revealed>) {
        if self.details.revealing != Some(ticket) {
            return;
        }
        self.details.revealing = None;
        match result {
            Ok(Revealed { token, value }) => {
                let shown = Duration::from_secs(self.options.reveal_seconds);
                let until = self.now.after(shown);
                self.details.shown = Some(ShownValue { id: token, value, until });
            }
            Err(error) => self.failed("show the value", &error),
        }
    }

    pub(super) fn acted(&mut self, order: &Order, result: Answer<Box<TokenView>>) {
        self.acting.remove(&order.id);
        match result {
            Ok(view) => self.done(order, *view),
            Err(error) => {
                self.not_acted(order, &error);
                self.look();
                self.reload();
            }
        }
        self.leave_if_done();
    }

    fn not_acted(&mut self, order: &Order, error: &BackendError) {
        let (attempt, name) = (Attempt::Token(order.clone()), Safe::line(&order.name));
        let before = self.unconfirmed_of(order.id).filter(|known| known.kept.is_open());
        let before = before.map(|known| known.insists);
        let already = error.cause == Cause::Refused(Refusal::AlreadyRevoked);
        if before.is_some() && already {
            self.was_done(&attempt);
            self.say(Kind::Ok, format!("Confirmed: API token {name} is revoked"));
            return;
        }
        // What is tried again and again is not told each time.
        if before != Some(true) || Sign::of(error) == Some(Sign::Answer) {
            self.failed(&words::doing(order.verb, name.as_str()), error);
        }
        self.doubt(attempt, error);
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
            Verb::Delete if view.token.accepted.is_none() => {
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
        self.reload();
    }

    /// A token of the screen is now like this.
    pub(super) fn take_changed(&mut self, view: TokenView) {
        self.list.replace(&view);
        self.settle_by(&view);
        let (id, gone) = (view.token.id, view.token.deleted.is_some());
        if gone {
            self.selection.remove(id);
        }
        match (self.details.id() == Some(id), gone) {
            (false, _) => {}
            (true, false) => self.refresh_token(view),
            (true, true) => {
                self.details.token = None;
                self.leave_details();
            }
        }
    }
}
