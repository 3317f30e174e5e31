//! All that is known of one entry, and who uses it, for its details.

use crate::domain::calendar::seconds;
use crate::domain::{AccountId, Catalogue, EntryId, Module, ModuleId, Role, ScopeId, UserId};

/// A name and a value, not yet safe for a terminal.
pub(in crate::tui) type Fact = (&'static str, String);

/// The details of an entry; none where it is no longer there.
pub(in crate::tui) fn facts(catalogue: &Catalogue, id: EntryId) -> Vec<Fact> {
    let mut facts = match id {
        EntryId::Account(id) => account(catalogue, id),
        EntryId::Module(id) => module(catalogue, id),
        EntryId::Scope(id) => scope(catalogue, id),
        EntryId::Group(id) => group(catalogue, id),
        EntryId::User(id) => user(catalogue, id),
    };
    if !facts.is_empty() {
        facts.insert(1.min(facts.len()), ("ID", id.to_string()));
    }
    facts
}

/// Names by comma, or a dash.
fn list(names: impl Iterator<Item = String>) -> String {
    crate::text::or_dash(&names.collect::<Vec<_>>().join(", "))
}

fn or_dash(text: Option<&String>) -> String {
    text.cloned().unwrap_or_else(|| "-".to_owned())
}

fn account(catalogue: &Catalogue, id: AccountId) -> Vec<Fact> {
    let Some(account) = catalogue.accounts.get(&id) else { return vec![] };
    let users = catalogue.users.values().filter(|user| user.accounts.contains(&id));
    let groups = catalogue.groups.values().filter(|group| group.account == Some(id));
    vec![
        ("Name", account.name.clone()),
        ("Status", account.status.to_string()),
        ("API endpoint", or_dash(account.endpoint.as_ref())),
        ("Rules", account.rules.to_string()),
        ("Modules", list(catalogue.modules_of(Some(id)).map(|module| module.name.clone()))),
        ("Scopes", list(catalogue.scopes_of(Some(id)).map(|scope| scope.name.clone()))),
        ("Groups", list(groups.map(|group| group.name.clone()))),
        ("Users", list(users.map(|user| user.name.clone()))),
    ]
}

fn module(catalogue: &Catalogue, id: ModuleId) -> Vec<Fact> {
    let Some(Module { name, accounts, paths, .. }) = catalogue.modules.get(&id) else {
        return vec![];
    };
    let groups = catalogue.groups.values().filter_map(|group| {
        let level = group.access.get(&id)?;
        Some(format!("{} ({level})", group.name))
    });
    vec![
        ("Name", name.clone()),
        ("Accounts", list(accounts.iter().map(|id| catalogue.account_name(Some(*id))))),
        ("Paths", list(paths.iter().cloned())),
        ("In groups", list(groups)),
    ]
}

fn scope(catalogue: &Catalogue, id: ScopeId) -> Vec<Fact> {
    let Some(scope) = catalogue.scopes.get(&id) else { return vec![] };
    let holders = catalogue.users.values().filter(|user| user.scopes.contains(&id));
    vec![
        ("Name", scope.name.clone()),
        ("Account", catalogue.account_name(Some(scope.account))),
        ("Held by", list(holders.map(|user| user.name.clone()))),
    ]
}

fn group(catalogue: &Catalogue, id: crate::domain::GroupId) -> Vec<Fact> {
    let Some(group) = catalogue.groups.get(&id) else { return vec![] };
    let name = |id| catalogue.modules.get(id).map_or_else(|| id.to_string(), |m| m.name.clone());
    let access = group.access.iter().map(|(id, level)| format!("{} {level}", name(id)));
    vec![
        ("Name", group.name.clone()),
        ("Account", catalogue.account_name(group.account)),
        ("Access", list(access)),
    ]
}

fn user(catalogue: &Catalogue, id: UserId) -> Vec<Fact> {
    let Some(user) = catalogue.users.get(&id) else { return vec![] };
    let accounts = match user.role {
        Role::Superadmin => "All accounts".to_owned(),
        _ => list(user.accounts.iter().map(|id| catalogue.account_name(Some(*id)))),
    };
    let scopes = match user.role {
        Role::Superadmin | Role::Partner => "All of these accounts".to_owned(),
        _ => {
            let known = user.scopes.iter().filter_map(|id| catalogue.scopes.get(id));
            list(known.map(|scope| scope.name.clone()))
        }
    };
    let manages = user.manage_tokens && user.role.can_manage();
    let status = match user.disabled_at {
        Some(at) => format!("Disabled since {}", seconds(at)),
        None => "Active".to_owned(),
    };
    vec![
        ("Name", user.name.clone()),
        ("Login", user.login.clone()),
        ("E-mail", or_dash(user.email.as_ref())),
        ("Status", status),
        ("Role", user.role.to_string()),
        ("API tokens", if manages { "may change them" } else { "may not change them" }.to_owned()),
        ("Accounts", accounts),
        ("Scopes", scopes),
    ]
}
