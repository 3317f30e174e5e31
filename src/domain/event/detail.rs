//! The facts of an event: a typed allow-list of scalars, ids, lists of ids and checked
//! texts. No variant has room for a value or a hash, and no text stands in one but of a
//! type that refuses secrets (`checked`). A fact that this program does not know is kept
//! as it was written.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize};

use super::Fact;
use crate::domain::{
    AccountId, AccountStatus, GivenReason, GroupId, Guid, Level, Login, ModuleId, Name, Role,
    Rules, ScopeId, Status, Time, UserId,
};

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
    /// Labels.
    Labels,
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
    /// The longest life that an account allows.
    LongestDays,
    /// Whether an account forbids tokens without end.
    NeverForbidden,
    /// How long tokens of an account may lie idle.
    IdleDays,
    /// What becomes of a token that breaks its account's rules.
    Breach,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
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
    /// The store's time, put right.
    Clock {
        /// How far it had come; none = it had none.
        from: Option<Time>,
        /// What it is from then on.
        to: Time,
    },
    /// A version of the store's schema.
    Schema {
        /// The number.
        version: u32,
    },
    /// The level of a module; none = no access.
    Level {
        /// Which.
        module: ModuleId,
        /// As it was.
        before: Option<Level>,
        /// As it is.
        after: Option<Level>,
    },
    /// The permission groups of a token.
    Groups {
        /// As they were.
        before: BTreeSet<GroupId>,
        /// As they are.
        after: BTreeSet<GroupId>,
    },
    /// The scopes of a token or user.
    Scopes {
        /// As they were.
        before: BTreeSet<ScopeId>,
        /// As they are.
        after: BTreeSet<ScopeId>,
    },
    /// The accounts of a module or user.
    Accounts {
        /// As they were.
        before: BTreeSet<AccountId>,
        /// As they are.
        after: BTreeSet<AccountId>,
    },
    /// How many path prefixes a module has.
    Paths {
        /// As it was.
        before: u64,
        /// As it is.
        after: u64,
    },
    /// The first instant of validity; none = from creation.
    Start {
        /// As it was.
        before: Option<Time>,
        /// As it is.
        after: Option<Time>,
    },
    /// The end of validity; none = Never.
    End {
        /// As it was.
        before: Option<Time>,
        /// As it is.
        after: Option<Time>,
    },
    /// The account that a record is of, for ever; none = all accounts.
    Account {
        /// Which.
        account: Option<AccountId>,
    },
    /// The user a token is issued to; none = it is a token of its account.
    Owner {
        /// As it was.
        before: Option<UserId>,
        /// As it is.
        after: Option<UserId>,
    },
    /// Whether a token is switched on.
    Enabled {
        /// As it was.
        before: bool,
        /// As it is.
        after: bool,
    },
    /// The role of a user.
    Role {
        /// As it was; none = there was no such user.
        before: Option<Role>,
        /// As it is.
        after: Role,
    },
    /// The permission of a user to change tokens.
    ManageTokens {
        /// As it was.
        before: bool,
        /// As it is.
        after: bool,
    },
    /// Whether an account is in service.
    AccountStatus {
        /// As it was; none = there was no such account.
        before: Option<AccountStatus>,
        /// As it is.
        after: AccountStatus,
    },
    /// The rules of an account for its tokens.
    Rules {
        /// As they were.
        before: Rules,
        /// As they are.
        after: Rules,
    },
    /// The name of a record.
    Name {
        /// As it was; none = it had none, or one that may not be told.
        before: Option<Name>,
        /// As it is.
        after: Name,
    },
    /// The login of a user.
    Login {
        /// As it was; none = it had none, or one that may not be told.
        before: Option<Login>,
        /// As it is.
        after: Login,
    },
    /// Why it was done.
    Reason {
        /// In the words of whoever did it.
        reason: GivenReason,
    },
    /// A fact that a newer program knows.
    #[serde(untagged)]
    Other(Fact),
}

impl Detail {
    /// The fact in this JSON; none where it has not even a name. One that has more parts
    /// than this program knows is kept as it is: nothing of it may be lost.
    pub fn read(value: &serde_json::Value) -> Option<Self> {
        let known = Self::deserialize(value).ok();
        let whole = |fact: &Self| serde_json::to_value(fact).ok().as_ref() == Some(value);
        known.filter(whole).or_else(|| Fact::deserialize(value).map(Self::Other).ok())
    }
}

/// Facts out of JSON, with all their parts.
pub(super) fn read_all<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Detail>, D::Error> {
    let no_fact = || serde::de::Error::custom("a fact has a name");
    let facts = Vec::<serde_json::Value>::deserialize(deserializer)?;
    facts.iter().map(|fact| Detail::read(fact).ok_or_else(no_fact)).collect()
}
