//! The GUID of a value: public, listed, searchable and never used twice.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// The public half of a token's value (D10): it finds the record, the secret
/// proves the bearer.
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
)]
#[serde(transparent)]
pub struct Guid(Uuid);

impl Guid {
    /// A version 4 GUID made of these random bytes (RFC 9562 section 5.4).
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(Builder::from_random_bytes(bytes).into_uuid())
    }

    /// The GUID with exactly these bytes, as a store or a value carries it.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// The sixteen bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// The GUID as one number, for its base62 form.
    pub const fn as_u128(self) -> u128 {
        self.0.as_u128()
    }

    /// Whether the GUID's text contains `needle`, in either case and wherever its dashes
    /// stand, if it has any (R37). An empty needle is contained in every GUID.
    pub fn contains(self, needle: &str) -> bool {
        let needle: String = needle.trim().chars().filter(|c| *c != '-').collect();
        self.0.simple().to_string().contains(&needle.to_ascii_lowercase())
    }
}

/// Whether a text says nothing of a GUID: every GUID has its dashes.
pub fn is_blank_part(text: &str) -> bool {
    text.chars().all(|c| c == '-' || c.is_whitespace())
}

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for Guid {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        Uuid::from_str(text).map(Self)
    }
}
