//! What can go wrong on the way to a server, in the words an operator can act on.

use crate::backend::{BackendError, Cause, Silence};

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum CallFault {
    /// Nothing was sent: no connection could be made.
    Unreachable(String),
    /// Something was sent, and no whole answer came back.
    Broken(String),
    /// No whole answer came in time.
    Late,
    /// The answer is not one of a Tokendeck server.
    Strange {
        /// Why, for what decides by it.
        cause: Cause,
        /// How that shows.
        how: String,
        /// Whether something may have been done all the same.
        perhaps: bool,
    },
}

impl CallFault {
    /// Whether it may have been done all the same.
    pub(super) fn is_open(&self) -> bool {
        match self {
            Self::Unreachable(_) => false,
            Self::Broken(_) | Self::Late => true,
            Self::Strange { perhaps, .. } => *perhaps,
        }
    }

    /// Whether the same request may be sent again under the same key.
    pub(super) fn may_be_repeated(&self) -> bool {
        match self {
            Self::Unreachable(_) | Self::Broken(_) => true,
            Self::Late | Self::Strange { .. } => false,
        }
    }

    /// The error of a call to that place.
    pub(super) fn told(self, place: &str, changes: bool) -> BackendError {
        let open = changes && self.is_open();
        let (cause, how) = match self {
            Self::Unreachable(why) => {
                (Cause::Silent(Silence::Unreachable), format!("cannot reach '{place}': {why}"))
            }
            Self::Broken(why) => (
                Cause::Silent(Silence::BrokenOff),
                format!("'{place}' broke off its answer: {why}"),
            ),
            Self::Late => {
                (Cause::Silent(Silence::Late), format!("'{place}' did not answer in time"))
            }
            Self::Strange { cause, how, .. } => (cause, format!("'{place}' {how}")),
        };
        if !open {
            return BackendError::new(cause, how);
        }
        // Not the cause of what may be tried again without a look.
        let message =
            format!("outcome unknown, it may have been done: {how}. Look before you repeat it");
        BackendError::new(Cause::Open, message)
    }
}
