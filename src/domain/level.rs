//! How far access goes.

use serde::{Deserialize, Serialize};

use super::Method;

/// How far access to one module goes. No entry means no access.
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
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(ascii_case_insensitive)]
pub enum Level {
    /// GET, HEAD and OPTIONS.
    Read,
    /// Every method.
    Full,
}

impl Level {
    /// Whether this level covers a request of that method.
    pub fn allows(self, method: &Method) -> bool {
        self == Self::Full || method.reads_only()
    }
}
