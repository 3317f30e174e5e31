//! What stays of an entry that was removed: its names, so that the record goes on saying
//! whom and what it is about. It is offered nowhere: nothing can be done with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{AccountId, EntryId, Stamp, UserId};

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
