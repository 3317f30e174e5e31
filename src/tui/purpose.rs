//! What keys typed meanwhile wait for: an answer, and what is done with it.

use crate::domain::UserId;
use crate::wire::RowId;

use super::command::OwnId;
use super::list_view::Marking;
use super::orders::Order;

/// What is done with the answer that keys typed meanwhile have to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Tokens are selected.
    Mark(Marking<RowId>),
    /// Work on many is confirmed, once it is planned: on how many, where that is known.
    Confirm(Option<usize>),
    /// A user is switched, after a question that counts what stops.
    Switch,
    /// Users are selected.
    MarkUsers(Marking<UserId>),
    /// A command of the operator's own is run on the selected tokens.
    Own(OwnId),
    /// A requested token is accepted, after a question where it replaces others.
    Accept(Order),
}
