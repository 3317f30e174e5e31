//! Changes of the catalogue in the making: each is checked against what the ones
//! before it made of the catalogue, and all are committed at once.

use std::collections::BTreeMap;

use crate::domain::catalogue_rules::{self as rules, EntryPlace, NameIndex};
use crate::domain::entry::UserDraft;
use crate::domain::{
    Catalogue, Change, Detail, EntryDraft, EntryId, EntryKind, EventAction, NewEvent, Operator,
    Refusal, Role, ScopeId, Switch, UserId, facts, lifecycle,
};
use crate::wire::{EntryLookAlike, EntryView};

use super::usage;
use crate::authority::Ruling;
use crate::authority::scene::Scene;
use crate::store::StoreError;

pub(super) struct CatalogueWork<'s> {
    scene: &'s Scene<'s>,
    /// All that exists by now, seen or not.
    all: Catalogue,
    /// What of it the operator knows. It goes along with each change: to work it out anew
    /// for each of many takes longer than the changes.
    known: Catalogue,
    /// What all of it is called, of the kinds that were asked for.
    names: BTreeMap<EntryKind, NameIndex>,
    /// The highest number that an entry of a kind ever had, of the kinds that were asked for.
    last: BTreeMap<EntryKind, u64>,
    /// The operator by now: a new scope is theirs at once.
    operator: Operator,
    /// What the operator's own user was before it was given scopes that were made here,
    /// which is written when all is.
    before_gifts: Option<UserDraft>,
    changes: Vec<Change>,
}

impl<'s> CatalogueWork<'s> {
    pub(super) fn new(scene: &'s Scene<'s>) -> Self {
        let (all, operator) = ((*scene.catalogue).clone(), scene.operator.clone());
        let known = rules::known_to(&operator, &all);
        let (names, last) = (BTreeMap::new(), BTreeMap::new());
        Self { scene, all, known, names, last, operator, before_gifts: None, changes: vec![] }
    }

    /// All that was changed.
    pub(super) fn done(mut self) -> Ruling<Vec<Change>> {
        self.write_gifts()?;
        Ok(self.changes)
    }

    /// What the operator knows by now.
    pub(super) fn known(&self) -> &Catalogue {
        &self.known
    }

    /// The entries that the operator knows and that are called so, users by their login.
    pub(super) fn called(&mut self, kind: EntryKind, text: &str) -> Vec<EntryId> {
        let ids: Vec<_> = self.names(kind).called(kind, text).collect();
        ids.into_iter().filter(|id| self.known.draft(*id).is_some()).collect()
    }

    fn names(&mut self, kind: EntryKind) -> &mut NameIndex {
        let all = &self.all;
        self.names.entry(kind).or_insert_with(|| NameIndex::of(all, [kind]))
    }

    /// An entry as the operator sees it.
    pub(super) fn seen(&self, id: EntryId) -> Result<EntryDraft, Refusal> {
        let missing = || Refusal::NotFound { what: id.kind().into(), name: id.to_string() };
        self.known.draft(id).ok_or_else(missing)
    }

    pub(super) fn add(&mut self, draft: &EntryDraft) -> Ruling<EntryView> {
        rules::may_add(&self.operator, draft.kind())?;
        let draft = self.checked(draft, None)?;
        let id = self.fresh_id(draft.kind())?;
        self.write(id, draft.clone(), EventAction::Created)?;
        if let EntryId::Scope(scope) = id {
            self.give_to_creator(scope);
        }
        Ok(self.view(id, draft))
    }

    /// None where it changes nothing.
    pub(super) fn edit(&mut self, id: EntryId, draft: &EntryDraft) -> Ruling<Option<EntryView>> {
        rules::may_change(&self.operator, &self.known, id)?;
        let draft = self.checked(draft, Some(id))?;
        let Some(before) = self.all.draft(id) else { return Ok(None) };
        let draft = rules::keep_hidden(&draft, &before, (&self.operator, &self.known));
        rules::must_hold_what_changes(&self.operator, &self.all, (&before, &draft))?;
        if rules::changed(&before, &draft).is_empty() {
            return Ok(None);
        }
        if let (EntryId::Module(id), EntryDraft::Module(was), EntryDraft::Module(now)) =
            (id, &before, &draft)
        {
            let left = was.accounts.difference(&now.accounts).copied().collect();
            usage::must_be_unused_in(self.scene.state, &self.all, id, &left)?;
        }
        self.write(id, draft.clone(), EventAction::Edited)?;
        Ok(Some(self.view(id, draft)))
    }

    pub(super) fn switch(&mut self, user: UserId, switch: Switch) -> Ruling<EntryView> {
        let id = EntryId::User(user);
        self.seen(id)?;
        let missing = || Refusal::NotFound { what: id.kind().into(), name: id.to_string() };
        let user = self.all.users.get(&user).cloned().ok_or_else(missing)?;
        rules::may_switch(&self.operator, &self.all, (&user, switch))?;
        let disabled_at = match switch {
            Switch::Enable => None,
            Switch::Disable => Some(self.scene.now),
        };
        let draft = EntryDraft::User(UserDraft { disabled_at, ..user.draft() });
        self.write(id, draft.clone(), switch.event())?;
        Ok(self.view(id, draft))
    }

