//! Whether a token is out of service though nobody switched it off itself: its account
//! or its owner is. Whoever asks what a token's status is asks here too.

use serde::{Deserialize, Serialize};

use super::{AccountStatus, Catalogue, EventAction, Token, User};

/// What takes a token out of service beside itself.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum OutOfService {
    /// Its account is disabled.
    Account,
    /// The user it was issued to is disabled.
    Owner,
}

impl OutOfService {
    /// What takes this token out of service, whether it is switched off itself or not.
    /// An account is named before an owner: whoever brings the owner back would still
    /// find it closed.
    pub fn of(token: &Token<impl Sized>, catalogue: &Catalogue) -> Option<Self> {
        if is_account_disabled(token, catalogue) {
            Some(Self::Account)
        } else if is_owner_disabled(token, catalogue) {
            Some(Self::Owner)
        } else {
            None
        }
    }
}

/// Whether the account of a token is out of service.
pub fn is_account_disabled(token: &Token<impl Sized>, catalogue: &Catalogue) -> bool {
    let account = token.account.and_then(|id| catalogue.accounts.get(&id));
    account.is_some_and(|account| account.status == AccountStatus::Disabled)
}

/// Whether the user whose token it is is out of service.
pub fn is_owner_disabled(token: &Token<impl Sized>, catalogue: &Catalogue) -> bool {
    let owner = token.owner.and_then(|id| catalogue.users.get(&id));
    owner.is_some_and(User::is_disabled)
}

/// What is done to a user who leaves, and to one who comes back.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Switch {
    /// They are let in again, and so are their tokens.
    Enable,
    /// Neither they nor their tokens get in.
    Disable,
}

impl Switch {
    /// What the audit calls it.
    pub fn event(self) -> EventAction {
        match self {
            Self::Enable => EventAction::Enabled,
            Self::Disable => EventAction::Disabled,
        }
    }
}
