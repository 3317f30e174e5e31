//! What a token may call: a level for each module, from its own grants and from
//! its permission groups.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Catalogue, GroupId, Level, ModuleId, Token};

/// Where a level comes from.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// The token's own access.
    Own,
    /// One of its permission groups.
    Group(GroupId),
}

/// The effective level of one module, with the places that grant it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Grant {
    /// The module that may be called.
    pub module: ModuleId,
    /// The highest level of all sources.
    pub level: Level,
    /// Own access first, then the groups, each of them with that level or less.
    pub from: BTreeSet<Source>,
}

/// The effective access of a token: for each module the highest of its own level
/// and those of its groups, in the order of module ids.
pub fn effective(token: &Token<impl Sized>, catalogue: &Catalogue) -> Vec<Grant> {
    together(&token.access, &token.groups, catalogue)
}

/// The same for access and groups that no token has yet.
pub fn together(
    access: &BTreeMap<ModuleId, Level>,
    groups: &BTreeSet<GroupId>,
    catalogue: &Catalogue,
) -> Vec<Grant> {
    let own = access.iter().map(|(module, level)| (*module, *level, Source::Own));
    let grouped = groups.iter().filter_map(|id| catalogue.groups.get(id)).flat_map(|group| {
        group.access.iter().map(|(module, level)| (*module, *level, Source::Group(group.id)))
    });
    let mut grants: BTreeMap<ModuleId, Grant> = BTreeMap::new();
    for (module, level, source) in own.chain(grouped) {
        let grant =
            grants.entry(module).or_insert_with(|| Grant { module, level, from: BTreeSet::new() });
        grant.level = grant.level.max(level);
        grant.from.insert(source);
    }
    grants.into_values().collect()
}

/// The effective level of one module, if any.
pub fn level_of(
    token: &Token<impl Sized>,
    module: ModuleId,
    catalogue: &Catalogue,
) -> Option<Level> {
    let own = token.access.get(&module).copied();
    let grouped = token
        .groups
        .iter()
        .filter_map(|id| catalogue.groups.get(id)?.access.get(&module).copied())
        .max();
    own.max(grouped)
}
