//! Errors as they cross the wire (RFC 9457). A refusal travels whole, so that the
//! other side says the very same sentence and ends with the same exit code.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use crate::domain::{FieldError, Refusal};

/// The media type of these bodies.
pub const PROBLEM_TYPE: &str = "application/problem+json";

/// The code of a request that can't be read.
pub const MALFORMED: &str = "malformed";

/// The code of a parameter that is there and says nothing.
pub const BLANK: &str = "blank";

/// The code of a request that came too soon after others.
pub const BUSY: &str = "too_many_requests";

/// The code of a body that is longer than its call takes.
pub const TOO_LARGE: &str = "too_large";

/// The code of a call that took too long: whether a change was made is not known.
pub const LATE: &str = "timeout";

/// The code of a plain request where TLS is spoken.
pub const HTTPS_WANTED: &str = "https_wanted";

/// The code of a path under which there is no call.
pub const NO_ROUTE: &str = "no_route";

/// The code of a call that is there under another method.
pub const WRONG_METHOD: &str = "wrong_method";

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Names the kind of problem: `urn:tokendeck:problem:` and the code.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words: the same for every problem of that code.
    pub title: String,
    /// The HTTP status of the reply.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// The stable code, for scripts.
    pub code: String,
    /// What is wrong with single fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The request, as the server's log names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The refusal, where the rules refused it.
    #[serde(default, deserialize_with = "known", skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// A refusal that only a newer server knows is told by code and detail alone.
fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Refusal>, D::Error> {
    let found = Option::<serde_json::Value>::deserialize(deserializer)?;
    Ok(found.and_then(|value| serde_json::from_value(value).ok()))
}

impl Problem {
    /// A problem of that code and status.
    pub fn new(status: u16, code: &str, detail: impl Into<String>) -> Self {
        let mut title = code.replace('_', " ");
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self {
            kind: format!("urn:tokendeck:problem:{code}"),
            title,
            status,
            detail: detail.into(),
            code: code.to_owned(),
            errors: vec![],
            request_id: None,
            refusal: None,
        }
    }
}

impl Problem {
    /// Whether what was asked for may have been done all the same.
    pub fn is_late(&self) -> bool {
        self.code == LATE
    }
}

impl From<Refusal> for Box<Problem> {
    fn from(refusal: Refusal) -> Self {
        Self::new(refusal.into())
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let errors = match &refusal {
            Refusal::Invalid(errors) => errors.clone(),
            Refusal::NoTerms => vec![FieldError::new("target", refusal.to_string())],
            _ => vec![],
        };
        let problem = Self::new(refusal.http_status(), refusal.code(), refusal.to_string());
        Self { errors, refusal: Some(refusal), ..problem }
    }
}
