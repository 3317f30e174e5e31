//! The details pane: opening and leaving it, following the cursor, its tabs and
//! the value it may show.

use std::time::Duration;

use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::details::Tab;
use crate::tui::focus::Focus;
use crate::tui::layout::ROOMY;
use crate::tui::notice::Kind;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::wire::TokenView;

/// How long the cursor rests before the pane follows it, so that moving through
/// the list stays cheap.
const REST: Duration = Duration::from_millis(150);

impl Tokens {
    pub(super) fn open_details(&mut self, shared: &mut Shared) {
        if let Some(view) = self.list.current().cloned() {
            self.open_details_of(shared, view);
        }
    }

    /// Opens the details of a token, be it listed or not.
    pub(in crate::tui) fn open_details_of(&mut self, shared: &mut Shared, view: TokenView) {
        self.details.open = true;
        self.details.take(view);
        self.focus = Focus::Details;
        let sight = self.sight(shared);
        self.list.settle(sight);
        self.ask_events(shared);
    }

    /// Back to the list, the cursor on the same row (R85).
    pub(in crate::tui) fn leave_details(&mut self, shared: &Shared) {
        self.focus = Focus::List;
        self.details.leave();
        self.details.tab = shared.tabs().first().copied().unwrap_or_default();
        let (_, rows) = shared.size;
        self.details.open = rows >= ROOMY;
        let sight = self.sight(shared);
        self.list.settle(sight);
    }

    /// The cursor moved: the pane follows once it rests.
    pub(in crate::tui) fn follow_later(&mut self, shared: &mut Shared) {
        if !self.details.open || self.details.id() == self.list.id {
            self.details.follow_at = None;
            return;
        }
        self.details.hide_value();
        if self.details.token.is_none() {
            return self.follow(shared);
        }
        self.details.follow_at = Some(shared.now.after(REST));
    }

    /// The pane shows the token under the cursor.
    pub(in crate::tui) fn follow(&mut self, shared: &mut Shared) {
        self.details.follow_at = None;
        match self.list.current().cloned() {
            Some(view) => {
                self.details.take(view);
                self.ask_events(shared);
            }
            None if self.list.total() == 0 => {
                self.details.hide_value();
                self.details.token = None;
            }
            None => {}
        }
    }

    /// To the next token of the list, or the one before. Where the details have the keys they
    /// show it at once: the next key is for that one.
    pub(super) fn step_token(&mut self, shared: &mut Shared, command: Command) {
        let on = command == Command::NextToken;
        let before = self.list.cursor;
        let step = if on { Command::Down } else { Command::Up };
        let sight = self.sight(shared);
        self.list.move_by(step, sight);
        // Another page may have other room.
        let sight = self.sight(shared);
        self.list.settle(sight);
        if self.list.cursor == before {
            let end = if on { "last" } else { "first" };
            shared.mention(format!("This is the {end} token of the list"));
            return;
        }
        if self.focus == Focus::List {
            return self.moved(shared);
        }
        self.ask_if_rows_lack(shared);
        self.details.hide_value();
        self.details.awaits_row = self.list.current().is_none();
        if !self.details.awaits_row {
            self.follow(shared);
        }
    }

    /// The next tab that is shown, or the one before.
    pub(super) fn go_to_tab(&mut self, shared: &mut Shared, on: bool) {
        if self.has_user_tabs() {
            return self.go_to_user_tab(shared, on);
        }
        let tab = self.details.tab.step(&shared.tabs(), on);
        self.show_tab(shared, tab);
    }

    pub(super) fn show_tab(&mut self, shared: &mut Shared, tab: Tab) {
        self.details.hide_value();
        self.details.tab = tab;
        self.details.scroll = 0;
        self.ask_events(shared);
    }

    /// Asks for the audit trail where it is on screen.
    pub(super) fn ask_events(&mut self, shared: &mut Shared) {
        let Some(id) = self.details.id() else { return };
        if !self.details.open || self.details.tab != Tab::Audit {
            return;
        }
        shared.ask(Call::Events(id));
    }

    /// Shows the value after the backend recorded it, or hides it (R76).
    pub(super) fn toggle_value(&mut self, shared: &mut Shared) {
        let target = self.target().map(|view| view.token.id.clone());
        if self.details.value().is_some() && self.details.id() == target {
            self.details.hide_value();
            return;
        }
        if !shared.tabs().contains(&Tab::General) {
            shared.say(Kind::Refused, "The tab General, which shows it, is hidden");
            return;
        }
        if self.focus == Focus::List {
            self.open_details(shared);
        }
        if self.details.tab != Tab::General {
            self.details.tab = Tab::General;
            self.details.scroll = 0;
        }
        if let Some(id) = self.details.id() {
            self.details.revealing = Some(shared.ask(Call::Reveal(id)));
        }
    }
}
