//! Choosing which tabs the details have (R84). The choice is remembered.

use crate::tui::notice::Kind;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;

impl Tokens {
    /// Every tab there is to choose, with whether it is shown: those of the user on
    /// screen, or those of the details.
    pub(in crate::tui) fn choice_of_tabs(&self, shared: &Shared) -> Vec<(String, bool)> {
        if self.has_user_tabs() {
            return shared.all_user_tabs();
        }
        let shown = shared.tabs();
        let tabs = shared.session.descriptors.tabs.iter();
        tabs.map(|tab| (tab.to_string(), shown.contains(tab))).collect()
    }

    /// Shows that tab, or hides it; the last one stays.
    pub(in crate::tui) fn toggle_tab(&mut self, shared: &mut Shared, index: usize) {
        let mut tabs = self.choice_of_tabs(shared);
        if let Some((_, shown)) = tabs.get_mut(index) {
            *shown = !*shown;
        }
        if !tabs.iter().any(|(_, shown)| *shown) {
            shared.say(Kind::Refused, "One tab always stays");
            return;
        }
        let hidden = tabs.into_iter().filter(|(_, shown)| !shown).map(|(name, _)| name).collect();
        let users = self.has_user_tabs();
        let change =
            if users { Change::HiddenUserTabs(hidden) } else { Change::HiddenTabs(hidden) };
        shared.remember(change);
        let stays = match self.viewed() {
            Some(viewed) if users => shared.user_tabs().contains(&viewed.tab),
            _ => shared.tabs().contains(&self.details.tab),
        };
        if !stays {
            self.go_to_tab(shared, true);
        }
    }
}
