//! Operator credentials as an operator sees them: everything but the secret.

use serde::{Deserialize, Serialize};

use crate::domain::{Guid, Time, UserId};

/// Whether a credential signs in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, strum::Display,
)]
#[serde(rename_all = "lowercase")]
pub enum CredentialState {
    /// It does.
    Active,
    /// Its end has come.
    Expired,
    /// Somebody ended it.
    Revoked,
    /// Its user is out of service.
    Disabled,
}

/// An operator credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct CredentialView {
    /// Its public half.
    pub guid: Guid,
    /// Whom it signs in.
    pub user: UserId,
    /// Their login.
    pub login: String,
    /// Whether it does.
    pub state: CredentialState,
    /// When it was made.
    pub created_at: Time,
    /// By whom, by name.
    pub created_by: Option<String>,
    /// When it ends.
    pub expires_at: Time,
    /// When it was revoked.
    pub revoked_at: Option<Time>,
}
