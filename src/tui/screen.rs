//! Which of the three screens is shown. What lies over it is `layers`'s.

/// A screen of its own; the keys `1`, `2` and `3` go from one to the other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Screen {
    /// Tokens of an account.
    #[default]
    Tokens,
    /// Users and the tokens they hold (section H).
    Users,
    /// Accounts, modules, scopes, permission groups and users (R139).
    Catalog,
}
