//! A user whose tokens are on screen, and what was on the Tokens screen before. The
//! user's tokens are the token list itself, asked for one owner (D18), so that every
//! key works there as it does in the list of all.

use std::collections::BTreeSet;

use strum::IntoEnumIterator as _;

use crate::tui::filters::Filters;
use crate::tui::list::TokenList;
use crate::wire::UserView;

/// The tabs of a user, in their order (R115).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, strum::EnumIter, strum::Display)]
pub(in crate::tui) enum UserTab {
    /// Their tokens.
    #[default]
    #[strum(serialize = "API Tokens")]
    Tokens,
    /// Who they are.
    General,
}

impl UserTab {
    /// The tabs that are shown when these are hidden; never none.
    pub(in crate::tui) fn shown(hidden: &BTreeSet<String>) -> Vec<Self> {
        let shown: Vec<_> = Self::iter().filter(|tab| !hidden.contains(&tab.to_string())).collect();
        if shown.is_empty() { vec![Self::default()] } else { shown }
    }
}

/// The Tokens screen as it was left for a user's tokens.
#[derive(Debug, Default)]
pub(in crate::tui) struct Aside {
    /// Its list, with what was selected there.
    pub(in crate::tui) list: TokenList,
    /// What narrowed it.
    pub(in crate::tui) filters: Filters,
}

/// A user whose tokens are on screen.
#[derive(Debug)]
pub(in crate::tui) struct Viewed {
    /// Who it is, as last told.
    pub(in crate::tui) user: UserView,
    /// The tab on top.
    pub(in crate::tui) tab: UserTab,
    /// Lines scrolled off the top of General.
    pub(in crate::tui) scroll: usize,
    /// What comes back once the user is left.
    pub(in crate::tui) aside: Aside,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r115_the_tokens_come_first_and_one_tab_always_stays() {
        assert_eq!(UserTab::shown(&BTreeSet::new()), [UserTab::Tokens, UserTab::General]);
        let hidden = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(UserTab::shown(&hidden(&["API Tokens"])), [UserTab::General]);
        assert_eq!(UserTab::shown(&hidden(&["API Tokens", "General"])), [UserTab::Tokens]);
    }
}
