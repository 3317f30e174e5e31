//! Texts that stand in the record for ever: each is checked where it is made, so that no
//! secret can get there. What is read again was checked when it was written, by the rules
//! of that day.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{FieldError, catalogue_rules, leak, name};

/// The name of a record, as an event tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Name(String);

/// The login of a user, as an event tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Login(String);

/// Why something was done, in the words of whoever did it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename = "Reason", transparent)]
pub struct GivenReason(#[schemars(length(min = 1, max = name::MAX_DESCRIPTION))] String);

impl Name {
    /// The text, if it may be a name; one of before that may not is told by no event.
    pub fn of(text: &str) -> Option<Self> {
        name::check(text, "Name").ok().map(Self)
    }
}

impl Login {
    /// The text, if it may be a login.
    pub fn of(text: &str) -> Option<Self> {
        catalogue_rules::check_login(text).ok().map(Self)
    }
}

impl GivenReason {
    /// The text as it is kept: checked like a description, and said to be something. What
    /// gives a value or a part of one away is refused, and not repeated.
    pub fn of(text: &str) -> Result<Self, FieldError> {
        let wrong = |message: String| FieldError::new("reason", message);
        if !leak::all(text).is_empty() {
            let message = "Contains a value or a part of one, which would be on record for ever";
            return Err(wrong(message.to_owned()));
        }
        let checked = name::check_description(text).map_err(wrong)?;
        if checked.is_empty() {
            return Err(wrong("Is blank: leave it out, or say why".to_owned()));
        }
        Ok(Self(checked))
    }

    /// It as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for GivenReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
