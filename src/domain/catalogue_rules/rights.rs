//! Who may add, change and remove which entry (requirements section 2,
//! "Catalogue"). What an entry may hold is for `check`.

use std::collections::BTreeSet;

use crate::domain::event::Field;
use crate::domain::{
    AccountId, Catalogue, EntryDraft, EntryId, EntryKind, Operator, Refusal, Role, ScopeId, Switch,
    User,
};

use super::changed;

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

/// Whether the operator may remove that entry, if nothing uses it. Of a user they do
/// not know all, so whoever does asks [`must_hold_all_of`] again.
pub fn may_remove(operator: &Operator, catalogue: &Catalogue, id: EntryId) -> Result<(), Refusal> {
    may_change(operator, catalogue, id)?;
    match id {
        EntryId::Account(_) => Err(Refusal::AccountStays),
        EntryId::User(id) if is_last_superadmin(catalogue, id) => Err(Refusal::LastSuperadmin),
        EntryId::User(id) => match catalogue.users.get(&id) {
            Some(user) => must_hold_all_of(operator, catalogue, user),
            None => Ok(()),
        },
        EntryId::Module(_) | EntryId::Scope(_) | EntryId::Group(_) => Ok(()),
    }
}

/// Whether the operator may take that user out of service, or bring them back. A Member
/// or a Viewer is for whoever manages tokens of an account of theirs: who leaves must be
/// closed off by who is there. Of all others one must hold all that they hold. `all` is
/// the catalogue that the user is read from.
pub fn may_switch(
    operator: &Operator,
    all: &Catalogue,
    (user, switch): (&User, Switch),
) -> Result<(), Refusal> {
    match user.role {
        Role::Member | Role::Viewer => operator.must_manage()?,
        Role::Superadmin | Role::Partner | Role::Admin => {
            may_add(operator, EntryKind::User)?;
            may_change_user(operator, user)?;
            must_hold_all_of(operator, all, user)?;
        }
    }
    match (switch, user.is_disabled()) {
        (Switch::Enable, false) => Err(Refusal::AlreadyEnabled),
        (Switch::Disable, true) => Err(Refusal::AlreadyDisabled),
        (Switch::Disable, false) if is_last_superadmin(all, user.id) => {
            Err(Refusal::LastSuperadmin)
        }
        (Switch::Disable, false) if user.id == operator.user => Err(Refusal::OwnUser),
        (Switch::Disable, false) | (Switch::Enable, true) => Ok(()),
    }
}

/// Refuses to remove, or to make something else of, a user who holds what the operator
/// does not: that would take from others, perhaps from another tenant, what the
/// operator could not give back. `all` is the catalogue that the user is read from.
pub fn must_hold_all_of(operator: &Operator, all: &Catalogue, user: &User) -> Result<(), Refusal> {
    let more = beyond(operator, all, user);
    if more.is_empty() { Ok(()) } else { Err(Refusal::HoldsMore { what: more.join(", ") }) }
}

/// Refuses an edit of role, login, accounts, scopes or permission of a user by somebody
/// who does not hold all that the user has before it and after. Name and e-mail are
/// for whoever may change the user at all. Both drafts are whole: nothing is hidden.
pub fn must_hold_what_changes(
    operator: &Operator,
    all: &Catalogue,
    (before, after): (&EntryDraft, &EntryDraft),
) -> Result<(), Refusal> {
    let (EntryDraft::User(was), EntryDraft::User(is)) = (before, after) else { return Ok(()) };
    if !changed(before, after).into_iter().any(is_a_right) {
        return Ok(());
    }
    let nobody = crate::domain::UserId::new(0);
    must_hold_all_of(operator, all, &was.clone().with_id(nobody))?;
    must_hold_all_of(operator, all, &is.clone().with_id(nobody))
}

/// Whether a field of a user says what they may do, or who signs in as them.
fn is_a_right(field: Field) -> bool {
    match field {
        Field::Login | Field::Role | Field::ManageTokens | Field::Accounts | Field::Scopes => true,
        Field::Name
        | Field::Description
        | Field::Enabled
        | Field::ValidFrom
        | Field::ValidTo
        | Field::Access
        | Field::Groups
        | Field::Labels
        | Field::Status
        | Field::Endpoint
        | Field::Paths
        | Field::Account
        | Field::Owner
        | Field::Guid
        | Field::Overlap
        | Field::LongestDays
        | Field::NeverForbidden
        | Field::IdleDays
        | Field::Breach
        | Field::Email => false,
    }
}

/// What a user holds and the operator does not, in words that name nothing the
/// operator may not know of. A Superadmin holds all.
pub fn beyond(operator: &Operator, all: &Catalogue, user: &User) -> Vec<String> {
    if operator.role == Role::Superadmin {
        return vec![];
    }
    let mut more = Vec::new();
    if height(user.role) > height(operator.role) {
        more.push(format!("the role {}", user.role));
    }
    if user.accounts.iter().any(|account| !operator.reaches(*account)) {
        more.push("accounts that are not yours".to_owned());
    }
    let name = |id: &ScopeId| match all.scopes.get(id) {
        Some(scope) if operator.holds(scope) => None,
        Some(scope) if operator.reaches(scope.account) => Some(scope.name.clone()),
        _ => Some("scopes that are not yours".to_owned()),
    };
    more.extend(user.scopes.iter().filter_map(name).collect::<BTreeSet<_>>());
    if user.manage_tokens && user.role.can_manage() && !operator.manage_tokens {
        more.push("manage_tokens".to_owned());
    }
    more
}

/// How much a role can: nobody makes something else of somebody above them.
fn height(role: Role) -> u8 {
    match role {
        Role::Superadmin => 4,
        Role::Partner => 3,
        Role::Admin => 2,
        Role::Viewer => 1,
        Role::Member => 0,
    }
}

/// Whether no other Superadmin would be left who is in service.
pub(super) fn is_last_superadmin(catalogue: &Catalogue, id: crate::domain::UserId) -> bool {
    let in_service = |user: &&User| user.role == Role::Superadmin && !user.is_disabled();
    let mut all = catalogue.users.values().filter(in_service);
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
