//! One thing that was looked at, and how it is.

use serde::Serialize;

use crate::domain::leak;

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, strum::Display)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub(super) enum State {
    /// It works.
    Ok,
    /// It works, and could be better.
    Warning,
    /// It is broken.
    Problem,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    pub(super) area: &'static str,
    pub(super) state: State,
    pub(super) found: String,
    pub(super) advice: Option<String>,
}

impl Check {
    pub(super) fn ok(area: &'static str, found: impl Into<String>) -> Self {
        Self { area, state: State::Ok, found: found.into(), advice: None }.cleaned()
    }

    pub(super) fn warning(
        area: &'static str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { area, state: State::Warning, found: found.into(), advice: Some(advice.into()) }
            .cleaned()
    }

    pub(super) fn problem(
        area: &'static str,
        found: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        Self { area, state: State::Problem, found: found.into(), advice: Some(advice.into()) }
            .cleaned()
    }

    /// What is repeated of settings and variables may hold a value.
    fn cleaned(self) -> Self {
        let advice = self.advice.map(|advice| leak::hide(&advice));
        Self { found: leak::hide(&self.found), advice, ..self }
    }
}
