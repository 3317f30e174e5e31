//! `tokendeck catalog add`.

use std::collections::{BTreeMap, BTreeSet};

use super::fields;
use super::report::{ADDED, print_entry};
use crate::cli::args::{AddCommand, UserFields};
use crate::cli::deck::Deck;
use crate::cli::failure::{Ended, Failure};
use crate::domain::catalogue_rules::may_add;
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{AccountStatus, Catalogue, EntryDraft, EntryKind, Role, Rules};

pub(super) async fn run(deck: &Deck, command: &AddCommand) -> Ended {
    may_add(deck.operator(), kind(command))?;
    deck.must_write()?;
    deck.warn_of(None);
    let catalogue = deck.backend.catalogue().await?;
    let draft = draft(deck, command, &catalogue)?;
    let doing = format!("add {} {}", draft.kind(), draft.name());
    let added = deck.backend.add_entry(draft, deck.run).await;
    let view = added.map_err(|error| Failure::Backend { doing: Some(doing), error })?;
    print_entry(deck, catalogue, (&view, ADDED))
}

fn kind(command: &AddCommand) -> EntryKind {
    match command {
        AddCommand::Account { .. } => EntryKind::Account,
        AddCommand::Module { .. } => EntryKind::Module,
        AddCommand::Scope { .. } => EntryKind::Scope,
        AddCommand::Group { .. } => EntryKind::Group,
        AddCommand::User { .. } => EntryKind::User,
    }
}

fn draft(deck: &Deck, command: &AddCommand, catalogue: &Catalogue) -> Result<EntryDraft, Failure> {
    Ok(match command {
        AddCommand::Account { name, fields: flags } => {
            let status = AccountStatus::Active;
            let mut draft = AccountDraft {
                name: name.clone(),
                status,
                endpoint: None,
                rules: Rules::default(),
            };
            fields::account(&mut draft, flags);
            EntryDraft::Account(draft)
        }
        AddCommand::Module { name, fields: flags } => {
            let (accounts, paths) = (BTreeSet::new(), vec![]);
            let mut draft = ModuleDraft { name: name.clone(), accounts, paths };
            fields::module(&mut draft, flags, catalogue)?;
            EntryDraft::Module(draft)
        }
        AddCommand::Scope { name, account } => {
            let account = fields::own_account(deck, account.as_deref(), catalogue)?;
            EntryDraft::Scope(ScopeDraft { name: name.clone(), account })
        }
        AddCommand::Group { name, account, fields: flags } => {
            let account = match account.as_deref() {
                Some(all) if all.eq_ignore_ascii_case("all") => None,
                named => Some(fields::own_account(deck, named, catalogue)?),
            };
            let mut draft = GroupDraft { name: name.clone(), account, access: BTreeMap::new() };
            fields::group(&mut draft, flags, catalogue)?;
            EntryDraft::Group(draft)
        }
        AddCommand::User { login, fields: flags } => {
            EntryDraft::User(user(deck, (login, flags), catalogue)?)
        }
    })
}

fn user(
    deck: &Deck,
    (login, flags): (&str, &UserFields),
    catalogue: &Catalogue,
) -> Result<UserDraft, Failure> {
    let role = flags.role.unwrap_or(Role::Member);
    let mut draft = UserDraft {
        login: login.to_owned(),
        name: login.to_owned(),
        email: None,
        role,
        manage_tokens: fields::manages_unasked(deck, role),
        accounts: BTreeSet::new(),
        scopes: BTreeSet::new(),
        disabled_at: None,
    };
    if flags.account.is_empty() && role != Role::Superadmin {
        draft.accounts.insert(fields::own_account(deck, None, catalogue)?);
    }
    fields::user(&mut draft, flags, catalogue)?;
    Ok(draft)
}
