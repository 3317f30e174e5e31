//! What the backend tells of tokens: rows, one token, its trail, its value.

use std::time::Duration;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{Refusal, Verb, known_version};
use crate::tui::command::Command;
use crate::tui::details::ShownValue;
use crate::tui::focus::Focus;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::place::{Outside, Then};
use crate::tui::reply::Listing;
use crate::tui::screen::Screen;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::ticket::Ticket;
use crate::wire::{EventPage, Revealed, RowId, TokenView};

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

    pub(super) fn listed(&mut self, result: Answer<Listing>, outside: &mut Outside<'_>) {
        let shared = &mut *outside.shared;
        let Listing { page, all } = match result {
            Ok(listing) => listing,
            Err(error) => return self.not_listed(&error, shared),
        };
        if let Some(as_of) = page.as_of {
            shared.told = (as_of, shared.now);
        }
        shared.link.reach.read(Screen::Tokens, page.as_of);
        let sight = self.sight(shared);
        self.list.take(page, all, sight);
        // So many rows may leave the details other room.
        let sight = self.sight(shared);
        self.list.settle(sight);
        let words = self.filter_words(shared);
        self.list.put_in_words(words);
        self.tell_if_hidden(shared);
        self.await_next_change(shared);
        if std::mem::take(&mut self.list.announced) {
            shared.tell_refreshed();
        }
        // Only where the cursor moved meanwhile: an answer that lacks rows around the
        // very row it was asked for would lack them again.
        if self.list.asked != self.list.cursor {
            self.ask_if_rows_lack(shared);
        }
        self.refresh_details(shared);
        outside.then.push(Then::Tell(News::Tokens));
    }

    fn not_listed(&mut self, error: &BackendError, shared: &mut Shared) {
        shared.link.reach.missed(Screen::Tokens);
        self.list.give_up(&error.to_string());
        self.details.awaits_row = false;
        let asked = std::mem::take(&mut self.list.announced);
        let what = if asked { "refresh" } else { "list the tokens" };
        if shared.drop_held() {
            shared.failed(&format!("{what} (keys typed meanwhile are dropped)"), error);
        } else {
            shared.unread(what, error);
        }
    }

    /// Brings the details up to the rows that came.
    fn refresh_details(&mut self, shared: &mut Shared) {
        if self.details.awaits_row && self.list.current().is_some() {
            return self.follow(shared);
        }
        let held = self.details.id().filter(|_| self.focus == Focus::Details);
        let row = self.details.id().and_then(|id| self.list.find(&id)).cloned();
        match row.filter(|_| self.details.open) {
            Some(view) if held.is_some() || self.list.id == Some(view.token.id.clone()) => {
                self.refresh_token(view, shared);
            }
            _ => {
                let follows = self.focus == Focus::List && self.details.follow_at.is_none();
                if self.details.open && follows {
                    self.follow(shared);
                }
            }
        }
        if let Some(id) = held.filter(|id| self.list.find(id).is_none()) {
            shared.ask_if_there(id);
        }
    }

    /// The token in the details is now like this.
    pub(super) fn refresh_token(&mut self, view: TokenView, shared: &mut Shared) {
        let before = self.details.token.as_ref();
        let before = before.and_then(|old| known_version(old.token.version));
        let changed = before.is_none() || before != known_version(view.token.version);
        if changed && shared.refused(&view, Verb::Reveal).is_some() {
            self.details.hide_value();
        }
        self.details.take(view);
        if changed {
            self.ask_events(shared);
        }
    }

    pub(super) fn shown(
        &mut self,
        id: &RowId,
        result: Answer<Box<TokenView>>,
        outside: &mut Outside<'_>,
    ) {
        match result {
            Ok(view) => {
                if self.details.id().as_ref() == Some(id) {
                    self.refresh_token((*view).clone(), outside.shared);
                }
                outside.then.push(Then::Tell(News::Token(view)));
            }
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                self.lose(id, outside);
            }
            Err(error) => outside.shared.failed("look at the token again", &error),
        }
    }

    /// A token is gone, or no longer the operator's to see.
    fn lose(&mut self, id: &RowId, outside: &mut Outside<'_>) {
        // What was done to it from here says so itself.
        if outside.shared.acting.contains(id) {
            return;
        }
        outside.then.push(Then::Tell(News::Gone(id.clone())));
        if self.details.id().as_ref() != Some(id) {
            return;
        }
        self.details.token = None;
        self.leave_details(outside.shared);
        outside.shared.mention(format!("{id} is no longer here"));
        if self.details.open {
            self.follow(outside.shared);
        }
    }
}
