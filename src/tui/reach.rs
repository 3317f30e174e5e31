//! Whether the backend answers. Pure: what an answer says about it, and since when
//! there is none.

use crate::backend::BackendError;
use crate::domain::Time;

/// The codes of a backend that did not answer, or whose answer did not come from it.
const SILENT: [&str; 7] = [
    "unreachable",
    "broken_off",
    "timeout",
    "outcome_unknown",
    "not_tokendeck",
    "redirected",
    "tls",
];

/// The codes of a change of which nobody knows whether it was done.
const OPEN: [&str; 2] = ["outcome_unknown", "timeout"];

/// What is known of the connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// When it first did not answer, by its clock; none while it answers.
    pub(super) silent_since: Option<Time>,
    /// Whether the operator was told so.
    pub(super) told: bool,
}

/// What a result tells of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The backend answered, be it with a refusal.
    Answer,
    /// It did not.
    Silence,
}

impl Sign {
    /// What an error tells.
    pub(super) fn of(error: &BackendError) -> Self {
        if SILENT.contains(&error.code()) { Self::Silence } else { Self::Answer }
    }
}

/// Whether a change that failed like this may have been done all the same.
pub(super) fn is_open(error: &BackendError) -> bool {
    OPEN.contains(&error.code())
}
