//! What a token has in a column that only its backend knows of.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::domain::Time;
use crate::domain::calendar::minutes;

/// A value that is shown, written to files and sorted by its backend, and means nothing to
/// anybody else. In JSON it is plain: a text that reads as an instant is one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum OwnValue {
    /// Yes or no.
    Flag(bool),
    /// A count.
    Number(i64),
    /// An instant, in UTC.
    Time(Time),
    /// Anything else. Not yet safe for a terminal.
    Text(String),
}

/// As a list shows it.
impl fmt::Display for OwnValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(on) => f.write_str(if *on { "yes" } else { "no" }),
            Self::Number(number) => number.fmt(f),
            Self::Time(time) => f.write_str(&minutes(*time)),
            Self::Text(text) => f.write_str(text),
        }
    }
}
