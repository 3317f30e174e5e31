//! Many entries at once: all of them, or none where one is refused.

use std::collections::BTreeMap;

use strum::IntoEnumIterator;

use crate::domain::entry::UserDraft;
use crate::domain::{AccountId, Catalogue, EntryDraft, EntryId, EntryKind, FieldError, Refusal};
use crate::store::CommitError;
use crate::wire::{EntryView, Imported, Run};

use super::work::CatalogueWork;
use crate::authority::{Authority, Caller, Ruling};

impl Authority {
    /// Adds and changes entries so that all of these are there; removes none. An
    /// entry is found by its id, else by its name; what is found by neither is new
    /// and gets an id of this store.
    pub fn import_catalogue(
        &self,
        caller: &Caller,
        given: &Catalogue,
        run: Run,
    ) -> Ruling<Imported> {
        self.decide(caller, run, |scene| {
            let mut import = Import { work: CatalogueWork::new(scene), ids: BTreeMap::new() };
            let mut imported = Imported::default();
            for kind in EntryKind::iter() {
                let mut errors = Vec::new();
                for id in given.ids(kind) {
                    let Some(draft) = given.draft(id) else { continue };
                    match import.put(id, &draft) {
                        Ok(Became::New(view)) => imported.added.push(view),
                        Ok(Became::Changed(view)) => imported.changed.push(view),
                        Ok(Became::Same) => imported.unchanged += 1,
                        Err(CommitError::Refused(refusal)) => errors.extend(at(&draft, refusal)),
                        Err(error) => return Err(error),
                    }
                }
                // What comes after may refer to what is missing now.
                if !errors.is_empty() {
                    return Err(Refusal::Invalid(errors).into());
                }
            }
            Ok((import.work.done()?, imported))
        })
    }
}

enum Became {
    New(EntryView),
    Changed(EntryView),
    Same,
}

struct Import<'s> {
    work: CatalogueWork<'s>,
    /// Ids as they were given, and as they are here.
    ids: BTreeMap<EntryId, EntryId>,
}

impl Import<'_> {
    fn put(&mut self, given: EntryId, draft: &EntryDraft) -> Ruling<Became> {
        let draft = self.translated(draft);
        let there = self.work.known().draft(given).map(|_| given);
        let Some(id) = there.or_else(|| self.named(&draft)) else {
            let view = self.work.add(&draft)?;
            self.ids.insert(given, view.id);
            return Ok(Became::New(view));
        };
        self.ids.insert(given, id);
        let known = self.work.known().draft(id);
        let draft = in_service_as(draft, known.clone());
        if known.as_ref() == Some(&draft) {
            return Ok(Became::Same);
        }
        Ok(self.work.edit(id, &draft)?.map_or(Became::Same, Became::Changed))
    }

    /// The entry that bears the draft's name, or its login.
    fn named(&mut self, draft: &EntryDraft) -> Option<EntryId> {
        let name = match draft {
            EntryDraft::User(user) => &user.login,
            other => other.name(),
        };
        let called = self.work.called(draft.kind(), name);
        called.into_iter().find(|id| match (draft, self.work.known().draft(*id)) {
            (EntryDraft::Scope(a), Some(EntryDraft::Scope(b))) => a.account == b.account,
            (EntryDraft::Group(a), Some(EntryDraft::Group(b))) => a.account == b.account,
            (_, other) => other.is_some(),
        })
    }

    /// The draft with the ids that its references have here.
    fn translated(&self, draft: &EntryDraft) -> EntryDraft {
        let mut draft = draft.clone();
        match &mut draft {
            EntryDraft::Account(_) => {}
            EntryDraft::Module(module) => {
                module.accounts = module.accounts.iter().map(|id| self.account(*id)).collect();
            }
            EntryDraft::Scope(scope) => scope.account = self.account(scope.account),
            EntryDraft::Group(group) => {
                group.account = group.account.map(|id| self.account(id));
                let here = |id| match self.ids.get(&EntryId::Module(id)) {
                    Some(EntryId::Module(id)) => *id,
                    _ => id,
                };
                group.access = group.access.iter().map(|(id, level)| (here(*id), *level)).collect();
            }
            EntryDraft::User(user) => {
                user.accounts = user.accounts.iter().map(|id| self.account(*id)).collect();
                let here = |id| match self.ids.get(&EntryId::Scope(id)) {
                    Some(EntryId::Scope(id)) => *id,
                    _ => id,
                };
                user.scopes = user.scopes.iter().map(|id| here(*id)).collect();
            }
        }
        draft
    }

    fn account(&self, given: AccountId) -> AccountId {
        match self.ids.get(&EntryId::Account(given)) {
            Some(EntryId::Account(id)) => *id,
            _ => given,
        }
    }
}

/// The draft of a user who is in service or not as they were: an import switches nobody.
fn in_service_as(draft: EntryDraft, known: Option<EntryDraft>) -> EntryDraft {
    match (draft, known) {
        (EntryDraft::User(draft), Some(EntryDraft::User(known))) => {
            EntryDraft::User(UserDraft { disabled_at: known.disabled_at, ..draft })
        }
        (draft, _) => draft,
    }
}

/// A refusal, said at its entry.
fn at(draft: &EntryDraft, refusal: Refusal) -> Vec<FieldError> {
    let name = match draft {
        EntryDraft::User(user) => &user.login,
        other => other.name(),
    };
    let entry = format!("{} '{name}'", draft.kind());
    match refusal {
        Refusal::Invalid(errors) => errors
            .into_iter()
            .map(|error| FieldError::new(&format!("{entry} {}", error.field), error.message))
            .collect(),
        other => vec![FieldError::new(&entry, other.to_string())],
    }
}
