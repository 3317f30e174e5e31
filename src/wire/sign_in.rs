//! Operator credentials as an operator sees them: everything but the secret.

use serde::{Deserialize, Serialize};

use crate::domain::{Expiry, Guid, Time, UserId};

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

/// A credential to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialAsk {
    /// Whom it is to sign in.
    pub user: UserId,
    /// When it is to end.
    pub expiry: Expiry,
    /// What it is called, such as where it is used.
    pub name: Option<String>,
}

impl CredentialAsk {
    /// One without a name.
    pub fn new(user: UserId, expiry: Expiry) -> Self {
        Self { user, expiry, name: None }
    }
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
    /// What it is called, such as where it is used.
    pub name: Option<String>,
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
    /// When it last signed somebody in, to the minute.
    pub last_used_at: Option<Time>,
}
