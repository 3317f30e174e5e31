//! The event log: who did what to which record, and when.
//!
//! Details are a typed allow-list. No variant has room for a value, a hash or
//! free text, so a secret cannot be written here by mistake.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{AccountId, GroupId, Guid, ModuleId, ScopeId, Status, Time, TokenId, UserId};

/// Who did something.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Actor {
    /// The user of the store; none for the store itself or a bearer.
    pub user: Option<UserId>,
    /// The operating system's login, where the act came from this machine.
    pub system_login: Option<String>,
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Subject {
    /// A token.
    Token(TokenId),
    /// A user.
    User(UserId),
    /// An account.
    Account(AccountId),
    /// A module.
    Module(ModuleId),
    /// A scope.
    Scope(ScopeId),
    /// A permission group.
    Group(GroupId),
    /// The store itself.
    Store,
}

impl Subject {
    /// The word for its kind.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Token(_) => "token",
            Self::User(_) => "user",
            Self::Account(_) => "account",
            Self::Module(_) => "module",
            Self::Scope(_) => "scope",
            Self::Group(_) => "group",
            Self::Store => "store",
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(id) => id.fmt(f),
            Self::User(id) => id.fmt(f),
            Self::Account(id) => id.fmt(f),
            Self::Module(id) => id.fmt(f),
            Self::Scope(id) => id.fmt(f),
            Self::Group(id) => id.fmt(f),
            Self::Store => f.write_str("store"),
        }
    }
}

impl FromStr for Subject {
    type Err = String;

    /// Reads what [`Subject`] writes: an id, whose letters say of what, or `store`.
    fn from_str(text: &str) -> Result<Self, String> {
        let read = [
            text.parse().map(Self::Token).ok(),
            text.parse().map(Self::User).ok(),
            text.parse().map(Self::Account).ok(),
            text.parse().map(Self::Module).ok(),
            text.parse().map(Self::Scope).ok(),
            text.parse().map(Self::Group).ok(),
            (text == "store").then_some(Self::Store),
        ];
        let known = || format!("'{text}' is not the id of a record, such as TKN-1000-0001");
        read.into_iter().flatten().next().ok_or_else(known)
    }
}

/// What was done, as the audit trail says it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum EventAction {
    /// A record was made.
    Created,
    /// Settings were changed.
    Edited,
    /// A token was switched on.
    Enabled,
    /// A token was switched off.
    Disabled,
    /// A token got a new value.
    Regenerated,
    /// A token was taken out of service for good.
    Revoked,
    /// A record was removed for good.
    Deleted,
    /// A token was asked for on behalf of a user.
    Requested,
    /// A request was withdrawn.
    Cancelled,
    /// The owner, or a first use, took a token into service.
    Accepted,
    /// The overlap of a rotation was ended early.
    OverlapEnded,
    /// A value was shown or copied.
    Revealed,
    /// Values were written to a file.
    Exported,
    /// The store was initialised.
    Initialised,
    /// The store moved to a newer schema.
    Migrated,
}

/// A field of a token or catalogue entry, for the list of what an edit changed.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    /// Name.
    Name,
    /// Description.
    Description,
    /// Account.
    Account,
    /// Owner.
    Owner,
    /// Levels of modules.
    Access,
    /// Permission groups.
    Groups,
    /// Scopes.
    Scopes,
    /// Enabled.
    Enabled,
    /// First instant of validity.
    ValidFrom,
    /// End of validity.
    ValidTo,
    /// GUID of the value.
    Guid,
    /// Overlap of a rotation.
    Overlap,
    /// Whether an account is in service.
    Status,
    /// URL of an account.
    Endpoint,
    /// Accounts of a module or user.
    Accounts,
    /// Path prefixes of a module.
    Paths,
    /// Login of a user.
    Login,
    /// E-mail address of a user.
    Email,
    /// Role of a user.
    Role,
    /// The permission to change tokens.
    ManageTokens,
}

/// One fact about what was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "detail", rename_all = "snake_case")]
pub enum Detail {
    /// The field was changed; its content is in the record.
    Changed {
        /// Which field.
        field: Field,
    },
    /// The status the act found.
    From {
        /// The status before.
        status: Status,
    },
    /// A new value, by its public half.
    NewGuid {
        /// The GUID issued.
        guid: Guid,
    },
    /// The value concerned, by its public half; it lives on.
    Guid {
        /// Its GUID.
        guid: Guid,
    },
    /// An older value, by its public half.
    OldGuid {
        /// The GUID replaced.
        guid: Guid,
        /// Until when it still passes; none = it died at once.
        until: Option<Time>,
    },
    /// The end of validity that was set; none = Never.
    ValidTo {
        /// The instant.
        at: Option<Time>,
    },
    /// The user concerned.
    User {
        /// Who.
        user: UserId,
    },
    /// The module concerned.
    Module {
        /// Which.
        module: ModuleId,
    },
    /// How many records were concerned.
    Count {
        /// The number.
        count: u64,
    },
    /// An operator credential of the user, by its public half.
    Credential {
        /// Its GUID.
        guid: Guid,
    },
    /// A version of the store's schema.
    Schema {
        /// The number.
        version: u32,
    },
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
    pub details: Vec<Detail>,
}
