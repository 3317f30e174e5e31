//! What `update` is told: inputs, answers of the backend, and the passing of time.

use crate::backend::Answer;

use super::clipboard::{Clip, Missed, Way};
use super::input::Input;
use super::own::OwnEnd;
use super::reply::Answered;
use super::ticket::Ticket;

/// One thing that happened.
#[derive(Debug)]
pub(super) enum Msg {
    /// At the terminal, or to the process.
    Input(Input),
    /// A frame reached the terminal.
    Drawn,
    /// A deadline has come.
    Due,
    /// Something changed in the backend, be it by another process.
    Changed,
    /// The backend answered a call, or will not.
    Answered(Box<Answered>),
    /// A list that is written to a file is so far.
    Exporting {
        /// Under which ticket it was asked for.
        ticket: Ticket,
        /// Rows that are written.
        rows: usize,
        /// Of so many.
        of: usize,
    },
    /// The backend before was closed.
    Closed(Answer<()>),
    /// A program that had the terminal ended, or could not be run.
    Lent(String, Result<OwnEnd, String>),
    /// A text got to a clipboard, as far as can be known, or not.
    Copied {
        /// What was copied.
        clip: Clip,
        /// Where to.
        way: Way,
        /// Why it failed.
        result: Result<(), Missed>,
    },
}
