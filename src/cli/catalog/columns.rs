//! Entries of every kind for spreadsheets: one column a field, empty where a kind has
//! none. Words are as in JSON.

use super::entry::{PrintedEntry, levels};
use crate::cli::output::Sheet;
use crate::domain::catalogue::Rules;
use crate::domain::{Account, AccountId, Catalogue, ScopeId};

const TITLES: [&str; 14] = [
    "kind",
    "id",
    "name",
    "accounts",
    "status",
    "endpoint",
    "paths",
    "access",
    "login",
    "email",
    "role",
    "manage_tokens",
    "scopes",
    "rules",
];

/// A row an entry, with all of its fields.
pub(super) fn fields(entries: &[PrintedEntry], catalogue: &Catalogue) -> Sheet {
    let row = |entry: &PrintedEntry| {
        let told = told(entry, catalogue);
        let cell = |title: &&str| told.iter().find(|(name, _)| name == title);
        TITLES
            .iter()
            .map(|title| cell(title).map_or_else(String::new, |(_, text)| text.clone()))
            .collect()
    };
    Sheet::new(TITLES.to_vec(), entries.iter().map(row).collect())
}

/// What an entry has to tell, by column.
fn told(entry: &PrintedEntry, catalogue: &Catalogue) -> Vec<(&'static str, String)> {
    let accounts = |ids: &mut dyn Iterator<Item = AccountId>| {
        joined(ids.map(|id| catalogue.account_name(Some(id))))
    };
    let scope = |id: &ScopeId| {
        catalogue.scopes.get(id).map_or_else(|| id.to_string(), |scope| scope.name.clone())
    };
    match entry {
        PrintedEntry::Account(account) => vec![
            ("kind", "account".to_owned()),
            ("id", account.id.to_string()),
            ("name", account.name.clone()),
            ("status", account.status.to_string().to_lowercase()),
            ("endpoint", account.endpoint.clone().unwrap_or_default()),
            ("rules", rules(account)),
        ],
        PrintedEntry::Module(module) => vec![
            ("kind", "module".to_owned()),
            ("id", module.id.to_string()),
            ("name", module.name.clone()),
            ("accounts", accounts(&mut module.accounts.iter().copied())),
            ("paths", module.paths.join(", ")),
        ],
        PrintedEntry::Scope(scope) => vec![
            ("kind", "scope".to_owned()),
            ("id", scope.id.to_string()),
            ("name", scope.name.clone()),
            ("accounts", catalogue.account_name(Some(scope.account))),
        ],
        PrintedEntry::Group(group) => vec![
            ("kind", "group".to_owned()),
            ("id", group.id.to_string()),
            ("name", group.name.clone()),
            ("accounts", catalogue.account_name(group.account)),
            ("access", levels(group, catalogue)),
        ],
        PrintedEntry::User(user) => vec![
            ("kind", "user".to_owned()),
            ("id", user.id.to_string()),
            ("name", user.name.clone()),
            ("accounts", accounts(&mut user.accounts.iter().copied())),
            ("login", user.login.clone()),
            ("email", user.email.clone().unwrap_or_default()),
            ("role", user.role.to_string().to_lowercase()),
            ("manage_tokens", user.manage_tokens.to_string()),
            ("status", if user.is_disabled() { "disabled" } else { "active" }.to_owned()),
            ("scopes", joined(user.scopes.iter().map(scope))),
        ],
    }
}

/// The rules of an account in words; nothing where it has none.
fn rules(account: &Account) -> String {
    let rules = Some(account.rules).filter(|rules| *rules != Rules::default());
    rules.map_or_else(String::new, |rules| rules.to_string())
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(", ")
}
