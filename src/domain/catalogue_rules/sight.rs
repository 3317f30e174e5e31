//! The catalogue as an operator may know it: their accounts and what belongs to
//! those. Other tenants show neither as entries nor inside entries.

use crate::domain::{Catalogue, EntryId, Operator, Role, ScopeId, Tombstone, User};

/// What exists, as far as the operator may know of it.
pub fn known_to(operator: &Operator, all: &Catalogue) -> Catalogue {
    if operator.role == Role::Superadmin {
        return all.clone();
    }
    let mut known = all.clone();
    known.accounts.retain(|id, _| operator.reaches(*id));
    known.scopes.retain(|_, scope| operator.reaches(scope.account));
    known.modules.retain(|_, module| module.accounts.iter().any(|id| operator.reaches(*id)));
    known.groups.retain(|_, group| group.account.is_none_or(|id| operator.reaches(id)));
    known.users.retain(|_, user| operator.knows(user));
    let (modules, scopes) = (&known.modules, &known.scopes);
    for group in known.groups.values_mut() {
        group.access.retain(|id, _| modules.contains_key(id));
    }
    for user in known.users.values_mut() {
        trim(user, operator, |id| scopes.contains_key(&id));
    }
    for module in known.modules.values_mut() {
        module.accounts.retain(|id| operator.reaches(*id));
    }
    known.removed.retain(|tombstone| {
        let is_known = knows_removed(operator, tombstone);
        tombstone.accounts.retain(|id| operator.reaches(*id));
        is_known
    });
    known
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
