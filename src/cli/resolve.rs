//! From what people type to ids: every argument that takes an id also takes an
//! unambiguous name, in either case.

use std::fmt::Display;
use std::str::FromStr;

use super::failure::Failure;
use crate::domain::catalogue::{Named, named};
use crate::domain::{
    AccountId, Catalogue, EntryId, EntryKind, GroupId, ModuleId, Refusal, ScopeId, UserId,
};

/// An account.
pub(super) fn account(catalogue: &Catalogue, text: &str) -> Result<AccountId, Failure> {
    one("account", text, catalogue.accounts.values().map(|a| (a.id, vec![a.name.as_str()])))
}

/// A user, also by login.
pub(super) fn user(catalogue: &Catalogue, text: &str) -> Result<UserId, Failure> {
    let users = catalogue.users.values();
    one("user", text, users.map(|u| (u.id, vec![u.login.as_str(), u.name.as_str()])))
}

/// A user who did something, be it one who was removed: those go by what they were called,
/// unless somebody is called so now.
pub(super) enum NamedActor {
    /// One who is there, or is known to have been.
    Known(UserId),
    /// An id of which only the record may know.
    Perhaps(UserId),
}

/// The user who did something.
pub(super) fn actor(catalogue: &Catalogue, text: &str) -> Result<NamedActor, Failure> {
    let users = catalogue.users.values();
    let here = named(text, users.map(|u| (u.id, vec![u.login.as_str(), u.name.as_str()])));
    let found = match here {
        Named::Nothing => named(text, catalogue.removed.users().map(|(id, one)| (id, one.names()))),
        found => found,
    };
    match (found, text.parse()) {
        (Named::Nothing, Ok(id)) => Ok(NamedActor::Perhaps(id)),
        (found, _) => chosen("user", text, found).map(NamedActor::Known),
    }
}

/// A module.
pub(super) fn module(catalogue: &Catalogue, text: &str) -> Result<ModuleId, Failure> {
    one("module", text, catalogue.modules.values().map(|m| (m.id, vec![m.name.as_str()])))
}

/// A scope; of this account, where one is given.
pub(super) fn scope(
    catalogue: &Catalogue,
    account: Option<AccountId>,
    text: &str,
) -> Result<ScopeId, Failure> {
    let scopes = catalogue.scopes.values();
    let here = scopes.filter(|scope| account.is_none_or(|id| scope.account == id));
    one("scope", text, here.map(|s| (s.id, vec![s.name.as_str()])))
}

/// A permission group that a token of this account may carry.
pub(super) fn group(
    catalogue: &Catalogue,
    account: Option<AccountId>,
    text: &str,
) -> Result<GroupId, Failure> {
    let groups = catalogue.groups_of(account);
    one("group", text, groups.map(|g| (g.id, vec![g.name.as_str()])))
}

/// An entry of any kind.
pub(super) fn entry(
    catalogue: &Catalogue,
    kind: EntryKind,
    text: &str,
) -> Result<EntryId, Failure> {
    match kind {
        EntryKind::Account => account(catalogue, text).map(EntryId::Account),
        EntryKind::Module => module(catalogue, text).map(EntryId::Module),
        EntryKind::Scope => scope(catalogue, None, text).map(EntryId::Scope),
        EntryKind::Group => {
            let groups = catalogue.groups.values();
            let all = groups.map(|group| (group.id, vec![group.name.as_str()]));
            one("group", text, all).map(EntryId::Group)
        }
        EntryKind::User => user(catalogue, text).map(EntryId::User),
    }
}

/// The one entry that is named so.
fn one<'c, I>(
    what: &'static str,
    text: &str,
    entries: impl Iterator<Item = (I, Vec<&'c str>)>,
) -> Result<I, Failure>
where
    I: Copy + PartialEq + Display + FromStr,
{
    chosen(what, text, named(text, entries))
}

fn chosen<I: Display>(what: &'static str, text: &str, found: Named<I>) -> Result<I, Failure> {
    match found {
        Named::One(entry) => Ok(entry),
        Named::Nothing => Err(Refusal::NotFound { what, name: text.to_owned() }.into()),
        Named::Several(several) => {
            let ids: Vec<String> = several.iter().map(ToString::to_string).collect();
            Err(Failure::Usage(format!(
                "'{text}' names {} {what}s: give an id, one of {}",
                several.len(),
                ids.join(", ")
            )))
        }
    }
}
