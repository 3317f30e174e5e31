//! `tokendeck catalog list`: what exists before tokens can use it, as far as the
//! operator may know.

use serde::Serialize;

use super::args::CatalogKind;
use super::deck::Deck;
use super::exit::Exit;
use super::failure::Outcome;
use super::output::Sheet;
use crate::domain::{Account, AccountId, Catalogue, Group, Module, Scope, User};

/// One entry of any kind.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Entry<'c> {
    Account(&'c Account),
    Module(&'c Module),
    Scope(&'c Scope),
    Group(&'c Group),
    User(&'c User),
}

#[derive(Serialize)]
struct Listed<'c> {
    total: usize,
    offset: usize,
    entries: &'c [Entry<'c>],
}

/// Lists the entries of one kind, or of all.
pub(super) async fn list(deck: &Deck, kind: Option<CatalogKind>) -> Outcome {
    let catalogue = deck.backend.catalogue().await?;
    let all = [
        CatalogKind::Account,
        CatalogKind::Module,
        CatalogKind::Scope,
        CatalogKind::Group,
        CatalogKind::User,
    ];
    let kinds = all.into_iter().filter(|one| kind.is_none_or(|kind| kind == *one));
    let entries: Vec<Entry> = kinds.flat_map(|kind| of_kind(&catalogue, kind)).collect();
    let listed = Listed { total: entries.len(), offset: 0, entries: &entries };
    deck.output.list(&listed, &entries, |_| {
        let rows = entries.iter().map(|entry| row(entry, &catalogue)).collect();
        Sheet::new(vec!["Kind", "ID", "Name", "Accounts", "More"], rows)
    })?;
    Ok(Exit::Done)
}

fn of_kind(catalogue: &Catalogue, kind: CatalogKind) -> Vec<Entry<'_>> {
    match kind {
        CatalogKind::Account => catalogue.accounts.values().map(Entry::Account).collect(),
        CatalogKind::Module => catalogue.modules.values().map(Entry::Module).collect(),
        CatalogKind::Scope => catalogue.scopes.values().map(Entry::Scope).collect(),
        CatalogKind::Group => catalogue.groups.values().map(Entry::Group).collect(),
        CatalogKind::User => catalogue.users.values().map(Entry::User).collect(),
    }
}

fn row(entry: &Entry, catalogue: &Catalogue) -> Vec<String> {
    let accounts = |ids: &mut dyn Iterator<Item = AccountId>| {
        ids.map(|id| catalogue.account_name(Some(id))).collect::<Vec<_>>().join(", ")
    };
    let cells = match entry {
        Entry::Account(account) => [
            "account".to_owned(),
            account.id.to_string(),
            account.name.clone(),
            account.status.to_string(),
            account.endpoint.clone().unwrap_or_default(),
        ],
        Entry::Module(module) => [
            "module".to_owned(),
            module.id.to_string(),
            module.name.clone(),
            accounts(&mut module.accounts.iter().copied()),
            module.paths.join(", "),
        ],
        Entry::Scope(scope) => [
            "scope".to_owned(),
            scope.id.to_string(),
            scope.name.clone(),
            accounts(&mut std::iter::once(scope.account)),
            String::new(),
        ],
        Entry::Group(group) => [
            "group".to_owned(),
            group.id.to_string(),
            group.name.clone(),
            catalogue.account_name(group.account),
            levels(group, catalogue),
        ],
        Entry::User(user) => [
            "user".to_owned(),
            user.id.to_string(),
            format!("{} ({})", user.name, user.login),
            accounts(&mut user.accounts.iter().copied()),
            powers(user),
        ],
    };
    cells.to_vec()
}

fn levels(group: &Group, catalogue: &Catalogue) -> String {
    let name = |id| catalogue.modules.get(id).map_or_else(|| format!("{id}"), |m| m.name.clone());
    let levels = group.access.iter().map(|(id, level)| format!("{} {level}", name(id)));
    levels.collect::<Vec<_>>().join(", ")
}

fn powers(user: &User) -> String {
    let manages = user.manage_tokens && user.role.can_manage();
    format!("{}{}", user.role, if manages { ", manages tokens" } else { "" })
}
