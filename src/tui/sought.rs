//! A GUID that is looked for because somebody gave its value away.

use crate::domain::Guid;
use crate::domain::leak::Leak;

/// A GUID that stood in what somebody gave away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sought {
    pub(super) guid: Guid,
    /// Whether the value it was found in is whole.
    pub(super) whole: bool,
}

impl Sought {
    /// What a leak is looked for by; a credential by nothing here.
    pub(super) fn of(leak: &Leak) -> Option<Self> {
        match leak {
            Leak::Value(guid) => Some(Self { guid: *guid, whole: true }),
            Leak::Part(guid) => Some(Self { guid: *guid, whole: false }),
            Leak::Credential => None,
        }
    }
}
