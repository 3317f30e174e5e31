//! The Users screen: what is listed, chosen and open there, and the user whose
//! tokens are on screen. Knows no keys and draws nothing.

mod filters;
mod holders;
mod viewed;

use crate::domain::{Module, UserId};
use crate::wire::{UserPage, UserQuery, UserView};

use super::list::{Kind, List};
use super::selection::Selection;
use super::shared::Shared;

pub(super) use filters::{is_narrowed, words};
pub(super) use holders::Generated;
pub(super) use viewed::{Aside, UserTab, Viewed};

/// The users of the backend.
#[derive(Debug)]
pub(super) struct UserRows;

impl Kind for UserRows {
    type Query = UserQuery;
    type Row = UserView;
    type Id = UserId;
    type Page = UserPage;

    fn rows(page: &UserPage) -> &[UserView] {
        &page.users
    }

    fn offset(page: &UserPage) -> usize {
        page.offset
    }

    fn total(page: &UserPage) -> usize {
        page.total
    }

    fn id(row: &UserView) -> UserId {
        row.user.id
    }
}

/// What the Users screen knows.
#[derive(Debug, Default)]
pub(super) struct Users {
    /// The users and what they hold of the chosen modules.
    pub(super) list: List<UserRows>,
    /// Those who are selected.
    pub(super) selection: Selection<UserId>,
    /// What is searched for, as it was typed.
    pub(super) text: String,
    /// How many bulk actions are under way.
    pub(super) acting: usize,
}

/// The modules that a token can be for in the account of the title, by name.
pub(super) fn offered(shared: &Shared) -> Vec<&Module> {
    let mut modules: Vec<_> = shared.catalogue.modules_of(shared.account()).collect();
    modules.sort_by_key(|module| (module.name.to_lowercase(), module.id));
    modules
}

impl Users {
    /// Whether a row of the users is marked: selected, or in the range drawn out.
    pub(super) fn marks_user(&self, index: usize, id: UserId) -> bool {
        let Users { list, selection, .. } = &self;
        selection.contains(&id) || selection.spans(index, list.cursor)
    }
}
