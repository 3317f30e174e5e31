//! The screens: each is the base of what is shown while it is on. They do not know each
//! other; what one of them keeps stays while another is shown.

pub(super) mod tokens;

use ratatui::layout::Rect;
use tokens::Tokens;

use crate::wire::TokenView;

use super::catalog::Shelf;
use super::focus::Focus;
use super::layout::Areas;
use super::screen::Screen;
use super::search::SearchIn;
use super::shared::Shared;
use super::users::Users;

/// All screens, and which of them is shown.
#[derive(Debug, Default)]
pub(super) struct Screens {
    /// The one that is shown.
    pub(super) at: Screen,
    /// Tokens of the account.
    pub(super) of_account: Tokens,
    /// Those of the user who was opened among the users; they lie over them until a step back.
    pub(super) of_user: Option<Box<Tokens>>,
    /// Users.
    pub(super) users: Users,
    /// The catalogue.
    pub(super) shelf: Shelf,
}

impl Screens {
    /// The tokens that are on screen, or were last: of a user, where one is open, else of the
    /// account.
    pub(super) fn tokens(&self) -> &Tokens {
        self.of_user.as_deref().unwrap_or(&self.of_account)
    }

    /// The same, to change them.
    pub(super) fn tokens_mut(&mut self) -> &mut Tokens {
        self.of_user.as_deref_mut().unwrap_or(&mut self.of_account)
    }

    /// The text that is searched for there.
    pub(super) fn searched(&mut self, within: SearchIn) -> &mut String {
        match within {
            SearchIn::Name => &mut self.tokens_mut().list.query.search,
            SearchIn::Guid => &mut self.tokens_mut().list.query.guid,
            SearchIn::User => &mut self.users.text,
            SearchIn::Entry => &mut self.shelf.list.query.text,
        }
    }

    /// Searches for this there, instead of what was searched for.
    pub(super) fn search_for(&mut self, shared: &mut Shared, within: SearchIn, text: String) {
        if text == *self.searched(within) {
            return;
        }
        *self.searched(within) = text;
        match within {
            SearchIn::User => self.users.find_users(shared),
            SearchIn::Name | SearchIn::Guid => self.tokens_mut().reload(shared),
            SearchIn::Entry => self.shelf.find_entries(shared),
        }
    }

    /// What the help calls what is shown.
    pub(super) fn called(&self) -> &'static str {
        match self.at {
            Screen::Tokens if self.tokens().views_general() => "the user",
            Screen::Tokens => match self.tokens().focus {
                Focus::List => "tokens",
                Focus::Details => "the details",
            },
            Screen::Users => "users",
            Screen::Catalog => "the catalogue",
        }
    }

    /// The parts of a screen of that size.
    pub(super) fn areas_in(&self, shared: &Shared, area: Rect) -> Areas {
        match self.at {
            Screen::Tokens => self.tokens().areas_in(shared, area),
            Screen::Users | Screen::Catalog => shared.areas_in(area),
        }
    }

    /// The token that an action is for.
    pub(super) fn target(&self) -> Option<&TokenView> {
        if self.at == Screen::Tokens { self.tokens().target() } else { None }
    }

    /// Whether an action is for the selected tokens: in the list, where there are any. In
    /// the details it is for the token they show.
    pub(super) fn acts_on_selection(&self) -> bool {
        self.at == Screen::Tokens && self.tokens().acts_on_selection()
    }

    /// Whether tokens are on screen, be they of an account or of a user.
    pub(super) fn lists_tokens(&self) -> bool {
        self.at == Screen::Tokens && self.tokens().lists_tokens()
    }
}
