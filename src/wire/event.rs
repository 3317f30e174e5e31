//! Events as an operator sees them: which are asked for, and each with the names of all it
//! refers to.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Names, RowId};
use crate::domain::{Event, EventAction, Subject, Time, TokenId, UserId};

/// Which events to list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EventQuery {
    /// About this record only.
    pub subject: Option<Subject<RowId>>,
    /// Done by this user only.
    pub by: Option<UserId>,
    /// Of these kinds only; none = all.
    #[serde(default)]
    pub actions: BTreeSet<EventAction>,
    /// Not before this instant.
    pub since: Option<Time>,
    /// Before this instant.
    #[serde(default)]
    pub until: Option<Time>,
    /// With a smaller sequence only: the next page of a list, whatever is written meanwhile.
    #[serde(default)]
    pub before: Option<u64>,
    /// With a greater sequence only.
    #[serde(default)]
    pub after: Option<u64>,
    /// Which end of the log comes first.
    #[serde(default)]
    pub order: EventOrder,
    /// With the bytes and hashes of each, for who may read all of the log.
    #[serde(default)]
    pub proof: bool,
}

/// Which end of the log comes first.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum EventOrder {
    /// The newest.
    #[default]
    Newest,
    /// The oldest.
    Oldest,
}

/// What proves an event, in hexadecimal digits: `hash` is the SHA-256 of the name of the
/// bytes' form, `previous` and `bytes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Proof {
    /// The hash of the event before.
    pub previous: String,
    /// The bytes of the event.
    pub bytes: String,
    /// The hash of the event.
    pub hash: String,
}

/// An event with the names of what it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EventView {
    /// The event.
    #[serde(flatten)]
    pub event: Event<RowId>,
    /// The actor's name, where a user acted.
    pub by_name: Option<String>,
    /// The subject's name; of what was removed the last it had, where that was kept.
    pub subject_name: Option<String>,
    /// The names of all that the facts are about.
    #[serde(default, skip_serializing_if = "Names::is_empty")]
    pub names: Names,
    /// What proves it, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
}

/// A window of the audit trail.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EventPage {
    /// How many events the query has in all.
    pub total: usize,
    /// Events before the first of these.
    pub offset: usize,
    /// The events.
    pub events: Vec<EventView>,
}

/// What an event of a store is about, as it is known above the store.
impl From<Subject> for Subject<RowId> {
    fn from(subject: Subject) -> Self {
        let known: Result<_, Infallible> = subject.with_id(|id: TokenId| Ok(id.into()));
        let Ok(known) = known;
        known
    }
}

/// The texts by which a store's own records go.
impl FromStr for Subject<RowId> {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse::<Subject>().map(Self::from)
    }
}

/// An event of a store, as it is known above the store.
impl From<Event> for Event<RowId> {
    fn from(event: Event) -> Self {
        let Event { sequence, at, by, subject, action, details, seen } = event;
        Self { sequence, at, by, subject: subject.into(), action, details, seen }
    }
}
