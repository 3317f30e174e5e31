//! The fixture of `config/demo/`, read from the files that the program carries.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Deserializer};

use crate::domain::{
    Account, AccountId, AccountStatus, Actor, Catalogue, Change, EventAction, Group, GroupId,
    Level, Module, ModuleId, NewEvent, Role, Rules, Scope, ScopeId, Subject, Time, TokenId, User,
    UserId, Verb, facts,
};

/// The day at which the fixture's statuses are as its table says.
pub(super) const DAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 3, 10) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// All of it.
pub(super) struct Fixture {
    pub(super) founded: Time,
    pub(super) catalogue: Catalogue,
    pub(super) tokens: Vec<FixtureToken>,
    pub(super) values: BTreeMap<String, String>,
}

/// A token and what happened to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FixtureToken {
    pub(super) id: TokenId,
    pub(super) name: String,
    #[serde(default)]
    pub(super) description: String,
    pub(super) account: Option<AccountId>,
    pub(super) owner: Option<String>,
    pub(super) access: BTreeMap<ModuleId, Level>,
    #[serde(default)]
    pub(super) scopes: BTreeSet<ScopeId>,
    #[serde(default, deserialize_with = "time_if_any")]
    pub(super) valid_from: Option<Time>,
    #[serde(default, deserialize_with = "time_if_any")]
    pub(super) valid_to: Option<Time>,
    pub(super) created: Time,
    pub(super) by: String,
    #[serde(default, deserialize_with = "time_if_any")]
    pub(super) used: Option<Time>,
    #[serde(default)]
    pub(super) history: Vec<Act>,
}

/// One thing that was done to a token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Act {
    pub(super) at: Time,
    pub(super) by: String,
    pub(super) verb: Verb,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TokensFile {
    token: Vec<FixtureToken>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CatalogueFile {
    founded: Time,
    account: Vec<FixtureAccount>,
    module: Vec<Module>,
    scope: Vec<Scope>,
    group: Vec<FixtureGroup>,
    user: Vec<FixtureUser>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureAccount {
    id: AccountId,
    name: String,
    endpoint: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureGroup {
    id: GroupId,
    name: String,
    account: Option<AccountId>,
    access: BTreeMap<ModuleId, Level>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FixtureUser {
    id: UserId,
    login: String,
    name: String,
    email: Option<String>,
    role: Role,
    #[serde(default)]
    manage_tokens: bool,
    #[serde(default)]
    accounts: BTreeSet<AccountId>,
    #[serde(default)]
    scopes: BTreeSet<ScopeId>,
}

fn time_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Time>, D::Error> {
    Time::deserialize(deserializer).map(Some)
}

impl Fixture {
    pub(super) fn read() -> Result<Self, toml::de::Error> {
        let file: CatalogueFile = toml::from_str(include_str!("../../config/demo/catalogue.toml"))?;
        let tokens: TokensFile = toml::from_str(include_str!("../../config/demo/tokens.toml"))?;
        let values = toml::from_str(include_str!("../../config/demo/values.toml"))?;
        let founded = file.founded;
        Ok(Self { founded, catalogue: catalogue(file), tokens: tokens.token, values })
    }

    /// The catalogue as changes: its first user, then the rest as made by them.
    pub(super) fn founding(&self, shift: TimeDelta) -> Vec<Change> {
        let mut users = self.catalogue.users.values();
        let first = users.next();
        let author = Author { at: self.founded + shift, by: first.map(|user| user.id) };
        let all = &self.catalogue;
        let store = Author { by: None, ..author };
        let user = |author: Author, user: &User| {
            Change::User(user.clone(), author.created(Subject::User(user.id)))
        };
        let mut changes: Vec<Change> = first.map(|first| user(store, first)).into_iter().collect();
        changes.extend(all.accounts.values().map(|account| {
            Change::Account(account.clone(), author.created(Subject::Account(account.id)))
        }));
        changes.extend(all.modules.values().map(|module| {
            Change::Module(module.clone(), author.created(Subject::Module(module.id)))
        }));
        changes.extend(
            all.scopes.values().map(|scope| {
                Change::Scope(scope.clone(), author.created(Subject::Scope(scope.id)))
            }),
        );
        changes.extend(
            all.groups.values().map(|group| {
                Change::Group(group.clone(), author.created(Subject::Group(group.id)))
            }),
        );
        changes.extend(users.map(|next| user(author, next)));
        facts::tell_new(&mut changes);
        changes
    }
}

#[derive(Clone, Copy)]
struct Author {
    at: Time,
    by: Option<UserId>,
}

impl Author {
    fn created(self, subject: Subject) -> NewEvent {
        let by = Actor { user: self.by, system_login: None };
        NewEvent { at: self.at, by, subject, action: EventAction::Created, details: vec![] }
    }
}

fn catalogue(file: CatalogueFile) -> Catalogue {
    let account = |entry: FixtureAccount| Account {
        id: entry.id,
        name: entry.name,
        status: AccountStatus::Active,
        endpoint: entry.endpoint,
        rules: Rules::default(),
    };
    let group = |entry: FixtureGroup| Group {
        id: entry.id,
        name: entry.name,
        account: entry.account,
        access: entry.access,
    };
    let user = |entry: FixtureUser| User {
        id: entry.id,
        login: entry.login,
        name: entry.name,
        email: entry.email,
        role: entry.role,
        manage_tokens: entry.manage_tokens,
        accounts: entry.accounts,
        scopes: entry.scopes,
        disabled_at: None,
    };
    Catalogue {
        accounts: file.account.into_iter().map(|entry| (entry.id, account(entry))).collect(),
        users: file.user.into_iter().map(|entry| (entry.id, user(entry))).collect(),
        modules: file.module.into_iter().map(|module| (module.id, module)).collect(),
        scopes: file.scope.into_iter().map(|scope| (scope.id, scope)).collect(),
        groups: file.group.into_iter().map(|entry| (entry.id, group(entry))).collect(),
        removed: crate::domain::Removed::default(),
    }
}
