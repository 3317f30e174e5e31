//! Tokens as users hold them: what a user has of a module, and what can be done
//! for many users at once (requirements section 2 and R115 to R131).

use serde::{Deserialize, Serialize};

use super::{ModuleId, Status, Time, Token, UserId, access, catalogue::Catalogue};

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

/// What a user has of the modules asked about: the API token column (R117).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Holding {
    /// Nothing that works or waits.
    Nothing,
    /// An accepted token that has not ended: the check mark.
    Has,
    /// A request, or an exported value, that waits for acceptance.
    Pending {
        /// Whether an accepted token is there besides.
        has: bool,
    },
    /// No module was asked about: how many accepted tokens there are.
    Count {
        /// The number.
        accepted: usize,
    },
}

/// Whether a token reaches a module, by itself or through a group.
pub fn reaches(token: &Token, module: ModuleId, catalogue: &Catalogue) -> bool {
    access::effective(token, catalogue).iter().any(|grant| grant.module == module)
}

/// Whether a token counts as held: accepted, and neither revoked, deleted nor expired.
pub fn is_held(token: &Token, now: Time) -> bool {
    !matches!(
        Status::of(token, now),
        Status::Deleted | Status::Revoked | Status::Pending | Status::Expired
    )
}

/// The name of a token made for a user: `LOGIN-MODULE`, then `-2` and so on
/// (requirements section 2). `taken` says whether a name is in use.
pub fn made_name(login: &str, module: &str, mut taken: impl FnMut(&str) -> bool) -> String {
    let base: String =
        format!("{login}-{}", module.to_lowercase().replace(char::is_whitespace, "-"));
    // Room for a number after it.
    let base: String = base.chars().take(super::name::MAX_NAME.saturating_sub(6)).collect();
    let mut name = base.clone();
    let mut number = 1_u64;
    while taken(&name) {
        number += 1;
        name = format!("{base}-{number}");
    }
    name
}

/// A user and a module: what one line of a plan for users is about.
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
)]
pub struct Pair {
    /// Who.
    pub user: UserId,
    /// For what.
    pub module: ModuleId,
}
