//! What can go wrong on the way to a server, in the words an operator can act on.

use crate::backend::BackendError;

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Fault {
    /// Nothing was sent: no connection could be made.
    Unreachable(String),
    /// Something was sent, and no whole answer came back.
    Broken(String),
    /// No whole answer came in time.
    Late,
    /// The answer is not one of a Tokendeck server.
    Strange {
        /// The code for scripts.
        code: &'static str,
        /// How that shows.
        how: String,
        /// Whether something may have been done all the same.
        perhaps: bool,
    },
}

/// The code of a change of which nobody knows whether it was done.
pub(super) const UNKNOWN: &str = "outcome_unknown";

impl Fault {
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
        matches!(self, Self::Unreachable(_) | Self::Broken(_))
    }

    /// The error of a call to that place.
    pub(super) fn told(self, place: &str, changes: bool) -> BackendError {
        let open = changes && self.is_open();
        let (code, how) = match self {
            Self::Unreachable(why) => ("unreachable", format!("cannot reach '{place}': {why}")),
            Self::Broken(why) => ("broken_off", format!("'{place}' broke off its answer: {why}")),
            Self::Late => ("timeout", format!("'{place}' did not answer in time")),
            Self::Strange { code, how, .. } => (code, format!("'{place}' {how}")),
        };
        if !open {
            return BackendError::Unavailable { code, message: how, exit_code: 6 };
        }
        let message =
            format!("outcome unknown, it may have been done: {how}. Look before you repeat it");
        // Not the code of what may be tried again without a look.
        BackendError::Unavailable { code: UNKNOWN, message, exit_code: 5 }
    }
}
