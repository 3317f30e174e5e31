//! A secret on its way through a body: the only type of the program that writes
//! one out, so that nothing else has to.

use std::borrow::Cow;
use std::fmt;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::TokenValue;

/// A secret in a body. Debug does not show it.
pub struct SecretText(SecretString);

impl SecretText {
    /// The secret in the clear.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// It, for whoever keeps secrets as such.
    pub fn into_secret(self) -> SecretString {
        self.0
    }

    /// The value it is, if it is one.
    pub fn value(&self) -> Option<TokenValue> {
        TokenValue::parse(self.expose()).ok()
    }
}

impl From<SecretString> for SecretText {
    fn from(secret: SecretString) -> Self {
        Self(secret)
    }
}

impl From<&TokenValue> for SecretText {
    fn from(value: &TokenValue) -> Self {
        Self(SecretString::from(value.expose().to_owned()))
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(hidden)")
    }
}

impl Serialize for SecretText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(SecretString::from(text)))
    }
}

impl schemars::JsonSchema for SecretText {
    fn schema_name() -> Cow<'static, str> {
        "Secret".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "password" })
    }
}
