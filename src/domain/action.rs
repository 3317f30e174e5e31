//! What can be done to a token that exists, and the words for it.

use serde::{Deserialize, Serialize};

use super::{Credential, Expiry, Overlap, Receiver, Settings, Time};

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

/// An action with all it needs.
#[derive(Debug, Clone)]
pub enum Action {
    /// Change its settings, and its value too where one was drawn in the form (D12).
    Edit {
        /// The settings afterwards.
        settings: Settings,
        /// The value afterwards, if it is to change.
        credential: Option<Credential>,
    },
    /// Switch it on.
    Enable,
    /// Switch it off.
    Disable,
    /// Give it a new value and a new end.
    Regenerate {
        /// The new value.
        credential: Credential,
        /// The new end, counted from now; none = as long from now as the old value was
        /// to live from its issue.
        expiry: Option<Expiry>,
        /// How long the old value still passes.
        overlap: Overlap,
    },
    /// Take it out of service.
    Revoke,
    /// Remove it; on a pending one, cancel the request.
    Delete,
    /// End the overlap in which its older value still passes.
    DropOld,
    /// Give it to somebody else.
    HandOver {
        /// Who gets it.
        to: Receiver,
        /// The value afterwards; none = the old one stays.
        credential: Option<Credential>,
        /// How long the old value still passes beside a new one.
        overlap: Overlap,
    },
    /// Take it into service; a requested token gets its value now.
    Accept {
        /// The value, for a token that has none yet.
        credential: Option<Credential>,
        /// When that one ends, unless it was asked for with an end; none = never.
        end: Option<Time>,
    },
}

impl Action {
    /// The action's name.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Edit { .. } => Verb::Edit,
            Self::Enable => Verb::Enable,
            Self::Disable => Verb::Disable,
            Self::Regenerate { .. } => Verb::Regenerate,
            Self::Revoke => Verb::Revoke,
            Self::Delete => Verb::Delete,
            Self::DropOld => Verb::DropOld,
            Self::HandOver { .. } => Verb::HandOver,
            Self::Accept { .. } => Verb::Accept,
        }
    }
}
