//! The Users screen: what is listed, chosen and open there, and the user whose
//! tokens are on screen. Knows no keys and draws nothing.

mod filters;
mod holders;
mod offers;
mod viewed;

use crate::domain::{Module, UserId};
use crate::wire::{UserPage, UserQuery, UserView};

use super::list::List;
use super::list_view::RowSet;
use super::shared::Shared;

pub(super) use filters::{is_narrowed, words};
pub(super) use holders::Generated;
pub(super) use offers::verb_of;
pub(super) use viewed::{UserTab, Viewed};

impl RowSet for UserPage {
    type Row = UserView;
    type Id = UserId;

    fn rows(&self) -> &[UserView] {
        &self.users
    }

    fn offset(&self) -> usize {
        self.offset
    }

    fn total(&self) -> usize {
        self.total
    }

    fn id(row: &UserView) -> UserId {
        row.user.id
    }
}

/// What the Users screen knows.
#[derive(Debug, Default)]
pub(super) struct Users {
    /// The users and what they hold of the chosen modules.
    pub(super) list: List<UserQuery, UserPage>,
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
