//! What a token may call: a level for each module, from its own grants and from
//! its permission groups.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Catalogue, GroupId, ModuleId, Token};

/// How far access to one module goes. No entry means no access.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(ascii_case_insensitive)]
pub enum Level {
    /// GET, HEAD and OPTIONS.
    Read,
    /// Every method.
    Full,
}

impl Level {
    /// Whether this level covers a request of that method.
    pub fn allows(self, method: &Method) -> bool {
        self == Self::Full || method.reads_only()
    }
}

/// An HTTP request method as a gateway names it (RFC 9110 section 9). However it comes in,
/// it is checked by [`Method::from_str`], so that `get` means the same by every door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("pattern" = METHOD_PATTERN))]
pub struct Method(String);

/// The form of a method: a token of RFC 9110 section 5.6.2.
pub const METHOD_PATTERN: &str = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$";

impl Method {
    /// Whether the method only reads.
    pub fn reads_only(&self) -> bool {
        matches!(self.0.as_str(), "GET" | "HEAD" | "OPTIONS")
    }
}

impl Default for Method {
    fn default() -> Self {
        Self("GET".to_owned())
    }
}

impl FromStr for Method {
    type Err = String;

    /// Accepts any RFC 9110 token; the common methods in either case.
    fn from_str(text: &str) -> Result<Self, String> {
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        if text.is_empty() || !text.chars().all(token) {
            return Err(format!("'{text}' is not an HTTP method such as GET or POST"));
        }
        Ok(Self(text.to_ascii_uppercase()))
    }
}

impl TryFrom<String> for Method {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

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
pub fn effective(token: &Token, catalogue: &Catalogue) -> Vec<Grant> {
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
pub fn level_of(token: &Token, module: ModuleId, catalogue: &Catalogue) -> Option<Level> {
    let own = token.access.get(&module).copied();
    let grouped = token
        .groups
        .iter()
        .filter_map(|id| catalogue.groups.get(id)?.access.get(&module).copied())
        .max();
    own.max(grouped)
}
