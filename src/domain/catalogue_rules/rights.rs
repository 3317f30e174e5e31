//! Who may add, change and remove which entry (requirements section 2,
//! "Catalogue"). What an entry may hold is for `check`.

use crate::domain::{AccountId, Catalogue, EntryId, EntryKind, Operator, Refusal, Role, User};

const SUPERADMIN: Refusal = Refusal::NeedsRole { role: "Superadmin" };
const ADMIN: Refusal = Refusal::NeedsRole { role: "Admin" };

/// Whether the operator may add entries of that kind at all. Where it is one of
/// an account, `check` says of which.
pub fn may_add(operator: &Operator, kind: EntryKind) -> Result<(), Refusal> {
    match (operator.role, kind) {
        (Role::Superadmin, _) => Ok(()),
        (_, EntryKind::Account | EntryKind::Module) => Err(SUPERADMIN),
        (Role::Partner | Role::Admin, _) => Ok(()),
        (Role::Viewer | Role::Member, _) => Err(ADMIN),
    }
}

/// Whether the operator may change that entry. `catalogue` is what they know.
pub fn may_change(operator: &Operator, catalogue: &Catalogue, id: EntryId) -> Result<(), Refusal> {
    let missing = || Refusal::NotFound { what: id.kind().into(), name: id.to_string() };
    match id {
        EntryId::Account(id) => catalogue.accounts.get(&id).map(|_| ()).ok_or_else(missing)?,
        EntryId::Module(id) => catalogue.modules.get(&id).map(|_| ()).ok_or_else(missing)?,
        EntryId::Scope(id) => {
            let scope = catalogue.scopes.get(&id).ok_or_else(missing)?;
            may_add(operator, EntryKind::Scope)?;
            return belongs(operator, scope.account).ok_or_else(missing);
        }
        EntryId::Group(id) => {
            let group = catalogue.groups.get(&id).ok_or_else(missing)?;
            may_add(operator, EntryKind::Group)?;
            return match group.account {
                None => must_be_superadmin(operator),
                Some(account) => belongs(operator, account).ok_or_else(missing),
            };
        }
        EntryId::User(id) => {
            let user = catalogue.users.get(&id).ok_or_else(missing)?;
            may_add(operator, EntryKind::User)?;
            return may_change_user(operator, user)
                .and_then(|colleague| if colleague { Ok(()) } else { Err(missing()) });
        }
    }
    must_be_superadmin(operator)
}

/// Whether the operator may remove that entry, if nothing uses it.
pub fn may_remove(operator: &Operator, catalogue: &Catalogue, id: EntryId) -> Result<(), Refusal> {
    may_change(operator, catalogue, id)?;
    match id {
        EntryId::Account(_) => Err(Refusal::AccountStays),
        EntryId::User(id) if is_last_superadmin(catalogue, id) => Err(Refusal::LastSuperadmin),
        _ => Ok(()),
    }
}

/// Refuses to remove a user who belongs to accounts of others too: that would take
/// from another tenant what the operator can't even see.
pub fn must_hold_all_of(operator: &Operator, user: &User) -> Result<(), Refusal> {
    if user.accounts.iter().all(|account| operator.reaches(*account)) {
        return Ok(());
    }
    Err(Refusal::InUse("accounts that are not yours".to_owned()))
}

/// Whether no other Superadmin would be left.
pub(super) fn is_last_superadmin(catalogue: &Catalogue, id: crate::domain::UserId) -> bool {
    let mut all = catalogue.users.values().filter(|user| user.role == Role::Superadmin);
    all.clone().any(|user| user.id == id) && all.all(|user| user.id == id)
}

/// The roles that only a Superadmin gives and takes.
pub(super) fn is_high(role: Role) -> bool {
    matches!(role, Role::Superadmin | Role::Partner)
}

fn must_be_superadmin(operator: &Operator) -> Result<(), Refusal> {
    if operator.role == Role::Superadmin { Ok(()) } else { Err(SUPERADMIN) }
}

fn belongs(operator: &Operator, account: AccountId) -> Option<()> {
    operator.reaches(account).then_some(())
}

/// True for a user of one of the operator's accounts.
fn may_change_user(operator: &Operator, user: &User) -> Result<bool, Refusal> {
    if operator.role == Role::Superadmin {
        return Ok(true);
    }
    if is_high(user.role) {
        return Err(SUPERADMIN);
    }
    Ok(user.accounts.iter().any(|account| operator.reaches(*account)))
}
