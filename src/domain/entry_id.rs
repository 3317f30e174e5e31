//! Which entry of which list of the catalogue.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{AccountId, GroupId, ModuleId, ScopeId, Subject, UserId};

/// The five lists of the catalogue.
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
    strum::EnumString,
    strum::EnumIter,
    strum::IntoStaticStr,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum EntryKind {
    /// Accounts.
    Account,
    /// Modules.
    Module,
    /// Scopes.
    Scope,
    /// Permission groups.
    Group,
    /// Users.
    User,
}

/// Names an entry.
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
)]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum EntryId {
    /// An account.
    Account(AccountId),
    /// A module.
    Module(ModuleId),
    /// A scope.
    Scope(ScopeId),
    /// A permission group.
    Group(GroupId),
    /// A user.
    User(UserId),
}

impl EntryId {
    /// The id of that number in that list.
    pub fn new(kind: EntryKind, number: u64) -> Self {
        match kind {
            EntryKind::Account => Self::Account(AccountId::new(number)),
            EntryKind::Module => Self::Module(ModuleId::new(number)),
            EntryKind::Scope => Self::Scope(ScopeId::new(number)),
            EntryKind::Group => Self::Group(GroupId::new(number)),
            EntryKind::User => Self::User(UserId::new(number)),
        }
    }

    /// Its number in its list.
    pub fn number(self) -> u64 {
        match self {
            Self::Account(id) => id.number(),
            Self::Module(id) => id.number(),
            Self::Scope(id) => id.number(),
            Self::Group(id) => id.number(),
            Self::User(id) => id.number(),
        }
    }

    /// Its list.
    pub fn kind(self) -> EntryKind {
        match self {
            Self::Account(_) => EntryKind::Account,
            Self::Module(_) => EntryKind::Module,
            Self::Scope(_) => EntryKind::Scope,
            Self::Group(_) => EntryKind::Group,
            Self::User(_) => EntryKind::User,
        }
    }

    /// The entry that events name so; none for a token or the store.
    pub fn of(subject: Subject) -> Option<Self> {
        match subject {
            Subject::Account(id) => Some(Self::Account(id)),
            Subject::Module(id) => Some(Self::Module(id)),
            Subject::Scope(id) => Some(Self::Scope(id)),
            Subject::Group(id) => Some(Self::Group(id)),
            Subject::User(id) => Some(Self::User(id)),
            Subject::Token(_) | Subject::Store | Subject::Other { .. } => None,
        }
    }

    /// The entry as events name it.
    pub fn subject(self) -> Subject {
        match self {
            Self::Account(id) => Subject::Account(id),
            Self::Module(id) => Subject::Module(id),
            Self::Scope(id) => Subject::Scope(id),
            Self::Group(id) => Subject::Group(id),
            Self::User(id) => Subject::User(id),
        }
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.subject().fmt(f)
    }
}
