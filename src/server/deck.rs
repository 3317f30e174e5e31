//! What every request is answered with.

use std::sync::Arc;

use serde_json::Value;

use super::kept::Repeats;
use super::options::Limits;
use super::rate::Rate;
use crate::backend::local::LocalBackend;
use crate::domain::UserId;

/// What every request is answered with.
pub(super) struct Service {
    pub(super) backend: Arc<LocalBackend>,
    pub(super) limits: Limits,
    pub(super) rate: Rate,
    pub(super) repeats: Repeats,
    pub(super) behind_proxy: bool,
    /// The document of the interface. It is written from the routes, one of which hands it
    /// out: so that route gets it here.
    pub(super) document: fn() -> &'static Value,
}

/// The user a request was answered for, for the log.
#[derive(Debug, Clone, Copy)]
pub(super) struct By(pub(super) UserId);
