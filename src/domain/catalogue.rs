//! What exists before tokens can use it: accounts, users, modules, scopes and
//! permission groups.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::tombstone::{Removed, Tombstone};
use super::{
    AccountId, EntryId, GroupId, Level, ModuleId, Role, ScopeId, Time, UserId, name, whole,
};

/// The longest time that a rule can name, in days: a hundred years.
pub const MAX_DAYS: u32 = 36_525;

/// Whether an account is in service. A token of a disabled account is refused
/// by verify.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, strum::Display,
)]
#[serde(rename_all = "lowercase")]
pub enum AccountStatus {
    /// In service.
    Active,
    /// Out of service.
    Disabled,
}

/// An account: the client, organization, tenant or site of other products (D1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Account {
    /// Names the account for ever.
    pub id: AccountId,
    /// What people call it.
    pub name: String,
    /// Whether it is in service.
    pub status: AccountStatus,
    /// The URL at which its tokens are used; shown and copied in Details.
    pub endpoint: Option<String>,
    /// What its tokens are to keep to.
    #[serde(default)]
    pub rules: Rules,
}

/// What becomes of a token that does not keep to its account's rules when it is made or
/// its end is set.
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
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Breach {
    /// It is made, and its maker is told.
    #[default]
    Flag,
    /// It is not made.
    Refuse,
}

/// What the tokens of an account are to keep to. The default asks for nothing.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(default)]
pub struct Rules {
    /// The longest life, in days; none = any.
    #[serde(deserialize_with = "whole::or_none")]
    #[schemars(range(min = 1, max = MAX_DAYS))]
    pub longest_days: Option<u32>,
    /// Whether each must have an end.
    pub never_forbidden: bool,
    /// After how many days without use one that could be used is an offender; none = never.
    #[serde(deserialize_with = "whole::or_none")]
    #[schemars(range(min = 1, max = MAX_DAYS))]
    pub idle_days: Option<u32>,
    /// What becomes of one that breaks the first two.
    pub breach: Breach,
}

/// A user of the store: an operator, an owner of tokens, or both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct User {
    /// Names the user for ever.
    pub id: UserId,
    /// The name used to sign in; unique.
    pub login: String,
    /// What people call them.
    pub name: String,
    /// Where they can be reached.
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The permission "Application Users > API Tokens" (R8).
    pub manage_tokens: bool,
    /// The accounts they belong to.
    pub accounts: BTreeSet<AccountId>,
    /// The scopes they hold.
    pub scopes: BTreeSet<ScopeId>,
    /// Since when they are out of service: neither they nor their tokens get in; none =
    /// they are in service.
    #[serde(default)]
    pub disabled_at: Option<Time>,
}

impl User {
    /// Whether they are out of service: neither they nor their tokens get in.
    pub fn is_disabled(&self) -> bool {
        self.disabled_at.is_some()
    }
}

/// Anything callable: a product, module, API or service (D9).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Module {
    /// Names the module for ever.
    pub id: ModuleId,
    /// What people call it.
    pub name: String,
    /// The accounts it is enabled for.
    pub accounts: BTreeSet<AccountId>,
    /// Path prefixes by which a gateway knows it.
    pub paths: Vec<String>,
}

/// A limit on the data a token reaches; belongs to one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Scope {
    /// Names the scope for ever.
    pub id: ScopeId,
    /// What people call it.
    pub name: String,
    /// The account whose data it limits.
    pub account: AccountId,
}

/// A permission group: a named bundle of access levels (R102).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Group {
    /// Names the group for ever.
    pub id: GroupId,
    /// What people call it.
    pub name: String,
    /// The account it belongs to; none = all accounts.
    pub account: Option<AccountId>,
    /// The level it grants for each module.
    pub access: BTreeMap<ModuleId, Level>,
}

/// All of it at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Catalogue {
    /// Accounts by id.
    pub accounts: BTreeMap<AccountId, Account>,
    /// Users by id.
    pub users: BTreeMap<UserId, User>,
    /// Modules by id.
    pub modules: BTreeMap<ModuleId, Module>,
    /// Scopes by id.
    pub scopes: BTreeMap<ScopeId, Scope>,
    /// Permission groups by id.
    pub groups: BTreeMap<GroupId, Group>,
    /// What stays of entries that were removed. An import makes nothing of it.
    #[serde(default, skip_serializing_if = "Removed::is_empty")]
    #[schemars(with = "Vec<Tombstone>")]
    pub removed: Removed,
}

