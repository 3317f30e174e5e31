//! Who could see the subject of an event when it happened. It is kept with the event,
//! so that what a removal takes out of sight does not take its own record along.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::{AccountId, ScopeId, Token, UserId};

/// What of a record decides who sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSight {
    /// The accounts it is in; who reaches one of them may see it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub accounts: BTreeSet<AccountId>,
    /// Whether it is there for all accounts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everywhere: bool,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<UserId>,
    /// The scopes that must be held to see it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub scopes: BTreeSet<ScopeId>,
}

impl RecordSight {
    /// That of a token.
    pub fn of_token(token: &Token) -> Self {
        Self {
            accounts: token.account.into_iter().collect(),
            everywhere: false,
            owner: token.owner,
            scopes: token.scopes.clone(),
        }
    }
}

/// What of the subject of an event decided who saw it then: before the act and after it,
/// where these differ. Of events of before nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenBy(pub(super) Vec<Value>);

impl SeenBy {
    /// As it is kept.
    pub fn new(sights: &[RecordSight]) -> Self {
        let mut kept: Vec<Value> = Vec::new();
        for sight in sights.iter().filter_map(|sight| serde_json::to_value(sight).ok()) {
            if !kept.contains(&sight) {
                kept.push(sight);
            }
        }
        Self(kept)
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each that this program understands: what it does not shows nobody anything.
    pub fn sights(&self) -> impl Iterator<Item = RecordSight> {
        let read = |value: &Value| {
            let sight = RecordSight::deserialize(value).ok()?;
            // One with more conditions than these must not be taken for one with fewer.
            (serde_json::to_value(&sight).ok().as_ref() == Some(value)).then_some(sight)
        };
        self.0.iter().filter_map(read)
    }
}
