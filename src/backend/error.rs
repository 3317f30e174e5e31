//! That a backend did not do what it was asked: why, and what to tell people.

use super::cause::Cause;
use crate::domain::Refusal;
use crate::store::{CommitError, StoreError};

/// A refusal by the rules, or a backend that could not answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{message}")]
pub struct BackendError {
    /// Why: what decides by errors decides by this.
    pub cause: Cause,
    message: String,
}

impl BackendError {
    /// What happened and what to do, in words for people.
    pub fn new(cause: Cause, message: impl Into<String>) -> Self {
        Self { cause, message: message.into() }
    }

    /// The refusal, where the rules refused it.
    pub fn refusal(&self) -> Option<&Refusal> {
        match &self.cause {
            Cause::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The stable code, for scripts.
    pub fn code(&self) -> &'static str {
        self.cause.code()
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(&self) -> u8 {
        self.cause.exit_code()
    }
}

impl From<Refusal> for BackendError {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        Self::new(Cause::Refused(refusal), message)
    }
}

impl From<StoreError> for BackendError {
    fn from(error: StoreError) -> Self {
        Self::new(Cause::from(&error), error.to_string())
    }
}

impl From<CommitError> for BackendError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Refused(refusal) => refusal.into(),
            CommitError::Store(error) => error.into(),
        }
    }
}
