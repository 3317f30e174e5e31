//! The details pane: which token, which tab, how far scrolled, and the value
//! while it is shown.

use std::collections::BTreeSet;

use crate::domain::TokenValue;
use crate::wire::{EventPage, RowId, TokenView};

pub(super) use crate::wire::DetailsTab as Tab;

use super::moment::Moment;
use super::shared::Shared;
use super::ticket::Ticket;

impl Tab {
    /// The next of these tabs, or the one before, round and round. From a tab that
    /// is none of them it is the first.
    pub(super) fn step(self, tabs: &[Self], on: bool) -> Self {
        let Some(place) = tabs.iter().position(|tab| *tab == self) else {
            return tabs.first().copied().unwrap_or_default();
        };
        let by = if on { 1 } else { tabs.len().saturating_sub(1) };
        tabs.iter().copied().cycle().nth(place + by).unwrap_or(self)
    }

    /// Those of these tabs that are shown when some are hidden; never none.
    pub(super) fn shown(tabs: &[Self], hidden: &BTreeSet<String>) -> Vec<Self> {
        let is_shown = |tab: &Self| !hidden.contains(&tab.to_string());
        let shown: Vec<_> = tabs.iter().copied().filter(is_shown).collect();
        if shown.is_empty() { vec![Self::default()] } else { shown }
    }
}

impl Shared {
    /// The tabs of the details that are shown (R84).
    pub(super) fn tabs(&self) -> Vec<Tab> {
        Tab::shown(&self.session.descriptors.tabs, &self.state.hidden_tabs)
    }
}

/// A value between show and hide. It is in no other place of the program.
#[derive(Debug)]
pub(super) struct ShownValue {
    /// Whose it is.
    pub(super) id: RowId,
    /// The value.
    pub(super) value: TokenValue,
    /// When it is hidden again.
    pub(super) until: Moment,
}

/// The details pane.
#[derive(Debug, Default)]
pub(super) struct Details {
    /// Whether it is on screen.
    pub(super) open: bool,
    /// What it shows.
    pub(super) token: Option<Box<TokenView>>,
    /// The tab on top.
    pub(super) tab: Tab,
    /// Lines scrolled off its top.
    pub(super) scroll: usize,
    /// The audit trail of the token, once asked for.
    pub(super) events: Option<EventPage>,
    /// The value, while it is shown.
    pub(super) shown: Option<ShownValue>,
    /// The ticket of the value that is on its way.
    pub(super) revealing: Option<Ticket>,
    /// Whether the operator went on to a token whose row is still on its way.
    pub(super) awaits_row: bool,
    /// When the pane takes over the token under the cursor.
    pub(super) follow_at: Option<Moment>,
}

impl Details {
    /// The token it shows.
    pub(super) fn id(&self) -> Option<RowId> {
        self.token.as_ref().map(|view| view.token.id.clone())
    }

    /// The value of the token it shows, while it is shown.
    pub(super) fn value(&self) -> Option<&TokenValue> {
        self.shown
            .as_ref()
            .filter(|shown| Some(shown.id.clone()) == self.id())
            .map(|shown| &shown.value)
    }

    /// Hides the value, and forgets one that is still on its way.
    pub(super) fn hide_value(&mut self) {
        self.shown = None;
        self.revealing = None;
    }

    /// Shows another token, or the same one as it is now.
    pub(super) fn take(&mut self, view: TokenView) {
        if self.id().as_ref() != Some(&view.token.id) {
            self.hide_value();
            self.scroll = 0;
            self.events = None;
        }
        self.token = Some(Box::new(view));
        self.awaits_row = false;
        self.follow_at = None;
    }

    /// Leaves the pane; the next time it starts with the first tab.
    pub(super) fn leave(&mut self) {
        self.hide_value();
        self.awaits_row = false;
        self.tab = Tab::default();
        self.scroll = 0;
    }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    fn shown(hidden: &BTreeSet<String>) -> Vec<Tab> {
        Tab::shown(&Tab::iter().collect::<Vec<_>>(), hidden)
    }

    #[test]
    fn the_tabs_go_round() {
        let all = shown(&BTreeSet::new());
        assert_eq!(Tab::General.step(&all, true), Tab::Modules);
        assert_eq!(Tab::Audit.step(&all, true), Tab::General);
        assert_eq!(Tab::General.step(&all, false), Tab::Audit);
    }

    #[test]
    fn r084_a_hidden_tab_is_skipped_and_one_is_always_there() {
        let hidden = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let some = shown(&hidden(&["Modules", "of a later version"]));
        assert_eq!(Tab::General.step(&some, true), Tab::Details);
        assert_eq!(Tab::Modules.step(&some, true), Tab::General);
        let none = hidden(&["General", "Modules", "Details", "Audit trail"]);
        assert_eq!(shown(&none), [Tab::General]);
    }
}
