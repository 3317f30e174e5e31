//! What can be done to a token, and for users who hold tokens: by name, with the words for it.

use serde::{Deserialize, Serialize};

/// An action by name: enough to say whether it is allowed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Verb {
    /// Change its settings.
    Edit,
    /// Switch it on.
    Enable,
    /// Switch it off for the time being.
    Disable,
    /// Give it a new value.
    Regenerate,
    /// Take it out of service for good; the record stays.
    Revoke,
    /// Remove it for good.
    Delete,
    /// Take a requested or exported token into service.
    Accept,
    /// Show or copy its value.
    Reveal,
    /// End the overlap in which its older value still passes.
    DropOld,
    /// Give it to another user of its account, or back to the account.
    HandOver,
}

impl Verb {
    /// "revoked", "enabled": what was done.
    pub fn past(self) -> &'static str {
        match self {
            Self::Edit => "edited",
            Self::Enable => "enabled",
            Self::Disable => "disabled",
            Self::Regenerate => "regenerated",
            Self::Revoke => "revoked",
            Self::Delete => "deleted",
            Self::Accept => "accepted",
            Self::Reveal => "revealed",
            Self::DropOld => "rid of its old value",
            Self::HandOver => "handed over",
        }
    }

    /// "Revoke", "Enable": what a button or menu entry says.
    pub fn title(self) -> &'static str {
        match self {
            Self::Edit => "Edit",
            Self::Enable => "Enable",
            Self::Disable => "Disable",
            Self::Regenerate => "Regenerate",
            Self::Revoke => "Revoke",
            Self::Delete => "Delete",
            Self::Accept => "Accept",
            Self::Reveal => "Show value",
            Self::DropOld => "Drop old value",
            Self::HandOver => "Hand over",
        }
    }

    /// Whether the action can't be taken back, so that doing it to many tokens
    /// wants the word and the count typed.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Revoke | Self::Delete)
    }
}

/// What can be done for users, each named user and each chosen module in turn.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum HolderVerb {
    /// Ask for a token on behalf of a user; the user accepts it (R119).
    Request,
    /// Delete the user's tokens that reach the module (R120).
    Remove,
    /// Withdraw requests that wait for acceptance (R121).
    Cancel,
    /// Replace the user's tokens by new ones whose values go into a file (R122 to R125).
    Generate,
}

impl HolderVerb {
    /// "requested", "removed": what was done.
    pub fn past(self) -> &'static str {
        match self {
            Self::Request => "requested",
            Self::Remove => "removed",
            Self::Cancel => "cancelled",
            Self::Generate => "generated",
        }
    }

    /// Whether it makes tokens, which take scopes and replace others.
    pub fn makes(self) -> bool {
        match self {
            Self::Request | Self::Generate => true,
            Self::Remove | Self::Cancel => false,
        }
    }

    /// What a menu entry says (D23).
    pub fn title(self) -> &'static str {
        match self {
            Self::Request => "Request new API token",
            Self::Remove => "Remove API token",
            Self::Cancel => "Cancel pending requests",
            Self::Generate => "Generate & export tokens",
        }
    }
}
