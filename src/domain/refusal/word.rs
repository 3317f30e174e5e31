//! The words of this program's own that a refusal may say. They are known beforehand, so
//! that one which came over a wire says nothing else.

use serde::{Deserialize, Deserializer};

/// A word of this program's own, in a sentence of a refusal.
pub type RefusalWord = &'static str;

/// Every such word. A refusal that crossed the wire says one of these.
const WORDS: &[RefusalWord] = &[
    "account",
    "backend",
    "event",
    "group",
    "job",
    "module",
    "operator credential",
    "record",
    "report of",
    "scope",
    "token",
    "user",
    "Admin",
    "Partner",
    "Superadmin",
];

pub(super) fn word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<RefusalWord, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(WORDS.iter().find(|word| **word == text).copied().unwrap_or("record"))
}
