//! A user whose tokens are on screen. They are a token list like that of the account, asked
//! for one owner (D18), so that every key works there as it does in the list of all.

use std::collections::BTreeSet;

use strum::IntoEnumIterator as _;

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

/// A user whose tokens are on screen.
#[derive(Debug)]
pub(in crate::tui) struct Viewed {
    /// Who it is, as last told.
    pub(in crate::tui) user: UserView,
    /// The tab on top.
    pub(in crate::tui) tab: UserTab,
    /// Lines scrolled off the top of General.
    pub(in crate::tui) scroll: usize,
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
