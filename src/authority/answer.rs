//! What every call of the authority returns.

use crate::store::CommitError;

/// What a call returns: an answer, a refusal by the rules, or a failing store.
pub type Ruling<T> = Result<T, CommitError>;
