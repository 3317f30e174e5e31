//! The screens: each is the base of what is shown while it is on. They do not know each
//! other; what one of them keeps stays while another is shown.

pub(super) mod tokens;

use super::catalog::Shelf;
use super::screen::Screen;
use super::users::Users;
use tokens::Tokens;

/// All screens, and which of them is shown.
#[derive(Debug, Default)]
pub(super) struct Screens {
    /// The one that is shown.
    pub(super) at: Screen,
    /// Tokens, of the account or of a user.
    pub(super) tokens: Tokens,
    /// Users.
    pub(super) users: Users,
    /// The catalogue.
    pub(super) shelf: Shelf,
}
