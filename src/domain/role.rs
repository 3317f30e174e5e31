//! What a user may be.

use serde::{Deserialize, Serialize};

/// The five roles.
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
#[strum(ascii_case_insensitive)]
pub enum Role {
    /// Every account and scope; the catalogue; tokens of all accounts.
    Superadmin,
    /// Several accounts and every scope of theirs.
    Partner,
    /// One account and the scopes given.
    Admin,
    /// Reads all of its accounts but values.
    Viewer,
    /// Its own tokens: may accept and revoke them.
    Member,
}

impl Role {
    /// Whether a user of this role can be given `manage_tokens` at all.
    pub fn can_manage(self) -> bool {
        !matches!(self, Self::Viewer | Self::Member)
    }
}
