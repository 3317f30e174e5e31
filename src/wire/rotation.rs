//! New values for many tokens of accounts at once: on what terms, and what goes into the
//! file.

use crate::domain::{AccountId, Expiry, Guid, Overlap, Time, TokenId, TokenValue};

use super::Plan;

/// Which tokens get new values, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The tokens: a plan to regenerate.
    pub plan: Plan,
    /// The end of the new values, counted from now; none = each lives as long as the one
    /// before was to live.
    pub expiry: Option<Expiry>,
    /// How long the old values still pass, counted from when the new ones are in force.
    pub overlap: Overlap,
}

/// One new value of a rotation, on its way into the file.
pub struct RotationRow {
    /// Whose it is.
    pub token: TokenId,
    /// Its name.
    pub name: String,
    /// Its account; none = all accounts.
    pub account: Option<AccountId>,
    /// The account, by name.
    pub account_name: String,
    /// The public half of the value.
    pub guid: Guid,
    /// The value.
    pub value: TokenValue,
    /// When it ends.
    pub expires_at: Option<Time>,
}
