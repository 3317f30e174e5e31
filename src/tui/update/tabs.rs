//! Choosing which tabs the details have (R84). The choice is remembered.

use strum::IntoEnumIterator as _;

use crate::tui::command::Command;
use crate::tui::details::Tab;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::overlay::Overlay;
use crate::tui::state::Change;

impl Model {
    pub(super) fn choose_tabs(&mut self) -> Vec<Effect> {
        let cursor = Tab::iter().position(|tab| tab == self.details.tab).unwrap_or_default();
        self.overlays.push(Overlay::Tabs { cursor });
        vec![]
    }

    /// Moves the cursor of the choice; there are too few tabs for pages.
    pub(super) fn move_in_tabs(&mut self, command: Command) {
        let last = Tab::iter().count().saturating_sub(1);
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
    pub(super) fn toggle_tab(&mut self) -> Vec<Effect> {
        let Some(Overlay::Tabs { cursor }) = self.overlays.last() else { return vec![] };
        let Some(tab) = Tab::iter().nth(*cursor) else { return vec![] };
        let mut shown = self.tabs();
        if shown == [tab] {
            self.say(Kind::Refused, "One tab always stays");
            return vec![];
        }
        match shown.iter().position(|known| *known == tab) {
            Some(place) => drop(shown.remove(place)),
            None => shown.push(tab),
        }
        let hidden = Tab::iter().filter(|tab| !shown.contains(tab)).map(|tab| tab.to_string());
        let mut effects = self.remember(Change::HiddenTabs(hidden.collect()));
        if !self.tabs().contains(&self.details.tab) {
            effects.extend(self.go_to_tab(true));
        }
        effects
    }
}