    pub(super) fn remove(&mut self, id: EntryId) -> Ruling<()> {
        rules::may_remove(&self.operator, &self.known, id)?;
        if let EntryId::User(user) = id
            && let Some(user) = self.all.users.get(&user)
        {
            rules::must_hold_all_of(&self.operator, &self.all, user)?;
        }
        usage::must_be_unused(self.scene.state, &self.all, &self.operator, id)?;
        if let EntryId::Scope(scope) = id
            && let Some(mut user) = self.all.users.get(&self.operator.user).cloned()
            && user.scopes.remove(&scope)
        {
            let own = EntryId::User(user.id);
            self.write(own, EntryDraft::User(user.draft()), EventAction::Edited)?;
        }
        let event = self.event(id, EventAction::Deleted, vec![]);
        self.changes.push(match id {
            EntryId::Account(_) => return Err(Refusal::AccountStays.into()),
            EntryId::Module(id) => Change::RemoveModule(id, event),
            EntryId::Scope(id) => Change::RemoveScope(id, event),
            EntryId::Group(id) => Change::RemoveGroup(id, event),
            EntryId::User(id) => Change::RemoveUser(id, event),
        });
        Ok(())
    }

    /// The draft in its stored form. A name or login that somebody out of the operator's
    /// sight bears is told like any other, beside whatever else is wrong, so that the
    /// reply does not tell which of both it is.
    fn checked(
        &mut self,
        draft: &EntryDraft,
        before: Option<EntryId>,
    ) -> Result<EntryDraft, Refusal> {
        let place = EntryPlace { catalogue: &self.known, operator: &self.operator, before };
        let (stored, mut errors) = rules::check_content(draft, &place);
        self.names(stored.kind());
        let taken = self.names.get(&stored.kind());
        errors
            .extend(taken.into_iter().flat_map(|names| names.clashes(&stored, &self.all, before)));
        if errors.is_empty() { Ok(stored) } else { Err(Refusal::Invalid(errors)) }
    }

    /// An id that no entry ever had.
    fn fresh_id(&mut self, kind: EntryKind) -> Result<EntryId, StoreError> {
        let first = match kind {
            EntryKind::Account | EntryKind::User => 1_0001,
            EntryKind::Module | EntryKind::Scope | EntryKind::Group => 1,
        };
        let last = if let Some(last) = self.last.get(&kind) {
            *last
        } else {
            let made = self.all.ids(kind).last().map_or(0, |id| id.number());
            made.max(self.scene.state.last_number(kind)?)
        };
        let number = first.max(last + 1);
        self.last.insert(kind, number);
        Ok(EntryId::new(kind, number))
    }

    /// Whoever makes a scope holds it. A Superadmin and a Partner do anyway.
    fn give_to_creator(&mut self, scope: ScopeId) {
        if matches!(self.operator.role, Role::Superadmin | Role::Partner) {
            return;
        }
        self.operator.scopes.insert(scope);
        let Some(user) = self.all.users.get_mut(&self.operator.user) else { return };
        self.before_gifts.get_or_insert_with(|| user.draft());
        user.scopes.insert(scope);
        let own = (EntryId::User(user.id), EntryDraft::User(user.draft()));
        rules::show(&self.operator, &mut self.known, own);
    }

    /// Writes that the operator holds the scopes that they made: once, however many.
    fn write_gifts(&mut self) -> Ruling<()> {
        let user = self.all.users.get(&self.operator.user).cloned();
        let (Some(before), Some(user)) = (self.before_gifts.take(), user) else { return Ok(()) };
        let own = EntryId::User(user.id);
        self.all.put(own, EntryDraft::User(before));
        self.write(own, EntryDraft::User(user.draft()), EventAction::Edited)
    }

    fn write(&mut self, id: EntryId, draft: EntryDraft, action: EventAction) -> Ruling<()> {
        // What comes after tells what changed since.
        if id == EntryId::User(self.operator.user) {
            self.write_gifts()?;
        }
        let before = self.all.draft(id);
        let facts = facts::of_entry(before.as_ref(), &draft);
        let event = self.event(id, action, facts);
        self.names(id.kind()).put(id, before.as_ref(), &draft);
        self.all.put(id, draft.clone());
        rules::show(&self.operator, &mut self.known, (id, draft.clone()));
        self.changes.push(match (id, draft) {
            (EntryId::Account(id), EntryDraft::Account(d)) => Change::Account(d.with_id(id), event),
            (EntryId::Module(id), EntryDraft::Module(d)) => Change::Module(d.with_id(id), event),
            (EntryId::Scope(id), EntryDraft::Scope(d)) => Change::Scope(d.with_id(id), event),
            (EntryId::Group(id), EntryDraft::Group(d)) => Change::Group(d.with_id(id), event),
            (EntryId::User(id), EntryDraft::User(d)) => Change::User(d.with_id(id), event),
            _ => return Err(StoreError::Fault(format!("{id} is of another kind")).into()),
        });
        Ok(())
    }

    fn event(&self, id: EntryId, action: EventAction, details: Vec<Detail>) -> NewEvent {
        NewEvent {
            at: self.scene.now,
            by: lifecycle::actor(&self.operator),
            subject: id.subject(),
            action,
            details,
        }
    }

    /// The entry as the operator sees it now.
    fn view(&mut self, id: EntryId, written: EntryDraft) -> EntryView {
        let entry = self.known.draft(id).unwrap_or(written);
        self.names(id.kind());
        let names = self.names.get(&id.kind());
        let alike = names.map(|names| names.look_alikes(&entry, &self.known, Some(id)));
        let alike = alike.unwrap_or_default().into_iter();
        let look_alikes = alike.map(|(id, name)| EntryLookAlike { id, name }).collect();
        EntryView { id, entry, look_alikes }
    }
}
