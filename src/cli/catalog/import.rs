//! `tokendeck catalog import`: from a file to a catalogue, and what came of it.

use std::path::Path;

use serde::Serialize;
use strum::IntoEnumIterator as _;

use super::entry::PrintedEntry;
use super::file::{self, AccountEntry, File, GroupEntry, ModuleEntry, ScopeEntry, UserEntry};
use super::report::title;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::Sheet;
use crate::cli::resolve;
use crate::domain::catalogue_rules::NameIndex;
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{
    AccountId, AccountStatus, Catalogue, EntryDraft, EntryId, EntryKind, Refusal, Role, Rules,
    ScopeId, Switch, Time,
};
use crate::wire::{EntryView, Imported};

/// Entries that are not there get numbers from here on until the store gives them
/// theirs; no store counts that far.
const FIRST_NEW: u64 = 1 << 60;

#[derive(Serialize)]
struct Done<'d> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    added: Vec<PrintedEntry<'d>>,
    changed: Vec<PrintedEntry<'d>>,
    unchanged: usize,
}

pub(super) async fn run(deck: &Deck, path: &Path) -> Ended {
    let file = file::read(path)?;
    deck.must_write()?;
    deck.warn_of(None);
    let known = deck.backend.catalogue().await?;
    let given = Reading::new(known.clone(), deck.now()).all(&file)?;
    let doing = format!("import {}", path.display());
    let imported = deck.backend.import_catalogue(given, deck.run).await;
    let imported = imported.map_err(|error| Failure::Backend { doing: Some(doing), error })?;
    print(deck, known, &imported)
}

fn print(deck: &Deck, mut catalogue: Catalogue, imported: &Imported) -> Ended {
    let Imported { added, changed, unchanged } = imported;
    for view in added.iter().chain(changed) {
        catalogue.put(view.id, view.entry.clone());
    }
    let entries = |views: &[EntryView]| -> Vec<PrintedEntry<'_>> {
        views.iter().filter_map(|view| PrintedEntry::of(&catalogue, view.id)).collect()
    };
    let (dry_run, unchanged) = (deck.is_dry(), *unchanged);
    let whole = Done { dry_run, added: entries(added), changed: entries(changed), unchanged };
    let rows = |views: &[EntryView], what: &str| -> Vec<Vec<String>> {
        let row = |view: &EntryView| vec![what.to_owned(), title(view.id, &view.entry)];
        views.iter().map(row).collect()
    };
    let rows = [rows(added, "added"), rows(changed, "changed")].concat();
    let lines: Vec<_> = whole.added.iter().chain(&whole.changed).collect();
    deck.output.list(&whole, &lines, |_| Sheet::new(vec!["Change", "Entry"], rows))?;
    for view in added.iter().chain(changed) {
        if let Some(warning) = view.warning() {
            let entry = title(view.id, &view.entry);
            deck.output.warn("look_alike", &format!("{entry}: {warning}"));
        }
    }
    let counts = format!("{} added, {} changed, {unchanged} unchanged", added.len(), changed.len());
    let note = if dry_run { format!("{counts}: nothing was done yet") } else { counts };
    deck.output.note(&note);
    Ok(Finish::Done)
}

/// A file as it is read, entry by entry.
struct Reading {
    /// What there is already, and what the file has said so far.
    all: Catalogue,
    /// What all of it is called.
    names: NameIndex,
    given: Catalogue,
    next: u64,
    now: Time,
}

impl Reading {
    fn new(known: Catalogue, now: Time) -> Self {
        let names = NameIndex::of(&known, EntryKind::iter());
        Self { all: known, names, given: Catalogue::default(), next: FIRST_NEW, now }
    }

    fn all(mut self, file: &File) -> Result<Catalogue, Failure> {
        file.account.iter().try_for_each(|entry| self.account(entry))?;
        file.module.iter().try_for_each(|entry| self.module(entry))?;
        file.scope.iter().try_for_each(|entry| self.scope(entry))?;
        file.group.iter().try_for_each(|entry| self.group(entry))?;
        file.user.iter().try_for_each(|entry| self.user(entry))?;
        Ok(self.given)
    }

    fn account(&mut self, entry: &AccountEntry) -> Result<(), Failure> {
        let id = entry.id.map(EntryId::Account);
        let (id, before) = self.place((EntryKind::Account, &entry.name), id, |_| true)?;
        let mut draft = match before {
            Some(EntryDraft::Account(draft)) => draft,
            _ => AccountDraft {
                name: entry.name.clone(),
                status: AccountStatus::Active,
                endpoint: None,
                rules: Rules::default(),
            },
        };
        draft.name.clone_from(&entry.name);
        draft.status = entry.status.unwrap_or(draft.status);
        draft.endpoint = text_or(entry.endpoint.as_deref(), draft.endpoint);
        if let Some(rules) = &entry.rules {
            rules.lay_over(&mut draft.rules);
        }
        self.put(id, EntryDraft::Account(draft))
    }

    fn module(&mut self, entry: &ModuleEntry) -> Result<(), Failure> {
        let id = entry.id.map(EntryId::Module);
        let (id, before) = self.place((EntryKind::Module, &entry.name), id, |_| true)?;
        let mut draft = match before {
            Some(EntryDraft::Module(draft)) => draft,
            _ => ModuleDraft { name: entry.name.clone(), accounts: [].into(), paths: vec![] },
        };
        draft.name.clone_from(&entry.name);
        if let Some(names) = &entry.accounts {
            let accounts = names.iter().map(|text| resolve::account(&self.all, text));
            draft.accounts = accounts.collect::<Result<_, _>>()?;
        }
        if let Some(paths) = &entry.paths {
            draft.paths.clone_from(paths);
        }
        self.put(id, EntryDraft::Module(draft))
    }

