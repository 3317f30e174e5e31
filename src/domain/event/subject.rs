//! What an event is about: a kind and an id as people read it. A kind that this
//! program does not know is kept as it was written.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::EventWord;
use crate::domain::{AccountId, GroupId, ModuleId, ScopeId, TokenId, UserId};

/// What an event is about. In a log a token goes by its [`TokenId`]; whoever looks on may know
/// it by another id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(rename = "Subject")]
#[serde(tag = "kind", content = "id", rename_all = "lowercase")]
pub enum Subject<I = TokenId> {
    /// A token.
    Token(I),
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
    /// A record of a kind that a newer program knows.
    #[serde(untagged)]
    Other {
        /// The word for its kind.
        kind: EventWord,
        /// Its id.
        id: EventWord,
    },
}

impl<I> Subject<I> {
    /// The same where a token goes by another id, if it has one.
    pub fn with_id<J, E>(self, id: impl FnOnce(I) -> Result<J, E>) -> Result<Subject<J>, E> {
        Ok(match self {
            Self::Token(token) => Subject::Token(id(token)?),
            Self::User(id) => Subject::User(id),
            Self::Account(id) => Subject::Account(id),
            Self::Module(id) => Subject::Module(id),
            Self::Scope(id) => Subject::Scope(id),
            Self::Group(id) => Subject::Group(id),
            Self::Store => Subject::Store,
            Self::Other { kind, id } => Subject::Other { kind, id },
        })
    }

    /// The word for its kind.
    pub fn kind(&self) -> &str {
        match self {
            Self::Token(_) => "token",
            Self::User(_) => "user",
            Self::Account(_) => "account",
            Self::Module(_) => "module",
            Self::Scope(_) => "scope",
            Self::Group(_) => "group",
            Self::Store => "store",
            Self::Other { kind, .. } => kind.as_str(),
        }
    }
}

impl Subject {
    /// The subject of this kind with this id, as the log has them; none where they are
    /// longer than any.
    pub fn read(kind: &str, id: &str) -> Option<Self> {
        let known = id.parse().ok().filter(|known: &Self| known.kind() == kind);
        // An id that is written in another way than ours is not ours.
        let known = known.filter(|known| known.to_string() == id);
        let other = || Some(Self::Other { kind: kind.parse().ok()?, id: id.parse().ok()? });
        known.or_else(other)
    }
}

impl<I: fmt::Display> fmt::Display for Subject<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(id) => id.fmt(f),
            Self::User(id) => id.fmt(f),
            Self::Account(id) => id.fmt(f),
            Self::Module(id) => id.fmt(f),
            Self::Scope(id) => id.fmt(f),
            Self::Group(id) => id.fmt(f),
            Self::Store => f.write_str("store"),
            Self::Other { id, .. } => id.fmt(f),
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
