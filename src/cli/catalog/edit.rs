//! `tokendeck catalog edit`.

use super::fields;
use super::report::{UNCHANGED, print_entry, title};
use crate::cli::args::{EditCommand, UserFields};
use crate::cli::deck::Deck;
use crate::cli::failure::{Ended, Failure};
use crate::cli::resolve;
use crate::domain::catalogue_rules::may_change;
use crate::domain::entry::UserDraft;
use crate::domain::{AccountStatus, Catalogue, EntryDraft, EntryId, EntryKind, Refusal};
use crate::wire::EntryEdit;

pub(super) async fn run(deck: &Deck, command: &EditCommand) -> Ended {
    let catalogue = deck.backend.catalogue().await?;
    let (kind, text) = named(command);
    let id = resolve::entry(&catalogue, kind, text)?;
    let missing = || Refusal::NotFound { what: kind.into(), name: text.to_owned() };
    let seen = catalogue.draft(id).ok_or_else(missing)?;
    let title = title(id, &seen);
    let doing = || format!("edit {title}");
    may_change(deck.operator(), &catalogue, id)
        .map_err(|refusal| Failure::refused(doing(), refusal))?;
    deck.must_write()?;
    deck.warn_of(None);
    let mut draft = seen.clone();
    lay_over(&mut draft, command, &catalogue)?;
    let edit = EntryEdit { seen: Some(seen.clone()), draft };
    let edited = deck.backend.edit_entry(id, edit, deck.run).await;
    let view = edited.map_err(|error| Failure::Backend { doing: Some(doing()), error })?;
    let done = if view.entry == seen { UNCHANGED } else { "updated" };
    print_entry(deck, catalogue, (&view, done))
}

fn named(command: &EditCommand) -> (EntryKind, &str) {
    match command {
        EditCommand::Account { entry, .. } => (EntryKind::Account, &entry.id),
        EditCommand::Module { entry, .. } => (EntryKind::Module, &entry.id),
        EditCommand::Scope { entry } => (EntryKind::Scope, &entry.id),
        EditCommand::Group { entry, .. } => (EntryKind::Group, &entry.id),
        EditCommand::User { user, .. } => (EntryKind::User, user),
    }
}

/// Lays the flags over the entry.
fn lay_over(
    draft: &mut EntryDraft,
    command: &EditCommand,
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    match (draft, command) {
        (EntryDraft::Account(draft), EditCommand::Account { entry, fields: flags, enabled }) => {
            rename(&mut draft.name, entry.name.as_ref());
            fields::account(draft, flags);
            if *enabled {
                draft.status = AccountStatus::Active;
            }
        }
        (
            EntryDraft::Module(draft),
            EditCommand::Module { entry, fields: flags, remove_account, remove_path },
        ) => {
            rename(&mut draft.name, entry.name.as_ref());
            for id in fields::accounts(remove_account, catalogue)? {
                draft.accounts.remove(&id);
            }
            draft.paths.retain(|path| !remove_path.contains(path));
            fields::module(draft, flags, catalogue)?;
        }
        (EntryDraft::Scope(draft), EditCommand::Scope { entry }) => {
            rename(&mut draft.name, entry.name.as_ref());
        }
        (EntryDraft::Group(draft), EditCommand::Group { entry, fields: flags }) => {
            rename(&mut draft.name, entry.name.as_ref());
            fields::group(draft, flags, catalogue)?;
        }
        (
            EntryDraft::User(draft),
            EditCommand::User { login, fields: flags, remove_account, remove_scope, .. },
        ) => {
            rename(&mut draft.login, login.as_ref());
            user(draft, flags, (remove_account, remove_scope), catalogue)?;
        }
        _ => {}
    }
    Ok(())
}

fn rename(name: &mut String, wanted: Option<&String>) {
    if let Some(wanted) = wanted {
        name.clone_from(wanted);
    }
}

fn user(
    draft: &mut UserDraft,
    flags: &UserFields,
    (remove_account, remove_scope): (&[String], &[String]),
    catalogue: &Catalogue,
) -> Result<(), Failure> {
    for id in fields::accounts(remove_account, catalogue)? {
        draft.accounts.remove(&id);
    }
    for text in remove_scope {
        if let EntryId::Scope(id) = resolve::entry(catalogue, EntryKind::Scope, text)? {
            draft.scopes.remove(&id);
        }
    }
    fields::user(draft, flags, catalogue)
}
