//! An event: before it is committed, and as it stands in the log.

use serde::{Deserialize, Serialize};

use super::action::EventAction;
use super::detail::{self, Detail};
use super::seen::SeenBy;
use super::subject::Subject;
use crate::domain::{Time, TokenId, UserId};

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
#[schemars(rename = "Event")]
pub struct Event<I = TokenId> {
    /// Its place in the log, from 1 without gaps.
    pub sequence: u64,
    /// When.
    pub at: Time,
    /// Who.
    pub by: Actor,
    /// About what.
    pub subject: Subject<I>,
    /// What was done.
    pub action: EventAction,
    /// The facts.
    #[serde(deserialize_with = "detail::read_all")]
    #[schemars(with = "Vec<Detail>")]
    pub details: Vec<Detail>,
    /// Who could see its subject then: for whoever decides who reads it, and not shown.
    #[serde(skip)]
    pub seen: SeenBy,
}
