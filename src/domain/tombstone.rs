//! What stays of an entry that was removed: its names, so that the record goes on saying
//! whom and what it is about. It is offered nowhere: nothing can be done with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AccountId, Catalogue, EntryId, GroupId, ModuleId, ScopeId, Stamp, UserId};

/// An entry that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Tombstone {
    /// Which.
    pub entry: EntryId,
    /// What people called it in the end.
    pub name: String,
    /// The login of a user in the end.
    pub login: Option<String>,
    /// The accounts it was of; a group of none was one of all accounts.
    pub accounts: BTreeSet<AccountId>,
    /// When it was removed, and by whom.
    pub removed: Stamp,
}

impl Tombstone {
    /// The names it went by, the login first.
    pub fn names(&self) -> Vec<&str> {
        self.login.iter().map(String::as_str).chain([self.name.as_str()]).collect()
    }
}

/// All of them by what they were. Entries removed before names were kept have none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<Tombstone>", into = "Vec<Tombstone>")]
pub struct Removed(BTreeMap<EntryId, Tombstone>);

impl Removed {
    /// Whether nothing is known to have been removed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stayed of an entry.
    pub fn of(&self, entry: EntryId) -> Option<&Tombstone> {
        self.0.get(&entry)
    }

    /// Adds one.
    pub fn insert(&mut self, tombstone: Tombstone) {
        self.0.insert(tombstone.entry, tombstone);
    }

    /// Keeps those that are wanted, as they are made.
    pub fn retain(&mut self, mut keep: impl FnMut(&mut Tombstone) -> bool) {
        self.0.retain(|_, tombstone| keep(tombstone));
    }

    /// The users among them.
    pub fn users(&self) -> impl Iterator<Item = (UserId, &Tombstone)> {
        self.0.values().filter_map(|tombstone| match tombstone.entry {
            EntryId::User(id) => Some((id, tombstone)),
            EntryId::Account(_) | EntryId::Module(_) | EntryId::Scope(_) | EntryId::Group(_) => {
                None
            }
        })
    }
}

impl From<Vec<Tombstone>> for Removed {
    fn from(all: Vec<Tombstone>) -> Self {
        Self(all.into_iter().map(|tombstone| (tombstone.entry, tombstone)).collect())
    }
}

impl From<Removed> for Vec<Tombstone> {
    fn from(removed: Removed) -> Self {
        removed.0.into_values().collect()
    }
}

/// How records name what is no more. Only for the whole catalogue: in one that somebody
/// knows a part of, what is not there may be what they may not know of.
impl Catalogue {
    /// The name of an entry; "kim (removed)" of one that is no more, or "removed" and its id
    /// where its name was not kept.
    pub fn called(&self, entry: EntryId) -> String {
        self.still_called(entry).unwrap_or_else(|| format!("removed {entry}"))
    }

    /// The same where a name is known.
    pub fn still_called(&self, entry: EntryId) -> Option<String> {
        let removed = || Some(format!("{} (removed)", self.removed.of(entry)?.name));
        self.name_of(entry).map(str::to_owned).or_else(removed)
    }

    /// [`Self::called`] of a user.
    pub fn user_called(&self, id: UserId) -> String {
        self.called(EntryId::User(id))
    }

    /// [`Self::called`] of a module.
    pub fn module_called(&self, id: ModuleId) -> String {
        self.called(EntryId::Module(id))
    }

    /// [`Self::called`] of a scope.
    pub fn scope_called(&self, id: ScopeId) -> String {
        self.called(EntryId::Scope(id))
    }

    /// [`Self::called`] of a group.
    pub fn group_called(&self, id: GroupId) -> String {
        self.called(EntryId::Group(id))
    }

    fn name_of(&self, entry: EntryId) -> Option<&str> {
        match entry {
            EntryId::Account(id) => self.accounts.get(&id).map(|entry| entry.name.as_str()),
            EntryId::Module(id) => self.modules.get(&id).map(|entry| entry.name.as_str()),
            EntryId::Scope(id) => self.scopes.get(&id).map(|entry| entry.name.as_str()),
            EntryId::Group(id) => self.groups.get(&id).map(|entry| entry.name.as_str()),
            EntryId::User(id) => self.users.get(&id).map(|entry| entry.name.as_str()),
        }
    }
}
