//! What places tell each other of, as values: whoever it concerns looks again. Nothing here
//! knows a place.

/// Something that happened.
#[derive(Debug, Clone)]
pub(super) enum News {
    /// Rows of the tokens came.
    Tokens,
    /// Who is at work, and what exists, came anew.
    Known,
}
