//! Why settings are not taken.

/// What is wrong with the settings. Every failure is in it, one a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct ConfigError(
    /// One or more sentences.
    pub Vec<String>,
);

impl ConfigError {
    pub(super) fn one(message: impl Into<String>) -> Self {
        Self(vec![message.into()])
    }
}
