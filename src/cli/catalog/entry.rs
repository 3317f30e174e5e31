//! An entry of any kind, as it is printed.

use serde::Serialize;

use crate::domain::{Account, Catalogue, EntryId, Group, Module, Scope, User};

/// One entry of any kind.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum PrintedEntry<'c> {
    Account(&'c Account),
    Module(&'c Module),
    Scope(&'c Scope),
    Group(&'c Group),
    User(&'c User),
}

impl<'c> PrintedEntry<'c> {
    /// An entry of the catalogue.
    pub(super) fn of(catalogue: &'c Catalogue, id: EntryId) -> Option<Self> {
        match id {
            EntryId::Account(id) => catalogue.accounts.get(&id).map(Self::Account),
            EntryId::Module(id) => catalogue.modules.get(&id).map(Self::Module),
            EntryId::Scope(id) => catalogue.scopes.get(&id).map(Self::Scope),
            EntryId::Group(id) => catalogue.groups.get(&id).map(Self::Group),
            EntryId::User(id) => catalogue.users.get(&id).map(Self::User),
        }
    }
}

/// "Catalog Full, Orders Read": what a group gives.
pub(super) fn levels(group: &Group, catalogue: &Catalogue) -> String {
    let name = |id| catalogue.modules.get(id).map_or_else(|| format!("{id}"), |m| m.name.clone());
    let levels = group.access.iter().map(|(id, level)| format!("{} {level}", name(id)));
    levels.collect::<Vec<_>>().join(", ")
}
