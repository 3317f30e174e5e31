//! What was copied and what is on its way to be: the same key again shows it (R77 to R79).

use super::clipboard::What;
use crate::wire::RowId;

/// What copying has to remember.
#[derive(Debug, Default)]
pub(super) struct Copied {
    /// What the latest key copied, if no other command came since.
    pub(super) last: Option<(What, Vec<RowId>)>,
    /// What was asked for and is to be copied.
    pub(super) awaited: Option<Awaited>,
}

/// A text that is on its way here.
#[derive(Debug)]
pub(super) struct Awaited {
    /// What was asked for.
    pub(super) what: What,
    /// Of which tokens.
    pub(super) ids: Vec<RowId>,
    /// The name of the token, where it is one.
    pub(super) name: String,
    /// What becomes of it.
    pub(super) then: CopyStep,
}

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CopyStep {
    /// It goes to the clipboard.
    Send,
    /// It is shown.
    Show,
}
