//! What a row goes by above a backend: a token of ours by its id, a row of anybody else's
//! server by whatever that calls it. Nobody looks into it but the backend that gave it.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::{Refusal, TokenId};

/// The id of a row. Cheap to clone, and as large as two words.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(Named);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Named {
    Ours(TokenId),
    Theirs(Arc<str>),
}

impl RowId {
    /// The id that a text stands for, letter by letter: what reads like an id of ours is one.
    /// It may hold anything, so whoever shows it makes it safe first.
    pub fn of(text: &str) -> Self {
        let ours = text.parse::<TokenId>().ok().filter(|id| id.to_string() == text);
        Self(ours.map_or_else(|| Named::Theirs(text.into()), Named::Ours))
    }

    /// The token of a store that it names. Refused as what is not there: no store has a token
    /// that goes by anything else.
    pub fn token(&self) -> Result<TokenId, Refusal> {
        match &self.0 {
            Named::Ours(id) => Ok(*id),
            Named::Theirs(text) => Err(Refusal::no_token(text.to_string())),
        }
    }
}

impl From<TokenId> for RowId {
    fn from(id: TokenId) -> Self {
        Self(Named::Ours(id))
    }
}

impl PartialEq<TokenId> for RowId {
    fn eq(&self, other: &TokenId) -> bool {
        self.0 == Named::Ours(*other)
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Named::Ours(id) => id.fmt(f),
            Named::Theirs(text) => f.pad(text),
        }
    }
}

impl fmt::Debug for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Named::Ours(id) => fmt::Debug::fmt(id, f),
            Named::Theirs(text) => fmt::Debug::fmt(text, f),
        }
    }
}

impl Serialize for RowId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Between our own client and server tokens go by their ids, and by nothing else.
impl<'de> Deserialize<'de> for RowId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TokenId::deserialize(deserializer).map(Self::from)
    }
}

/// The same in the document.
impl schemars::JsonSchema for RowId {
    fn schema_name() -> Cow<'static, str> {
        TokenId::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        TokenId::json_schema(generator)
    }
}

/// A row kept in a file of the operator's own, of whatever backend.
pub mod any_row {
    use super::{Deserialize, Deserializer, RowId, Serialize, Serializer};

    /// As its text.
    pub fn serialize<S: Serializer>(id: &RowId, serializer: S) -> Result<S::Ok, S::Error> {
        id.serialize(serializer)
    }

    /// Whatever the text is.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RowId, D::Error> {
        String::deserialize(deserializer).map(|text| RowId::of(&text))
    }
}

/// Several of them.
pub mod any_rows {
    use std::collections::BTreeSet;

    use super::{Deserialize, Deserializer, RowId, Serialize, Serializer};

    /// As their texts.
    pub fn serialize<S: Serializer>(ids: &BTreeSet<RowId>, to: S) -> Result<S::Ok, S::Error> {
        ids.serialize(to)
    }

    /// Whatever the texts are.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeSet<RowId>, D::Error> {
        let texts = Vec::<String>::deserialize(from)?;
        Ok(texts.iter().map(|text| RowId::of(text)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_letter_by_letter() {
        for text in ["TKN-1000-0001", "tkn-1000-0001", "a/../%2f b", "", "4711", "TKN-1000-0001 "] {
            assert_eq!(RowId::of(text).to_string(), text);
        }
    }

    #[test]
    fn only_what_a_store_writes_is_a_token_of_a_store() {
        let id = TokenId::new(10_000_001);
        assert_eq!(RowId::of("TKN-1000-0001").token(), Ok(id));
        assert_eq!(RowId::of("TKN-1000-0001"), id);
        for text in ["tkn-1000-0001", "a/../%2f b", "4711"] {
            assert_eq!(RowId::of(text).token(), Err(Refusal::no_token(text)));
        }
    }

    #[test]
    fn a_million_of_them_cost_no_more_than_two_words_each() {
        assert_eq!(size_of::<RowId>(), 2 * size_of::<usize>());
    }
}
