//! A word of the log in place: copied like a number, whoever wrote it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes of a word at the most: an id of any kind, a GUID, and the name of any action.
pub const MAX_WORD: usize = 40;

/// A text of 1 to [`MAX_WORD`] bytes, such as the name of an action that a newer
/// program knows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventWord {
    bytes: [u8; MAX_WORD],
    length: u8,
}

/// Why a text is no word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a word of the log has 1 to {MAX_WORD} bytes")]
pub struct NoWord;

impl EventWord {
    /// Its text.
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }
}

impl FromStr for EventWord {
    type Err = NoWord;

    fn from_str(text: &str) -> Result<Self, NoWord> {
        let length = u8::try_from(text.len()).ok().filter(|length| *length > 0).ok_or(NoWord)?;
        let mut bytes = [0; MAX_WORD];
        bytes.get_mut(..text.len()).ok_or(NoWord)?.copy_from_slice(text.as_bytes());
        Ok(Self { bytes, length })
    }
}

impl fmt::Display for EventWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for EventWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for EventWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for EventWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for EventWord {
    fn schema_name() -> Cow<'static, str> {
        "Word".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX_WORD })
    }
}
