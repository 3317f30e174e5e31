//! What the program wants done outside itself, as plain data.

use std::time::Duration;

use crate::backend::BackendError;
use crate::domain::{Query, TokenId, Verb};

use super::clipboard::Copy;
use super::message::Msg;
use super::state::Change;

/// Something the runtime is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Ask the backend; the answer comes back as a message.
    Call(Call),
    /// Copy a text to a clipboard; whether that went well comes back as a message.
    Copy(Copy),
    /// Paint the whole screen anew.
    Repaint,
    /// Give the terminal back to the shell until it is resumed.
    Suspend,
    /// End the program.
    Quit,
}

/// A question to the backend, or an order. The request number comes back with
/// the answer, so that a late answer to an old question is known as such.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Call {
    /// Who is at work, and what exists.
    Who,
    /// A window of the list around a row.
    List(Box<Wanted>),
    /// One token.
    Show {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
    /// The audit trail of a token.
    Events {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
    /// The value of a token.
    Reveal {
        /// The request's number.
        request: u64,
        /// Which token.
        id: TokenId,
    },
    /// A change of one token.
    Act(Order),
    /// Keep these changes of the view state for the next run.
    Remember(Vec<Change>),
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// The request's number.
    pub(super) request: u64,
    /// What to list.
    pub(super) query: Query,
    /// The token to list around, if it is still in the answer.
    pub(super) keep: Option<TokenId>,
    /// Else the row to list around.
    pub(super) index: usize,
    /// How many rows are wanted on either side.
    pub(super) span: usize,
}

/// A confirmed change of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// What to do.
    pub(super) verb: Verb,
    /// To which token.
    pub(super) id: TokenId,
    /// Its name, for the message.
    pub(super) name: String,
    /// The version that was confirmed.
    pub(super) version: u64,
}

impl Call {
    /// Whether leaving has to wait for it.
    pub(super) fn writes(&self) -> bool {
        matches!(self, Self::Act(_))
    }

    /// How long to wait for the answer.
    pub(super) fn patience(&self) -> Duration {
        // A write waits for another process' lock first.
        Duration::from_secs(if self.writes() { 30 } else { 15 })
    }

    /// The message that it failed.
    pub(super) fn failed(self, error: BackendError) -> Msg {
        match self {
            Self::Who => Msg::Known(Err(error)),
            Self::List(wanted) => Msg::Listed { request: wanted.request, result: Err(error) },
            Self::Show { request, id } => Msg::Shown { request, id, result: Err(error) },
            Self::Events { request, .. } => Msg::Events { request, result: Err(error) },
            Self::Reveal { request, .. } => Msg::Revealed { request, result: Err(error) },
            Self::Act(order) => Msg::Acted { order, result: Err(error) },
            Self::Remember(_) => Msg::Remembered(Err(error.to_string())),
        }
    }
}
