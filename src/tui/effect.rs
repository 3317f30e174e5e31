//! What the program wants done outside itself, as plain data.

use super::call::Call;
use super::clipboard::{Clip, Way};
use super::own::OwnRun;
use super::ticket::Ticket;
use crate::domain::GivenReason;

/// Something the runtime is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// Ask the backend; the answer comes back as a message with the call and its ticket.
    Call(Ticket, Call),
    /// The same for an operator who says why.
    CallBecause(Ticket, Call, GivenReason),
    /// Copy a text to that clipboard; whether that went well comes back as a message.
    Copy(Clip, Way),
    /// Give up the answers that the operator no longer waits for; each comes back as a
    /// message that it failed.
    StopWaiting,
    /// Give up the list that is being written to a file.
    StopExport,
    /// From now on ask the backend that was opened under this ticket.
    Switch(Ticket),
    /// Paint the whole screen anew.
    Repaint,
    /// Give the terminal to a program until it has ended; how it ended comes back as a
    /// message.
    Lend(OwnRun),
    /// Give the terminal back to the shell until it is resumed.
    Suspend,
    /// End the program.
    Quit,
}
