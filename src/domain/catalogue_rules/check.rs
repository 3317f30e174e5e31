//! What an entry must be like: its texts, what it refers to, and that nobody gives
//! what they do not hold. All errors are returned at once, each at its field.

use std::collections::BTreeSet;

use super::fields;
use super::names::clashes;
use super::rights::{is_high, is_last_superadmin};
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{
    AccountId, Catalogue, EntryDraft, EntryId, FieldError, Operator, Role, ScopeId, User, name,
    policy,
};

/// Where an entry is to hold.
#[derive(Debug, Clone, Copy)]
pub struct EntryPlace<'a> {
    /// What exists, as far as the operator knows.
    pub catalogue: &'a Catalogue,
    /// Who asks.
    pub operator: &'a Operator,
    /// The entry that is edited: what it keeps is not checked again.
    pub before: Option<EntryId>,
}

type Errors = Vec<FieldError>;

/// Checks a new entry or an edit and puts its texts into their stored form.
/// Whether the operator may touch the entry at all is for `may_add` and
/// `may_change`.
pub fn check(draft: &EntryDraft, place: &EntryPlace) -> Result<EntryDraft, Errors> {
    let (checked, mut errors) = check_content(draft, place);
    errors.extend(clashes(&checked, place.catalogue, place.before));
    if errors.is_empty() { Ok(checked) } else { Err(errors) }
}

/// All of [`check`] but whether another bears the name: the stored form, as far as there
/// is one, and what is wrong.
pub fn check_content(draft: &EntryDraft, place: &EntryPlace) -> (EntryDraft, Errors) {
    if place.before.is_some_and(|id| id.kind() != draft.kind()) {
        return (draft.clone(), vec![FieldError::new("kind", "An entry stays what it is")]);
    }
    let mut checked = draft.clone();
    let errors = match &mut checked {
        EntryDraft::Account(account) => check_account(account),
        EntryDraft::Module(module) => check_module(module, place),
        EntryDraft::Scope(scope) => check_scope(scope, place),
        EntryDraft::Group(group) => check_group(group, place),
        EntryDraft::User(user) => check_user(user, place),
    };
    (checked, errors)
}

/// Puts a text into its stored form, or notes what is wrong with it.
fn store<T>(place: &mut T, checked: Result<T, String>, field: &str, errors: &mut Errors) {
    match checked {
        Ok(text) => *place = text,
        Err(message) => errors.push(FieldError::new(field, message)),
    }
}

fn check_name(text: &mut String, errors: &mut Errors) {
    let checked = name::check(text, "Name");
    store(text, checked, "name", errors);
}

fn check_account(draft: &mut AccountDraft) -> Errors {
    let mut errors = Vec::new();
    check_name(&mut draft.name, &mut errors);
    let endpoint = fields::endpoint(draft.endpoint.as_deref());
    store(&mut draft.endpoint, endpoint, "endpoint", &mut errors);
    let days = [("longest_days", draft.rules.longest_days), ("idle_days", draft.rules.idle_days)];
    for (field, days) in days {
        let checked = days.map_or(Ok(()), policy::check_days);
        errors.extend(checked.err().map(|message| FieldError::new(field, message)));
    }
    errors
}

fn check_module(draft: &mut ModuleDraft, place: &EntryPlace) -> Errors {
    let mut errors = Vec::new();
    check_name(&mut draft.name, &mut errors);
    errors.extend(check_accounts(&draft.accounts, place));
    let paths = fields::paths(&draft.paths);
    store(&mut draft.paths, paths, "paths", &mut errors);
    errors
}

fn check_accounts(accounts: &BTreeSet<AccountId>, place: &EntryPlace) -> Errors {
    let foreign = accounts.iter().filter(|id| !is_mine(**id, place));
    foreign.map(|id| FieldError::new("accounts", format!("No account {id} here"))).collect()
}

fn is_mine(id: AccountId, place: &EntryPlace) -> bool {
    place.operator.reaches(id) && place.catalogue.accounts.contains_key(&id)
}

fn check_scope(draft: &mut ScopeDraft, place: &EntryPlace) -> Errors {
    let mut errors = Vec::new();
    check_name(&mut draft.name, &mut errors);
    let before = match place.before {
        Some(EntryId::Scope(id)) => place.catalogue.scopes.get(&id),
        _ => None,
    };
    errors.extend(match before {
        Some(before) => moved("scope", Some(before.account), Some(draft.account)),
        None => not_here(draft.account, place),
    });
    errors
}

fn moved(what: &str, from: Option<AccountId>, to: Option<AccountId>) -> Option<FieldError> {
    let message = || format!("The account of a {what} never changes");
    (from != to).then(|| FieldError::new("account", message()))
}

fn not_here(account: AccountId, place: &EntryPlace) -> Option<FieldError> {
    let message = || format!("No account {account} here");
    (!is_mine(account, place)).then(|| FieldError::new("account", message()))
}

