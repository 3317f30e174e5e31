//! The event log: who did what to which record, and when; the bytes in which an event
//! is kept, and the chain of hashes over them. Nothing here knows a store.

mod action;
mod bytes;
mod chain;
mod detail;
mod fact;
mod first_form;
mod seen;
mod subject;
mod value_form;
mod word;

use serde::{Deserialize, Serialize};

pub use action::EventAction;
pub use bytes::{BytesError, Fields, decode, encode, encode_again};
pub use chain::{Break, Fault, Hash, Point, Walk, hex, link, start, unhex};
pub use detail::{Detail, Field};
pub use fact::Fact;
pub use first_form::{Cell, first_form};
pub use seen::{Seen, Sight};
pub use subject::Subject;
pub use word::{MAX_WORD, Word};

use super::{Time, UserId};

/// Who did something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Actor {
    /// The user of the store; none for the store itself or a bearer.
    pub user: Option<UserId>,
    /// The operating system's login, where the act came from this machine.
    pub system_login: Option<String>,
}

/// An event that is about to be committed with its change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// When.
    pub at: Time,
    /// Who.
    pub by: Actor,
    /// About what.
    pub subject: Subject,
    /// What was done.
    pub action: EventAction,
    /// The facts.
    pub details: Vec<Detail>,
}

/// An event as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Event {
    /// Its place in the log, from 1 without gaps.
    pub sequence: u64,
    /// When.
    pub at: Time,
    /// Who.
    pub by: Actor,
    /// About what.
    pub subject: Subject,
    /// What was done.
    pub action: EventAction,
    /// The facts.
    #[serde(deserialize_with = "detail::read_all")]
    #[schemars(with = "Vec<Detail>")]
    pub details: Vec<Detail>,
    /// Who could see its subject then: for whoever decides who reads it, and not shown.
    #[serde(skip)]
    pub seen: Seen,
}
