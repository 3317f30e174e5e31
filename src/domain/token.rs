//! The token record: its settings and the facts of its life. It holds no secret
//! and no hash, so it may be shown, logged and sent; those are a
//! [`Credential`](super::Credential) apart from it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AccountId, GroupId, Guid, Level, ModuleId, ScopeId, Time, TokenId, UserId};

/// When something was done, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Stamp {
    /// The instant, in UTC.
    pub at: Time,
    /// The user; none where the store itself or a bearer did it.
    pub by: Option<UserId>,
}

/// What may be known of the current value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ValueInfo {
    /// The public half.
    pub guid: Guid,
    /// Whether the store keeps the value sealed, so that it can be shown again.
    pub retained: bool,
    /// When it was issued; none where that was not kept.
    #[serde(default)]
    pub issued_at: Option<Time>,
    /// The last successful verify of this value.
    #[serde(default)]
    pub last_used_at: Option<Time>,
}

/// The value before the current one, while a rotation overlaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct PreviousValue {
    /// The public half of the older value.
    pub guid: Guid,
    /// The older value is refused from this instant on.
    pub until: Time,
    /// The last successful verify of this value.
    #[serde(default)]
    pub last_used_at: Option<Time>,
}

/// An API token (requirements section 2). In a store it goes by a [`TokenId`]; whoever looks on
/// may know it by another id, and the same rules hold of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "Token")]
pub struct Token<I = TokenId> {
    /// Names the record for ever.
    pub id: I,
    /// Unique within the account among tokens not deleted, whatever the case.
    pub name: String,
    /// Free text, may be empty.
    pub description: String,
    /// The account; none = all accounts.
    pub account: Option<AccountId>,
    /// The user it was issued to; none = a token of the account.
    pub owner: Option<UserId>,
    /// Its own level for each module.
    pub access: BTreeMap<ModuleId, Level>,
    /// Permission groups that add to its access.
    pub groups: BTreeSet<GroupId>,
    /// Limits on the data it reaches.
    pub scopes: BTreeSet<ScopeId>,
    /// What its holders say of it, such as where its value lives.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// Off = Disabled, for the time being.
    pub enabled: bool,
    /// First instant of validity; none = from creation.
    pub valid_from: Option<Time>,
    /// First instant after validity; none = Never.
    pub valid_to: Option<Time>,
    /// When a revoked one would have ended; none where it had no end, or where its revoke
    /// is older than this was kept.
    #[serde(default)]
    pub planned_end: Option<Time>,
    /// The current value; none while a request is pending.
    pub value: Option<ValueInfo>,
    /// The value before, while a rotation overlaps.
    pub previous: Option<PreviousValue>,
    /// When it was created or requested.
    pub created: Stamp,
    /// When its settings last changed.
    pub updated: Stamp,
    /// When it was accepted; tokens made with the form are accepted on creation.
    pub accepted: Option<Stamp>,
    /// When it was revoked.
    pub revoked: Option<Stamp>,
    /// When it was deleted.
    pub deleted: Option<Stamp>,
    /// The last successful verify.
    pub last_used_at: Option<Time>,
    /// Counts changes of its settings and states, from 1; 0 where its backend counts none.
    /// Last use does not count.
    pub version: u64,
}

/// A version by which a change is told from another; none where the backend counts none, so
/// that nothing can be compared.
pub fn known_version(version: u64) -> Option<u64> {
    (version > 0).then_some(version)
}

impl<I> Token<I> {
    /// The same token by another id.
    pub fn called<J>(self, by: impl FnOnce(I) -> J) -> Token<J> {
        let Self {
            id,
            name,
            description,
            account,
            owner,
            access,
            groups,
            scopes,
            labels,
            enabled,
            valid_from,
            valid_to,
            planned_end,
            value,
            previous,
            created,
            updated,
            accepted,
            revoked,
            deleted,
            last_used_at,
            version,
        } = self;
        Token {
            id: by(id),
            name,
            description,
            account,
            owner,
            access,
            groups,
            scopes,
            labels,
            enabled,
            valid_from,
            valid_to,
            planned_end,
            value,
            previous,
            created,
            updated,
            accepted,
            revoked,
            deleted,
            last_used_at,
            version,
        }
    }
}

impl Token {
    /// Takes note that a value of it passed then. An older value that passes no more tells
    /// only of the token.
    pub fn note_use(&mut self, guid: Guid, at: Time) {
        let later = |last: &mut Option<Time>| *last = (*last).max(Some(at));
        later(&mut self.last_used_at);
        if let Some(value) = self.value.as_mut().filter(|value| value.guid == guid) {
            later(&mut value.last_used_at);
        }
        if let Some(previous) = self.previous.as_mut().filter(|previous| previous.guid == guid) {
            later(&mut previous.last_used_at);
        }
    }

    /// Takes over what the store says of a last use: that of a value, or of the token.
    pub fn set_use(&mut self, guid: Option<Guid>, at: Time) {
        let Some(guid) = guid else {
            self.last_used_at = Some(at);
            return;
        };
        if let Some(value) = self.value.as_mut().filter(|value| value.guid == guid) {
            value.last_used_at = Some(at);
        }
        if let Some(previous) = self.previous.as_mut().filter(|previous| previous.guid == guid) {
            previous.last_used_at = Some(at);
        }
    }
}