fn check_group(draft: &mut GroupDraft, place: &EntryPlace) -> Errors {
    let mut errors = Vec::new();
    check_name(&mut draft.name, &mut errors);
    let before = match place.before {
        Some(EntryId::Group(id)) => place.catalogue.groups.get(&id),
        _ => None,
    };
    errors.extend(match (before, draft.account) {
        (Some(before), now) => moved("group", before.account, now),
        (None, Some(account)) => not_here(account, place),
        (None, None) if place.operator.role != Role::Superadmin => {
            Some(FieldError::new("account", "Only a Superadmin can choose all accounts"))
        }
        (None, None) => None,
    });
    let offered: BTreeSet<_> =
        place.catalogue.modules_of(draft.account).map(|module| module.id).collect();
    for (module, level) in &draft.access {
        let kept = before.and_then(|group| group.access.get(module)).is_some_and(|b| b >= level);
        if !offered.contains(module) && !kept {
            let account = place.catalogue.account_name(draft.account);
            let message = format!("Module {module} is not enabled for {account}");
            errors.push(FieldError::new("access", message));
        }
    }
    errors
}

fn check_user(draft: &mut UserDraft, place: &EntryPlace) -> Errors {
    let mut errors = Vec::new();
    let before = match place.before {
        Some(EntryId::User(id)) => place.catalogue.users.get(&id),
        _ => None,
    };
    // A system's login may be anything; one that is there already may stay.
    if before.is_none_or(|user| user.login != draft.login) {
        let login = fields::check_login(&draft.login);
        store(&mut draft.login, login, "login", &mut errors);
    }
    check_name(&mut draft.name, &mut errors);
    let email = fields::email(draft.email.as_deref());
    store(&mut draft.email, email, "email", &mut errors);
    errors.extend(check_switch(draft, before));
    errors.extend(check_role(draft, before, place));
    errors.extend(check_manage(draft, before, place.operator));
    errors.extend(check_accounts(&draft.accounts, place));
    errors.extend(check_account_count(draft));
    errors.extend(check_user_scopes(draft, before, place));
    errors
}

/// Whether somebody is in service is no setting: to change it has a right and an event of
/// its own.
fn check_switch(draft: &UserDraft, before: Option<&User>) -> Option<FieldError> {
    let differs = before.is_some_and(|user| user.disabled_at != draft.disabled_at);
    let message = "Not changed by an edit: 'user disable' and 'user enable' do that";
    differs.then(|| FieldError::new("disabled_at", message))
}

fn check_role(draft: &UserDraft, before: Option<&User>, place: &EntryPlace) -> Option<FieldError> {
    if place.operator.role != Role::Superadmin && is_high(draft.role) {
        let message = format!("Only a Superadmin makes a {}", draft.role);
        return Some(FieldError::new("role", message));
    }
    let last = before.is_some_and(|user| is_last_superadmin(place.catalogue, user.id));
    (last && draft.role != Role::Superadmin)
        .then(|| FieldError::new("role", "The last Superadmin stays"))
}

fn check_manage(draft: &UserDraft, before: Option<&User>, by: &Operator) -> Option<FieldError> {
    if !draft.manage_tokens {
        return None;
    }
    if !draft.role.can_manage() {
        let message = format!("A {} cannot be given it", draft.role);
        return Some(FieldError::new("manage_tokens", message));
    }
    let had = before.is_some_and(|user| user.manage_tokens && user.role.can_manage());
    // A Superadmin must be able to give it, or it could be lost for good.
    (!had && !by.manage_tokens && by.role != Role::Superadmin)
        .then(|| FieldError::new("manage_tokens", "You do not have it yourself"))
}

fn check_account_count(draft: &UserDraft) -> Option<FieldError> {
    let message = match (draft.role, draft.accounts.len()) {
        (Role::Superadmin, _) | (Role::Admin, 1) => return None,
        (Role::Admin, _) => "An Admin has exactly one account",
        (Role::Partner | Role::Viewer | Role::Member, 0) => "Choose at least one account",
        (Role::Partner | Role::Viewer | Role::Member, _) => return None,
    };
    Some(FieldError::new("accounts", message))
}

/// Scopes go with their account: those of one that the user leaves are taken off.
fn check_user_scopes(draft: &mut UserDraft, before: Option<&User>, place: &EntryPlace) -> Errors {
    let known = &place.catalogue.scopes;
    let had = |id: &ScopeId| before.is_some_and(|user| user.scopes.contains(id));
    let in_accounts = |id: &ScopeId| {
        draft.role == Role::Superadmin
            || known.get(id).is_some_and(|scope| draft.accounts.contains(&scope.account))
    };
    let mut errors = Vec::new();
    let mut kept = BTreeSet::new();
    for id in &draft.scopes {
        let message = match known.get(id) {
            None => format!("No scope {id} here"),
            Some(_) if had(id) && !in_accounts(id) => continue,
            Some(scope) if !in_accounts(id) => {
                let account = place.catalogue.account_name(Some(scope.account));
                format!("{} is a scope of {account}, which the user has not", scope.name)
            }
            Some(scope) if !had(id) && !place.operator.holds(scope) => {
                format!("You do not hold {}", scope.name)
            }
            Some(_) => {
                kept.insert(*id);
                continue;
            }
        };
        errors.push(FieldError::new("scopes", message));
    }
    draft.scopes = kept;
    errors
}
