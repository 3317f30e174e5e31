//! A user on screen: opening them, their tabs, and the way back to the list (R115).
//! Their tokens are the token list itself, which steps aside meanwhile.

use strum::IntoEnumIterator as _;

use crate::domain::Query;
use crate::tui::focus::Focus;
use crate::tui::layout::ROOMY;
use crate::tui::list::List;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::update::base::Base;
use crate::tui::users::{UserTab, Viewed};

impl Shared {
    /// The tabs of a user that are shown.
    pub(in crate::tui) fn user_tabs(&self) -> Vec<UserTab> {
        UserTab::shown(&self.state.hidden_user_tabs)
    }

    /// Every tab of what the keys go through, with whether it is shown.
    pub(in crate::tui) fn all_user_tabs(&self) -> Vec<(String, bool)> {
        let shown = self.user_tabs();
        UserTab::iter().map(|tab| (tab.to_string(), shown.contains(&tab))).collect()
    }
}

impl Tokens {
    /// No token is in the details, and the list has the keys.
    pub(in crate::tui::update) fn empty_details(&mut self, shared: &Shared) {
        self.focus = Focus::List;
        self.details.leave();
        self.details.tab = shared.tabs().first().copied().unwrap_or_default();
        self.details.token = None;
        self.details.follow_at = None;
        self.details.open = shared.size.1 >= ROOMY;
    }

    /// Whether the tabs that keys go through are those of a user.
    pub(in crate::tui) fn has_user_tabs(&self) -> bool {
        self.viewed().is_some() && self.focus == Focus::List
    }

    /// The next tab of the user, or the one before, round and round.
    pub(in crate::tui::update) fn go_to_user_tab(&mut self, shared: &Shared, on: bool) {
        let tabs = shared.user_tabs();
        let Some(viewed) = &mut self.viewed else { return };
        let place = tabs.iter().position(|tab| *tab == viewed.tab);
        let by = if on { 1 } else { tabs.len().saturating_sub(1) };
        let next = place.map_or(0, |place| (place + by) % tabs.len().max(1));
        viewed.tab = tabs.get(next).copied().unwrap_or_default();
        viewed.scroll = 0;
        self.details.hide_value();
        let sight = self.sight(shared);
        self.list.settle(sight);
    }

    /// The tokens of the user on screen, in place of the tab General.
    pub(in crate::tui::update) fn show_list_of_user(&mut self, shared: &Shared) {
        if self.views_general()
            && let Some(viewed) = &mut self.viewed
        {
            viewed.tab = UserTab::Tokens;
            let sight = self.sight(shared);
            self.list.settle(sight);
        }
    }
}

impl Screens {
    /// Opens the user under the cursor on the first of their tabs.
    pub(in crate::tui) fn open_user(&mut self, shared: &mut Shared) {
        let Some(user) = self.users.list.current().cloned() else { return };
        // Nobody would hide it in time while it is covered.
        self.of_account.details.hide_value();
        let before = &self.of_account;
        let query = Query {
            account: shared.account,
            owner: Some(user.user.id),
            sort: before.list.query.sort.clone(),
            ..Query::default()
        };
        let tab = shared.user_tabs().first().copied().unwrap_or_default();
        let viewed = Some(Box::new(Viewed { user, tab, scroll: 0 }));
        let (list, scrolled) = (List::of(query), before.scrolled);
        let mut tokens = Tokens { viewed, list, scrolled, ..Tokens::default() };
        tokens.empty_details(shared);
        tokens.reload(shared);
        self.of_user = Some(Box::new(tokens));
        self.at = Screen::Tokens;
    }

    /// The user on screen goes; the tokens of the account are as they were left.
    pub(in crate::tui) fn close_user(&mut self, shared: &mut Shared) {
        if self.of_user.take().is_some() {
            self.of_account.settle(shared);
        }
    }

    /// The user on screen as the list now knows them.
    pub(in crate::tui) fn renew_viewed(&mut self) {
        let Some(viewed) = self.of_user.as_mut().and_then(|tokens| tokens.viewed.as_mut()) else {
            return;
        };
        if let Some(user) = self.users.list.find(&viewed.user.user.id) {
            viewed.user.clone_from(user);
        }
    }
}
