//! The words for what was done.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::EventWord;

/// What was done, as the audit trail says it.
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
    strum::IntoStaticStr,
    strum::EnumString,
    strum::EnumIter,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EventAction {
    /// A record was made.
    Created,
    /// Settings were changed.
    Edited,
    /// A token was switched on.
    Enabled,
    /// A token was switched off.
    Disabled,
    /// A token got a new value.
    Regenerated,
    /// A token was taken out of service for good.
    Revoked,
    /// A record was removed for good.
    Deleted,
    /// A token was asked for on behalf of a user.
    Requested,
    /// A request was withdrawn.
    Cancelled,
    /// The owner, or a first use, took a token into service.
    Accepted,
    /// The overlap of a rotation was ended early.
    OverlapEnded,
    /// A value was shown or copied.
    Revealed,
    /// A token was given to another user, or back to its account.
    HandedOver,
    /// Values were written to a file.
    Exported,
    /// The store was initialised.
    Initialised,
    /// The store moved to a newer schema.
    Migrated,
    /// The machine's clock was taken for right, and the store's time moved to it.
    ClockAccepted,
    /// Something that a newer program does.
    #[serde(untagged)]
    #[strum(disabled)]
    Other(EventWord),
}

impl EventAction {
    /// The action of this name, as the log has it; none where it is longer than any.
    pub fn read(name: &str) -> Option<Self> {
        name.parse().ok().or_else(|| name.parse().map(Self::Other).ok())
    }

    /// The action of this name, which is to be one that this program knows: a slip of the
    /// pen in a filter must not find nothing.
    pub fn known(name: &str) -> Result<Self, String> {
        use strum::IntoEnumIterator as _;
        let names = || Self::iter().map(|one| one.to_string()).collect::<Vec<_>>().join(", ");
        name.parse().map_err(|_| format!("'{name}' is no kind of event: {}", names()))
    }
}

impl fmt::Display for EventAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(word) => word.fmt(f),
            known => f.pad(known.into()),
        }
    }
}
