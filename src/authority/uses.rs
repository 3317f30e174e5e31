//! When tokens were last used, as far as it is not written yet. Uses are no events:
//! they gather here and are written in batches, and whoever looks at a token sees
//! them before that.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::domain::{Time, TokenId};

/// Last uses that are not written yet.
#[derive(Debug, Default)]
pub(super) struct Uses(Mutex<BTreeMap<TokenId, Time>>);

impl Uses {
    pub(super) fn note(&self, id: TokenId, at: Time) {
        let mut pending = self.pending();
        let last = pending.entry(id).or_insert(at);
        *last = at.max(*last);
    }

    /// When the token was last used, where that is not written yet.
    pub(super) fn of(&self, id: TokenId) -> Option<Time> {
        self.pending().get(&id).copied()
    }

    /// All of them. They stay until they are written, however that goes.
    pub(super) fn all(&self) -> Vec<(TokenId, Time)> {
        self.pending().iter().map(|(id, at)| (*id, *at)).collect()
    }

    /// Forgets what was written; a later use of the same token stays.
    pub(super) fn written(&self, uses: &[(TokenId, Time)]) {
        let mut pending = self.pending();
        for (id, at) in uses {
            if pending.get(id) == Some(at) {
                pending.remove(id);
            }
        }
    }

    fn pending(&self) -> MutexGuard<'_, BTreeMap<TokenId, Time>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
