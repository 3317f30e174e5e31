//! A fact that this program does not know, as it was written: it can be shown and
//! copied, and nothing can be concluded from it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The name of a fact and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Fact {
    /// Its name.
    #[serde(rename = "detail")]
    pub name: String,
    /// What it says, by the names of its parts.
    #[serde(flatten)]
    pub parts: Map<String, Value>,
}

impl std::fmt::Display for Fact {
    /// Writes it in the words it came in: `name part value, part value`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name.replace('_', " "))?;
        for (place, (part, value)) in self.parts.iter().enumerate() {
            f.write_str(if place == 0 { " " } else { ", " })?;
            match value {
                Value::String(text) => write!(f, "{part} {text}")?,
                other => write!(f, "{part} {other}")?,
            }
        }
        Ok(())
    }
}
