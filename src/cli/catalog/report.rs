//! Entries as they are printed, one or many.

use serde::Serialize;

use super::columns::fields;
use super::entry::{PrintedEntry, levels};
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::Ended;
use crate::cli::output::{Format, Sheet, print};
use crate::domain::catalogue::Rules;
use crate::domain::{Account, AccountId, Catalogue, EntryDraft, EntryId, User};
use crate::wire::{EntryLookAlike, EntryView};

/// How an entry came about that was not there.
pub(super) const ADDED: &str = "added";

/// How an entry came about that is like it was.
pub(super) const UNCHANGED: &str = "left as it is";

/// "user ada (USR-0001-0003)".
pub(super) fn title(id: EntryId, draft: &EntryDraft) -> String {
    let name = match draft {
        EntryDraft::User(user) => &user.login,
        other => other.name(),
    };
    format!("{} {name} ({id})", id.kind())
}

#[derive(Serialize)]
struct Done<'d> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    entry: Option<PrintedEntry<'d>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    look_alikes: &'d [EntryLookAlike],
}

/// Prints an entry that was added or changed: its id alone, so that a script can
/// take it, or all of it. `done` says how: "added".
pub(super) fn print_entry(
    deck: &Deck,
    mut catalogue: Catalogue,
    (view, done): (&EntryView, &str),
) -> Ended {
    catalogue.put(view.id, view.entry.clone());
    let printed = match deck.output.format() {
        Format::Table if done == ADDED && !deck.is_dry() => print(&format!("{}\n", view.id)),
        Format::Table => Ok(()),
        _ => {
            let entry = PrintedEntry::of(&catalogue, view.id);
            let look_alikes = view.look_alikes.as_slice();
            let whole = Done { dry_run: deck.is_dry(), entry, look_alikes };
            let rows: Vec<_> = PrintedEntry::of(&catalogue, view.id).into_iter().collect();
            deck.output.record(&whole, |_| fields(&rows, &catalogue))
        }
    };
    let title = title(view.id, &view.entry);
    let would = if deck.is_dry() { "would be" } else { "was" };
    let said = match done {
        UNCHANGED => format!("{title} is like that already: nothing was changed"),
        done => format!("{title} {would} {done}"),
    };
    printed.map_err(|failure| {
        if deck.is_dry() { failure } else { failure.unreported(|| format!("{said}.")) }
    })?;
    if let Some(warning) = view.warning() {
        deck.output.warn("look_alike", &warning);
    }
    deck.output.note(&said);
    Ok(Finish::Done)
}

/// A row an entry, for people.
pub(super) fn sheet(entries: &[PrintedEntry], catalogue: &Catalogue) -> Sheet {
    let rows = entries.iter().map(|entry| row(entry, catalogue)).collect();
    Sheet::new(vec!["Kind", "ID", "Name", "Accounts", "More"], rows)
}

fn row(entry: &PrintedEntry, catalogue: &Catalogue) -> Vec<String> {
    let accounts = |ids: &mut dyn Iterator<Item = AccountId>| {
        ids.map(|id| catalogue.account_name(Some(id))).collect::<Vec<_>>().join(", ")
    };
    let cells = match entry {
        PrintedEntry::Account(account) => [
            "account".to_owned(),
            account.id.to_string(),
            account.name.clone(),
            String::new(),
            about(account),
        ],
        PrintedEntry::Module(module) => [
            "module".to_owned(),
            module.id.to_string(),
            module.name.clone(),
            accounts(&mut module.accounts.iter().copied()),
            module.paths.join(", "),
        ],
        PrintedEntry::Scope(scope) => [
            "scope".to_owned(),
            scope.id.to_string(),
            scope.name.clone(),
            accounts(&mut std::iter::once(scope.account)),
            String::new(),
        ],
        PrintedEntry::Group(group) => [
            "group".to_owned(),
            group.id.to_string(),
            group.name.clone(),
            catalogue.account_name(group.account),
            levels(group, catalogue),
        ],
        PrintedEntry::User(user) => [
            "user".to_owned(),
            user.id.to_string(),
            format!("{} ({})", user.name, user.login),
            accounts(&mut user.accounts.iter().copied()),
            powers(user),
        ],
    };
    cells.to_vec()
}

/// "Active, rules: at most 90 days; others are refused".
fn about(account: &Account) -> String {
    let rules = Some(account.rules).filter(|rules| *rules != Rules::default());
    let rules = rules.map(|rules| format!("rules: {rules}"));
    let parts = [Some(account.status.to_string()), account.endpoint.clone(), rules];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn powers(user: &User) -> String {
    let manages = user.manage_tokens && user.role.can_manage();
    let off = if user.is_disabled() { ", disabled" } else { "" };
    format!("{}{}{off}", user.role, if manages { ", manages tokens" } else { "" })
}
