//! What a check of the log found.

use serde::{Deserialize, Serialize};

use crate::domain::event::{Break, Point};

/// Whether the log is what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ChainView {
    /// Whether each event is as it was written, and the place that was expected on the way.
    pub whole: bool,
    /// How many events hold, from the first one on.
    pub events: u64,
    /// The last event that holds: its number, a colon and its hash. Kept elsewhere it proves
    /// later that all up to it is as it was.
    pub head: String,
    /// The first event that does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub broken_at: Option<u64>,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl ChainView {
    /// What was found on a way along the log.
    pub fn new(events: u64, head: Point, wrong: Option<(u64, String)>) -> Self {
        let (broken_at, reason) = wrong.unzip();
        Self { whole: broken_at.is_none(), events, head: head.to_string(), broken_at, reason }
    }

    /// What is wrong at a place, in words.
    pub fn wrong(found: Break) -> (u64, String) {
        (found.at, found.fault.to_string())
    }
}
