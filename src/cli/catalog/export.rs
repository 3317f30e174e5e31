//! `tokendeck catalog export`: what the operator knows of the catalogue, as a file
//! that import takes back.

use std::path::Path;

use super::file::{
    AccountEntry, CatalogForm, File, GroupEntry, ModuleEntry, RulesEntry, ScopeEntry, UserEntry,
};
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::new_file::NewFile;
use crate::cli::output::print;
use crate::domain::catalogue::Rules;
use crate::domain::{AccountId, Catalogue, ModuleId, ScopeId, name};
use crate::text::Safe;

const HEAD: &str = "\
# A catalogue of Tokendeck, for 'tokendeck catalog import'.
# Entries are found by name, users by login; what is not found is added. To rename
# an entry, give its id: id = \"MOD-0001\". Settings left out stay as they are, and
# nothing is ever removed. A group without an account is one of all accounts.

";

pub(super) async fn run(deck: &Deck, path: &Path) -> Ended {
    let form = CatalogForm::of(path)?;
    let catalogue = deck.backend.catalogue().await?;
    let file = file(&catalogue);
    let as_json =
        form.map_or_else(|| deck.output.format().is_json(), |form| form == CatalogForm::Json);
    let text = if as_json {
        let text = serde_json::to_string_pretty(&file);
        format!("{}\n", text.map_err(|error| Failure::Unreadable(error.to_string()))?)
    } else {
        let text = toml::to_string_pretty(&file);
        format!("{HEAD}{}", text.map_err(|error| Failure::Unreadable(error.to_string()))?)
    };
    let text = Safe::lines(&text);
    if form.is_none() {
        print(text.as_str())?;
        return Ok(Finish::Done);
    }
    let count = file.account.len() + file.module.len() + file.scope.len();
    let count = count + file.group.len() + file.user.len();
    if deck.is_dry() {
        deck.output.note(&format!("{count} entries would be written to {}", path.display()));
        return Ok(Finish::Done);
    }
    // For its owner alone: it holds the names of people.
    NewFile::create(path)?.write(text.as_str())?;
    deck.output.note(&format!("{count} entries were written to {}", path.display()));
    Ok(Finish::Done)
}

fn file(all: &Catalogue) -> File {
    let accounts = |ids: &std::collections::BTreeSet<AccountId>| {
        Some(ids.iter().map(|id| account(all, *id)).collect())
    };
    File {
        account: all
            .accounts
            .values()
            .map(|entry| AccountEntry {
                id: None,
                name: entry.name.clone(),
                status: Some(entry.status),
                endpoint: entry.endpoint.clone(),
                rules: Some(entry.rules)
                    .filter(|rules| *rules != Rules::default())
                    .map(RulesEntry::of),
            })
            .collect(),
        module: all
            .modules
            .values()
            .map(|entry| ModuleEntry {
                id: None,
                name: entry.name.clone(),
                accounts: accounts(&entry.accounts),
                paths: Some(entry.paths.clone()),
            })
            .collect(),
        scope: all
            .scopes
            .values()
            .map(|entry| ScopeEntry {
                id: None,
                name: entry.name.clone(),
                account: account(all, entry.account),
            })
            .collect(),
        group: all
            .groups
            .values()
            .map(|entry| GroupEntry {
                id: None,
                name: entry.name.clone(),
                account: entry.account.map(|id| account(all, id)),
                access: Some(
                    entry.access.iter().map(|(id, level)| (module(all, *id), *level)).collect(),
                ),
            })
            .collect(),
        user: all
            .users
            .values()
            .map(|entry| UserEntry {
                id: None,
                login: entry.login.clone(),
                name: Some(entry.name.clone()),
                email: entry.email.clone(),
                role: Some(entry.role),
                manage_tokens: Some(entry.manage_tokens),
                accounts: accounts(&entry.accounts),
                scopes: Some(entry.scopes.iter().map(|id| scope(all, *id)).collect()),
                disabled: entry.is_disabled().then_some(true),
            })
            .collect(),
    }
}

/// The name where it stands for one entry alone, else the id.
fn unambiguous<'n>(own: &str, others: impl Iterator<Item = &'n str>, id: String) -> String {
    let key = name::key(own);
    if others.filter(|other| name::key(other) == key).count() == 1 { own.to_owned() } else { id }
}

fn account(all: &Catalogue, id: AccountId) -> String {
    all.accounts.get(&id).map_or_else(
        || id.to_string(),
        |entry| {
            let names = all.accounts.values().map(|other| other.name.as_str());
            unambiguous(&entry.name, names, id.to_string())
        },
    )
}

fn module(all: &Catalogue, id: ModuleId) -> String {
    all.modules.get(&id).map_or_else(
        || id.to_string(),
        |entry| {
            let names = all.modules.values().map(|other| other.name.as_str());
            unambiguous(&entry.name, names, id.to_string())
        },
    )
}

/// Scopes of two accounts may share a name; then `ACCOUNT/NAME` tells them apart.
fn scope(all: &Catalogue, id: ScopeId) -> String {
    let Some(entry) = all.scopes.get(&id) else { return id.to_string() };
    let names = all.scopes.values().map(|other| other.name.as_str());
    let long = format!("{}/{}", account(all, entry.account), entry.name);
    unambiguous(&entry.name, names, long)
}