/// What a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<I> {
    /// Nothing.
    Nothing,
    /// This.
    One(I),
    /// Any of these: their name is the same.
    Several(Vec<I>),
}

/// The one entry with this id or one of these names, in either case. An id wins over a
/// name.
pub fn named<'c, I>(text: &str, entries: impl Iterator<Item = (I, Vec<&'c str>)>) -> Named<I>
where
    I: Copy + PartialEq + FromStr,
{
    let (wanted, id) = (name::key(text), text.parse::<I>().ok());
    let mut found = Vec::new();
    for (entry, names) in entries {
        if id == Some(entry) {
            return Named::One(entry);
        }
        if names.iter().any(|name| name::key(name) == wanted) {
            found.push(entry);
        }
    }
    match found.as_slice() {
        [] => Named::Nothing,
        [only] => Named::One(*only),
        _ => Named::Several(found),
    }
}

impl Catalogue {
    /// The module that a text names.
    pub fn module_named(&self, text: &str) -> Named<ModuleId> {
        named(text, self.modules.values().map(|module| (module.id, vec![module.name.as_str()])))
    }

    /// The user with this login, in either case.
    pub fn user_by_login(&self, login: &str) -> Option<&User> {
        self.users.values().find(|user| user.login.eq_ignore_ascii_case(login))
    }

    /// The modules enabled for an account; all of them for a token of all accounts.
    pub fn modules_of(&self, account: Option<AccountId>) -> impl Iterator<Item = &Module> {
        self.modules
            .values()
            .filter(move |module| account.is_none_or(|id| module.accounts.contains(&id)))
    }

    /// The scopes of an account; none for a token of all accounts.
    pub fn scopes_of(&self, account: Option<AccountId>) -> impl Iterator<Item = &Scope> {
        self.scopes.values().filter(move |scope| Some(scope.account) == account)
    }

    /// The groups a token of that account may carry: the account's own and those
    /// of all accounts.
    pub fn groups_of(&self, account: Option<AccountId>) -> impl Iterator<Item = &Group> {
        self.groups
            .values()
            .filter(move |group| group.account.is_none() || group.account == account)
    }

    /// The account's name, or "All accounts" for none. An id the catalogue does
    /// not know stands for itself.
    pub fn account_name(&self, account: Option<AccountId>) -> String {
        account.map_or_else(
            || "All accounts".to_owned(),
            |id| self.accounts.get(&id).map_or_else(|| id.to_string(), |a| a.name.clone()),
        )
    }
}

/// How records name what is no more. Only for the whole catalogue: in one that somebody
/// knows a part of, what is not there may be what they may not know of.
impl Catalogue {
    /// The name of an entry; "kim (removed)" of one that is no more, or "removed" and its id
    /// where its name was not kept.
    pub fn called(&self, entry: EntryId) -> String {
        self.still_called(entry).unwrap_or_else(|| format!("removed {entry}"))
    }

    /// The same where a name is known.
    pub fn still_called(&self, entry: EntryId) -> Option<String> {
        let removed = || Some(format!("{} (removed)", self.removed.of(entry)?.name));
        self.name_of(entry).map(str::to_owned).or_else(removed)
    }

    /// [`Self::called`] of a user.
    pub fn user_called(&self, id: UserId) -> String {
        self.called(EntryId::User(id))
    }

    /// [`Self::called`] of a module.
    pub fn module_called(&self, id: ModuleId) -> String {
        self.called(EntryId::Module(id))
    }

    /// [`Self::called`] of a scope.
    pub fn scope_called(&self, id: ScopeId) -> String {
        self.called(EntryId::Scope(id))
    }

    /// [`Self::called`] of a group.
    pub fn group_called(&self, id: GroupId) -> String {
        self.called(EntryId::Group(id))
    }

    fn name_of(&self, entry: EntryId) -> Option<&str> {
        match entry {
            EntryId::Account(id) => self.accounts.get(&id).map(|entry| entry.name.as_str()),
            EntryId::Module(id) => self.modules.get(&id).map(|entry| entry.name.as_str()),
            EntryId::Scope(id) => self.scopes.get(&id).map(|entry| entry.name.as_str()),
            EntryId::Group(id) => self.groups.get(&id).map(|entry| entry.name.as_str()),
            EntryId::User(id) => self.users.get(&id).map(|entry| entry.name.as_str()),
        }
    }
}
