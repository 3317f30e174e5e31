//! The catalogue as an operator may know it: their accounts and what belongs to
//! those. Other tenants show neither as entries nor inside entries.

use strum::IntoEnumIterator as _;

use crate::domain::{
    Catalogue, EntryDraft, EntryId, EntryKind, Operator, Role, ScopeId, Tombstone, User,
};

/// What exists, as far as the operator may know of it.
pub fn known_to(operator: &Operator, all: &Catalogue) -> Catalogue {
    if operator.role == Role::Superadmin {
        return all.clone();
    }
    let mut known = Catalogue { removed: all.removed.clone(), ..Catalogue::default() };
    // What others refer to comes first.
    for id in EntryKind::iter().flat_map(|kind| all.ids(kind)) {
        if let Some(draft) = all.draft(id) {
            show(operator, &mut known, (id, draft));
        }
    }
    known.removed.retain(|tombstone| {
        let is_known = knows_removed(operator, tombstone);
        tombstone.accounts.retain(|id| operator.reaches(*id));
        is_known
    });
    known
}

/// Puts one entry as it is now into what the operator knows, where they may know of it and
/// as far as they may; all that it refers to is there already. What was known before stays
/// as it is: who changes an account or a module sees all there is.
pub fn show(operator: &Operator, known: &mut Catalogue, (id, draft): (EntryId, EntryDraft)) {
    if operator.role == Role::Superadmin {
        known.put(id, draft);
        return;
    }
    match (id, draft) {
        (EntryId::Account(account), draft) if operator.reaches(account) => known.put(id, draft),
        (EntryId::Module(module), EntryDraft::Module(mut draft)) => {
            draft.accounts.retain(|id| operator.reaches(*id));
            known.modules.remove(&module);
            if !draft.accounts.is_empty() {
                known.put(id, EntryDraft::Module(draft));
            }
        }
        (EntryId::Scope(_), EntryDraft::Scope(draft)) if operator.reaches(draft.account) => {
            known.put(id, EntryDraft::Scope(draft));
        }
        (EntryId::Group(_), EntryDraft::Group(mut draft))
            if draft.account.is_none_or(|id| operator.reaches(id)) =>
        {
            draft.access.retain(|id, _| known.modules.contains_key(id));
            known.put(id, EntryDraft::Group(draft));
        }
        (EntryId::User(user), EntryDraft::User(draft)) => {
            let mut user = draft.with_id(user);
            known.users.remove(&user.id);
            if operator.knows(&user) {
                trim(&mut user, operator, |id| known.scopes.contains_key(&id));
                known.users.insert(user.id, user);
            }
        }
        // The account of a scope and of a group never changes, and who reaches an account
        // goes on doing so: what is out of sight was so before.
        _ => {}
    }
}

/// Whether the operator knew of what was removed, by the rules for what is there.
pub fn knows_removed(operator: &Operator, tombstone: &Tombstone) -> bool {
    let shared = || tombstone.accounts.iter().any(|account| operator.reaches(*account));
    match tombstone.entry {
        EntryId::Group(_) => tombstone.accounts.is_empty() || shared(),
        // A Member knows of nobody else.
        EntryId::User(_) => operator.role != Role::Member && shared(),
        EntryId::Account(_) | EntryId::Module(_) | EntryId::Scope(_) => shared(),
    }
}

/// Takes out of a user what the operator may not know of.
pub fn trim(user: &mut User, operator: &Operator, knows: impl Fn(ScopeId) -> bool) {
    user.accounts.retain(|id| operator.reaches(*id));
    user.scopes.retain(|id| knows(*id));
}