    fn scope(&mut self, entry: &ScopeEntry) -> Result<(), Failure> {
        let account = resolve::account(&self.all, &entry.account)?;
        let here =
            |draft: &EntryDraft| matches!(draft, EntryDraft::Scope(s) if s.account == account);
        let id = entry.id.map(EntryId::Scope);
        let (id, _) = self.place((EntryKind::Scope, &entry.name), id, here)?;
        self.put(id, EntryDraft::Scope(ScopeDraft { name: entry.name.clone(), account }))
    }

    fn group(&mut self, entry: &GroupEntry) -> Result<(), Failure> {
        let account = entry.account.as_deref();
        let account = account.map(|text| resolve::account(&self.all, text)).transpose()?;
        let here =
            |draft: &EntryDraft| matches!(draft, EntryDraft::Group(g) if g.account == account);
        let id = entry.id.map(EntryId::Group);
        let (id, before) = self.place((EntryKind::Group, &entry.name), id, here)?;
        let mut draft = match before {
            Some(EntryDraft::Group(draft)) => draft,
            _ => GroupDraft { name: entry.name.clone(), account, access: [].into() },
        };
        (draft.name, draft.account) = (entry.name.clone(), account);
        if let Some(access) = &entry.access {
            let levels = access
                .iter()
                .map(|(text, level)| resolve::module(&self.all, text).map(|id| (id, *level)));
            draft.access = levels.collect::<Result<_, _>>()?;
        }
        self.put(id, EntryDraft::Group(draft))
    }

    fn user(&mut self, entry: &UserEntry) -> Result<(), Failure> {
        let id = entry.id.map(EntryId::User);
        let (id, before) = self.place((EntryKind::User, &entry.login), id, |_| true)?;
        let role = entry.role.unwrap_or(Role::Member);
        let mut draft = match before {
            Some(EntryDraft::User(draft)) => draft,
            _ => UserDraft {
                login: entry.login.clone(),
                name: entry.login.clone(),
                email: None,
                role,
                manage_tokens: role.can_manage(),
                accounts: [].into(),
                scopes: [].into(),
                disabled_at: entry.disabled.unwrap_or_default().then_some(self.now),
            },
        };
        let off = draft.disabled_at.is_some();
        if entry.disabled.is_some_and(|wanted| wanted != off) {
            let verb = if off { Switch::Enable } else { Switch::Disable };
            let login = &entry.login;
            let message = format!("an import switches nobody: 'tokendeck user {verb} {login}'");
            return Err(Failure::Usage(message));
        }
        draft.login.clone_from(&entry.login);
        if let Some(name) = &entry.name {
            draft.name.clone_from(name);
        }
        draft.email = text_or(entry.email.as_deref(), draft.email);
        draft.role = entry.role.unwrap_or(draft.role);
        let managed = draft.manage_tokens && draft.role.can_manage();
        draft.manage_tokens = entry.manage_tokens.unwrap_or(managed);
        if let Some(names) = &entry.accounts {
            let accounts = names.iter().map(|text| resolve::account(&self.all, text));
            draft.accounts = accounts.collect::<Result<_, _>>()?;
        }
        if let Some(names) = &entry.scopes {
            let scopes = names.iter().map(|text| self.scope_of(&draft.accounts, text));
            draft.scopes = scopes.collect::<Result<_, _>>()?;
        }
        self.put(id, EntryDraft::User(draft))
    }

    /// A scope by id, by `ACCOUNT/NAME`, by the name it has in one of the accounts,
    /// or by the name it has anywhere.
    fn scope_of(
        &self,
        accounts: &std::collections::BTreeSet<AccountId>,
        text: &str,
    ) -> Result<ScopeId, Failure> {
        if let Some((account, scope)) = text.split_once('/')
            && let Ok(account) = resolve::account(&self.all, account)
        {
            return resolve::scope(&self.all, Some(account), scope);
        }
        let near = accounts.iter().map(|id| resolve::scope(&self.all, Some(*id), text));
        let mut near: Vec<_> = near.flatten().collect();
        near.dedup();
        match near.as_slice() {
            [only] => Ok(*only),
            _ => resolve::scope(&self.all, None, text),
        }
    }

    /// Where an entry belongs, and what is there: by id, else by name among those
    /// that are `here`, else a new place.
    fn place(
        &mut self,
        (kind, wanted): (EntryKind, &str),
        id: Option<EntryId>,
        here: impl Fn(&EntryDraft) -> bool,
    ) -> Result<(EntryId, Option<EntryDraft>), Failure> {
        if let Some(id) = id {
            let before = self.all.draft(id);
            let missing = || Refusal::NotFound { what: kind.into(), name: id.to_string() };
            return Ok((id, Some(before.ok_or_else(missing)?)));
        }
        let found = self.names.called(kind, wanted).find_map(|id| {
            let draft = self.all.draft(id).filter(|draft| here(draft))?;
            Some((id, Some(draft)))
        });
        self.next += 1;
        Ok(found.unwrap_or((EntryId::new(kind, self.next), None)))
    }

    fn put(&mut self, id: EntryId, draft: EntryDraft) -> Result<(), Failure> {
        if self.given.draft(id).is_some() {
            let entry = format!("{} '{}'", draft.kind(), draft.name());
            return Err(Failure::Unreadable(format!("{entry} stands in the file twice")));
        }
        self.names.put(id, self.all.draft(id).as_ref(), &draft);
        self.all.put(id, draft.clone());
        self.given.put(id, draft);
        Ok(())
    }
}

/// What the file says, "" being nothing; what there was where it says nothing.
fn text_or(said: Option<&str>, before: Option<String>) -> Option<String> {
    match said {
        None => before,
        Some("") => None,
        Some(text) => Some(text.to_owned()),
    }
}
