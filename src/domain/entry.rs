//! The catalogue as it is edited: entries, and what is given for a new one or an
//! edit. Who may change which, and what must hold, is for `catalogue_rules`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Account, AccountId, AccountStatus, Catalogue, EntryId, EntryKind, Group, GroupId, Level,
    Module, ModuleId, Role, Rules, Scope, ScopeId, Time, User, UserId, name,
};

/// An account without its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct AccountDraft {
    /// What people call it.
    #[schemars(length(min = 1, max = name::MAX_NAME))]
    pub name: String,
    /// Whether it is in service.
    pub status: AccountStatus,
    /// The URL at which its tokens are used.
    pub endpoint: Option<String>,
    /// What its tokens are to keep to.
    #[serde(default)]
    pub rules: Rules,
}

/// A module without its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ModuleDraft {
    /// What people call it.
    #[schemars(length(min = 1, max = name::MAX_NAME))]
    pub name: String,
    /// The accounts it is enabled for.
    pub accounts: BTreeSet<AccountId>,
    /// Path prefixes by which a gateway knows it.
    pub paths: Vec<String>,
}

/// A scope without its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct ScopeDraft {
    /// What people call it.
    #[schemars(length(min = 1, max = name::MAX_NAME))]
    pub name: String,
    /// The account whose data it limits; stays for ever.
    pub account: AccountId,
}

/// A permission group without its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct GroupDraft {
    /// What people call it.
    #[schemars(length(min = 1, max = name::MAX_NAME))]
    pub name: String,
    /// The account it belongs to; none = all accounts. Stays for ever.
    pub account: Option<AccountId>,
    /// The level it grants for each module.
    pub access: BTreeMap<ModuleId, Level>,
}

/// A user without the id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct UserDraft {
    /// The name used to sign in.
    pub login: String,
    /// What people call them.
    #[schemars(length(min = 1, max = name::MAX_NAME))]
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
    /// Since when they are out of service; none = they are in service.
    #[serde(default)]
    pub disabled_at: Option<Time>,
}

/// An entry without its id: what a form or a command gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum EntryDraft {
    /// An account.
    Account(AccountDraft),
    /// A module.
    Module(ModuleDraft),
    /// A scope.
    Scope(ScopeDraft),
    /// A permission group.
    Group(GroupDraft),
    /// A user.
    User(UserDraft),
}

impl EntryDraft {
    /// Its list.
    pub fn kind(&self) -> EntryKind {
        match self {
            Self::Account(_) => EntryKind::Account,
            Self::Module(_) => EntryKind::Module,
            Self::Scope(_) => EntryKind::Scope,
            Self::Group(_) => EntryKind::Group,
            Self::User(_) => EntryKind::User,
        }
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        match self {
            Self::Account(draft) => &draft.name,
            Self::Module(draft) => &draft.name,
            Self::Scope(draft) => &draft.name,
            Self::Group(draft) => &draft.name,
            Self::User(draft) => &draft.name,
        }
    }
}

impl Account {
    /// It without its id.
    pub fn draft(&self) -> AccountDraft {
        AccountDraft {
            name: self.name.clone(),
            status: self.status,
            endpoint: self.endpoint.clone(),
            rules: self.rules,
        }
    }
}

impl Module {
    /// It without its id.
    pub fn draft(&self) -> ModuleDraft {
        ModuleDraft {
            name: self.name.clone(),
            accounts: self.accounts.clone(),
            paths: self.paths.clone(),
        }
    }
}

impl Scope {
    /// It without its id.
    pub fn draft(&self) -> ScopeDraft {
        ScopeDraft { name: self.name.clone(), account: self.account }
    }
}

impl Group {
    /// It without its id.
    pub fn draft(&self) -> GroupDraft {
        GroupDraft { name: self.name.clone(), account: self.account, access: self.access.clone() }
    }
}

impl User {
    /// It without its id.
    pub fn draft(&self) -> UserDraft {
        UserDraft {
            login: self.login.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role,
            manage_tokens: self.manage_tokens,
            accounts: self.accounts.clone(),
            scopes: self.scopes.clone(),
            disabled_at: self.disabled_at,
        }
    }
}

impl AccountDraft {
    /// It under an id.
    pub fn with_id(self, id: AccountId) -> Account {
        let Self { name, status, endpoint, rules } = self;
        Account { id, name, status, endpoint, rules }
    }
}

impl ModuleDraft {
    /// It under an id.
    pub fn with_id(self, id: ModuleId) -> Module {
        let Self { name, accounts, paths } = self;
        Module { id, name, accounts, paths }
    }
}

impl ScopeDraft {
    /// It under an id.
    pub fn with_id(self, id: ScopeId) -> Scope {
        let Self { name, account } = self;
        Scope { id, name, account }
    }
}

impl GroupDraft {
    /// It under an id.
    pub fn with_id(self, id: GroupId) -> Group {
        let Self { name, account, access } = self;
        Group { id, name, account, access }
    }
}

impl UserDraft {
    /// It under an id.
    pub fn with_id(self, id: UserId) -> User {
        let Self { login, name, email, role, manage_tokens, accounts, scopes, disabled_at } = self;
        User { id, login, name, email, role, manage_tokens, accounts, scopes, disabled_at }
    }
}

impl Catalogue {
    /// An entry without its id, if there is one.
    pub fn draft(&self, id: EntryId) -> Option<EntryDraft> {
        match id {
            EntryId::Account(id) => {
                self.accounts.get(&id).map(|entry| EntryDraft::Account(entry.draft()))
            }
            EntryId::Module(id) => {
                self.modules.get(&id).map(|entry| EntryDraft::Module(entry.draft()))
            }
            EntryId::Scope(id) => {
                self.scopes.get(&id).map(|entry| EntryDraft::Scope(entry.draft()))
            }
            EntryId::Group(id) => {
                self.groups.get(&id).map(|entry| EntryDraft::Group(entry.draft()))
            }
            EntryId::User(id) => self.users.get(&id).map(|entry| EntryDraft::User(entry.draft())),
        }
    }

    /// Makes the entry this. Nothing happens where id and draft are of two kinds.
    pub fn put(&mut self, id: EntryId, draft: EntryDraft) {
        match (id, draft) {
            (EntryId::Account(id), EntryDraft::Account(draft)) => {
                self.accounts.insert(id, draft.with_id(id));
            }
            (EntryId::Module(id), EntryDraft::Module(draft)) => {
                self.modules.insert(id, draft.with_id(id));
            }
            (EntryId::Scope(id), EntryDraft::Scope(draft)) => {
                self.scopes.insert(id, draft.with_id(id));
            }
            (EntryId::Group(id), EntryDraft::Group(draft)) => {
                self.groups.insert(id, draft.with_id(id));
            }
            (EntryId::User(id), EntryDraft::User(draft)) => {
                self.users.insert(id, draft.with_id(id));
            }
            _ => {}
        }
    }

    /// The ids of all entries of a kind, in their order.
    pub fn ids(&self, kind: EntryKind) -> Vec<EntryId> {
        match kind {
            EntryKind::Account => self.accounts.keys().copied().map(EntryId::Account).collect(),
            EntryKind::Module => self.modules.keys().copied().map(EntryId::Module).collect(),
            EntryKind::Scope => self.scopes.keys().copied().map(EntryId::Scope).collect(),
            EntryKind::Group => self.groups.keys().copied().map(EntryId::Group).collect(),
            EntryKind::User => self.users.keys().copied().map(EntryId::User).collect(),
        }
    }
}
