//! The names of what the facts of events are about, and what of those facts somebody may
//! not know.

use std::collections::BTreeSet;

use crate::domain::{AccountId, Catalogue, Detail, EntryId};
use crate::wire::Names;

/// The names of all that these facts are about. `all` is the whole catalogue.
pub(super) fn of_facts(facts: &[Detail], all: &Catalogue) -> Names {
    let mut names = Names::default();
    for entry in facts.iter().flat_map(entries) {
        let name = all.called(entry);
        match entry {
            EntryId::Account(id) => drop(names.accounts.insert(id, name)),
            EntryId::Module(id) => drop(names.modules.insert(id, name)),
            EntryId::Scope(id) => drop(names.scopes.insert(id, name)),
            EntryId::Group(id) => drop(names.groups.insert(id, name)),
            EntryId::User(id) => drop(names.users.insert(id, name)),
        }
    }
    names
}

/// The entries that a fact is about.
fn entries(fact: &Detail) -> Vec<EntryId> {
    match fact {
        Detail::User { user } => vec![EntryId::User(*user)],
        Detail::Module { module } | Detail::Level { module, .. } => vec![EntryId::Module(*module)],
        Detail::Groups { before, after } => {
            before.union(after).map(|id| EntryId::Group(*id)).collect()
        }
        Detail::Scopes { before, after } => {
            before.union(after).map(|id| EntryId::Scope(*id)).collect()
        }
        Detail::Accounts { before, after } => {
            before.union(after).map(|id| EntryId::Account(*id)).collect()
        }
        Detail::Account { account } => account.iter().map(|id| EntryId::Account(*id)).collect(),
        Detail::Owner { before, after } => {
            before.iter().chain(after).map(|id| EntryId::User(*id)).collect()
        }
        Detail::Changed { .. }
        | Detail::From { .. }
        | Detail::NewGuid { .. }
        | Detail::Guid { .. }
        | Detail::OldGuid { .. }
        | Detail::ValidTo { .. }
        | Detail::Count { .. }
        | Detail::Credential { .. }
        | Detail::Clock { .. }
        | Detail::Schema { .. }
        | Detail::Paths { .. }
        | Detail::Start { .. }
        | Detail::End { .. }
        | Detail::Enabled { .. }
        | Detail::Role { .. }
        | Detail::ManageTokens { .. }
        | Detail::AccountStatus { .. }
        | Detail::Rules { .. }
        | Detail::Name { .. }
        | Detail::Login { .. }
        | Detail::Reason { .. }
        | Detail::Other(_) => vec![],
    }
}

/// Takes out of the facts of an entry what it shows of others, as the entry itself is
/// shown without them. `known` is what the reader knows.
pub(super) fn trim(facts: &mut Vec<Detail>, known: &Catalogue) {
    facts.retain_mut(|fact| match fact {
        Detail::Level { module, .. } => knows(known, EntryId::Module(*module)),
        Detail::Scopes { before, after } => {
            keep(before, after, |id| knows(known, EntryId::Scope(id)))
        }
        Detail::Accounts { before, after } => {
            keep(before, after, |id: AccountId| knows(known, EntryId::Account(id)))
        }
        Detail::Groups { before, after } => {
            keep(before, after, |id| knows(known, EntryId::Group(id)))
        }
        Detail::Account { account } => account.is_none_or(|id| knows(known, EntryId::Account(id))),
        Detail::Changed { .. }
        | Detail::From { .. }
        | Detail::NewGuid { .. }
        | Detail::Guid { .. }
        | Detail::OldGuid { .. }
        | Detail::ValidTo { .. }
        | Detail::User { .. }
        | Detail::Module { .. }
        | Detail::Count { .. }
        | Detail::Credential { .. }
        | Detail::Clock { .. }
        | Detail::Schema { .. }
        | Detail::Paths { .. }
        | Detail::Start { .. }
        | Detail::End { .. }
        | Detail::Owner { .. }
        | Detail::Enabled { .. }
        | Detail::Role { .. }
        | Detail::ManageTokens { .. }
        | Detail::AccountStatus { .. }
        | Detail::Rules { .. }
        | Detail::Name { .. }
        | Detail::Login { .. }
        | Detail::Reason { .. } => true,
        // What it shows of others can't be told.
        Detail::Other(_) => false,
    });
}

/// Whether anything is left to tell of two sets without what is not known.
fn keep<I: Copy + Ord>(
    before: &mut BTreeSet<I>,
    after: &mut BTreeSet<I>,
    is_known: impl Fn(I) -> bool,
) -> bool {
    before.retain(|id| is_known(*id));
    after.retain(|id| is_known(*id));
    before != after
}

fn knows(known: &Catalogue, entry: EntryId) -> bool {
    known.still_called(entry).is_some()
}
