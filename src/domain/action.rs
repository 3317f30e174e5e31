//! What can be done to a token that exists, with all it needs.

use super::{Credential, Expiry, Overlap, Receiver, Refusal, Settings, Time, Verb};

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
    /// The action of a verb that needs no more than the token.
    pub fn plain(verb: Verb) -> Result<Self, Refusal> {
        match verb {
            Verb::Enable => Ok(Self::Enable),
            Verb::Disable => Ok(Self::Disable),
            Verb::Revoke => Ok(Self::Revoke),
            Verb::Delete => Ok(Self::Delete),
            Verb::DropOld => Ok(Self::DropOld),
            Verb::Edit | Verb::Regenerate | Verb::Accept | Verb::Reveal | Verb::HandOver => {
                Err(Refusal::Unsupported(format!("{verb} a token without more being said")))
            }
        }
    }

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
