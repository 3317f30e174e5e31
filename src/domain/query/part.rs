//! Where in a token searched words may occur.

use serde::{Deserialize, Serialize};

use crate::domain::{Catalogue, Token};
use crate::text::fold;

/// A part of a token that is searched.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Part {
    /// Its name.
    Name,
    /// Its id.
    Id,
    /// The GUID of its value.
    #[strum(serialize = "GUID")]
    Guid,
    /// Login or name of its owner.
    Owner,
    /// Its description.
    Description,
}

impl Part {
    /// Its word where there is little room.
    pub fn in_short(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Id => "id",
            Self::Guid => "GUID",
            Self::Owner => "owner",
            Self::Description => "desc",
        }
    }
}

/// Letters from which a word may be a part of an id or a GUID: fewer occur in many of them.
const IN_IDS: usize = 4;

/// Whether all folded words occur in the name.
pub(super) fn all_in_name(words: &[String], token: &Token) -> bool {
    if words.is_empty() {
        return true;
    }
    let name = fold(&token.name);
    words.iter().all(|word| name.contains(word.as_str()))
}

/// Whether each folded word occurs in some part of the token.
pub(super) fn all_in(words: &[String], token: &Token, catalogue: &Catalogue) -> bool {
    if words.is_empty() {
        return true;
    }
    let name = fold(&token.name);
    let here = |word: &String| name.contains(word.as_str());
    words.iter().all(|word| here(word) || outside_name(word, token, catalogue).is_some())
}

/// The first part in which a folded word occurs.
pub(super) fn holding(word: &str, token: &Token, catalogue: &Catalogue) -> Option<Part> {
    if fold(&token.name).contains(word) {
        return Some(Part::Name);
    }
    outside_name(word, token, catalogue)
}

fn outside_name(word: &str, token: &Token, catalogue: &Catalogue) -> Option<Part> {
    if word.chars().count() >= IN_IDS {
        if token.id.to_string().to_ascii_lowercase().contains(word) {
            return Some(Part::Id);
        }
        if token.value.is_some_and(|value| value.guid.contains(word)) {
            return Some(Part::Guid);
        }
    }
    let owner = token.owner.and_then(|id| catalogue.users.get(&id));
    if owner.is_some_and(|user| fold(&user.login).contains(word) || fold(&user.name).contains(word))
    {
        return Some(Part::Owner);
    }
    (!token.description.is_empty() && fold(&token.description).contains(word))
        .then_some(Part::Description)
}
