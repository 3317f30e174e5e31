//! Why a backend did not do what it was asked.

use crate::domain::Refusal;
use crate::store::{CommitError, StoreError};

/// A refusal by the rules, or a backend that could not answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum BackendError {
    /// The rules refused it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store or server could not do it.
    #[error("{message}")]
    Unavailable {
        /// The stable code.
        code: &'static str,
        /// What happened and what to do.
        message: String,
        /// The exit code of a command that ends with it.
        exit_code: u8,
    },
}

impl BackendError {
    /// The stable code, for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Unavailable { code, .. } => code,
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(refusal) => refusal.exit_code(),
            Self::Unavailable { exit_code, .. } => *exit_code,
        }
    }
}

impl From<StoreError> for BackendError {
    fn from(error: StoreError) -> Self {
        Self::Unavailable {
            code: error.code(),
            message: error.to_string(),
            exit_code: error.exit_code(),
        }
    }
}

impl From<CommitError> for BackendError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Refused(refusal) => Self::Refused(refusal),
            CommitError::Store(error) => error.into(),
        }
    }
}
