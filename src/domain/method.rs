//! The method of a call, as a gateway names it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

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
