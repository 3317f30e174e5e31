//! Choosing which tabs the details have (R84). The choice is remembered.

use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use strum::IntoEnumIterator as _;

use crate::tui::command::Command;
use crate::tui::details::Tab;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::overlay::Overlay;
use crate::tui::state::Change;
use crate::tui::users::UserTab;

impl Tokens {
    /// Every tab there is to choose, with whether it is shown: those of the user on
    /// screen, or those of the details.
    pub(in crate::tui) fn choice_of_tabs(&self, shared: &Shared) -> Vec<(String, bool)> {
        if self.has_user_tabs() {
            return shared.all_user_tabs();
        }
        let shown = shared.tabs();
        Tab::iter().map(|tab| (tab.to_string(), shown.contains(&tab))).collect()
    }
}

impl Model {
    pub(super) fn choose_tabs(&mut self) {
        let cursor = match self.screens.tokens.viewed() {
            Some(viewed) if self.screens.tokens.has_user_tabs() => {
                UserTab::iter().position(|tab| tab == viewed.tab)
            }
            _ => Tab::iter().position(|tab| tab == self.screens.tokens.details.tab),
        };
        let cursor = cursor.unwrap_or_default();
        self.overlays.push(Overlay::Tabs { cursor });
    }

    /// Moves the cursor of the choice; there are too few tabs for pages.
    pub(super) fn move_in_tabs(&mut self, command: Command) {
        let last = self.screens.tokens.choice_of_tabs(&self.shared).len().saturating_sub(1);
        if let Some(Overlay::Tabs { cursor }) = self.overlays.last_mut() {
            *cursor = match command {
                Command::Down => (*cursor + 1).min(last),
                Command::Up => cursor.saturating_sub(1),
                Command::Top | Command::HalfUp | Command::PageUp => 0,
                Command::Bottom | Command::HalfDown | Command::PageDown => last,
                _ => *cursor,
            };
        }
    }

    /// Shows the tab under the cursor, or hides it; the last one stays.
    pub(super) fn toggle_tab(&mut self) {
        let Some(Overlay::Tabs { cursor }) = self.overlays.last() else { return };
        let cursor = *cursor;
        let mut tabs = self.screens.tokens.choice_of_tabs(&self.shared);
        if let Some((_, shown)) = tabs.get_mut(cursor) {
            *shown = !*shown;
        }
        if !tabs.iter().any(|(_, shown)| *shown) {
            self.say(Kind::Refused, "One tab always stays");
            return;
        }
        let hidden = tabs.into_iter().filter(|(_, shown)| !shown).map(|(name, _)| name).collect();
        let users = self.screens.tokens.has_user_tabs();
        let change =
            if users { Change::HiddenUserTabs(hidden) } else { Change::HiddenTabs(hidden) };
        self.remember(change);
        let stays = match self.screens.tokens.viewed() {
            Some(viewed) if users => self.user_tabs().contains(&viewed.tab),
            _ => self.tabs().contains(&self.screens.tokens.details.tab),
        };
        if !stays {
            self.screens.tokens.go_to_tab(&mut self.shared, true);
        }
    }
}
