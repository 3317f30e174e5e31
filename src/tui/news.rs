//! What places tell each other of, as values: whoever it concerns looks again. Nothing here
//! knows a place.

use crate::wire::{JobReport, RowId, TokenView};

/// Something that happened.
#[derive(Debug)]
pub(super) enum News {
    /// Rows of the tokens came.
    Tokens,
    /// Rows of the users came.
    Users,
    /// Values were drawn and written into a file: tokens of many users are others now.
    Written,
    /// A token is now like this.
    Token(Box<TokenView>),
    /// A token is gone, or no longer the operator's to see.
    Gone(RowId),
    /// A job came to its end, and how each of its items did where that is known.
    Ended(Option<Box<JobReport>>),
    /// The list of jobs came.
    Jobs,
    /// Who is at work, and what exists, came anew.
    Known,
}
