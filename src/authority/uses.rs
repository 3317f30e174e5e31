//! When values were last used, as far as it is not written yet. Uses are no events:
//! they gather here and are written in batches, and whoever looks at a token sees
//! them before that.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::TimeDelta;

use crate::domain::{Guid, Time, Token, TokenId};
use crate::store::{KeptTime, LastUse};

/// A credential's last use is kept to this: an open deck asks every second, and nobody
/// wants to know more.
const SIGNED_IN_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Last uses that are not written yet, and how far time had come with them.
#[derive(Debug, Default)]
pub(super) struct Uses(Mutex<Pending>);

#[derive(Debug, Default)]
struct Pending {
    tokens: BTreeMap<TokenId, BTreeMap<Guid, Time>>,
    credentials: BTreeMap<Guid, Time>,
    /// The time of the latest verdict.
    mark: Option<Time>,
    /// The store's mark as the verdicts found it.
    base: Option<Time>,
}

impl Uses {
    pub(super) fn note(&self, LastUse { token, guid, at }: LastUse) {
        let Some(guid) = guid else { return };
        let mut pending = self.pending();
        let last = pending.tokens.entry(token).or_default().entry(guid).or_insert(at);
        *last = at.max(*last);
    }

    /// Keeps that time had come so far when something was let pass or refused by it, in a
    /// store whose mark was `base`: a clock that is set back must not undo the verdict.
    pub(super) fn note_time(&self, at: Time, base: Option<Time>) {
        let mut pending = self.pending();
        if pending.mark.max(base) < Some(at) {
            pending.mark = Some(at);
        }
        pending.base = pending.base.max(base);
    }

    /// Keeps that a credential signed somebody in that was last used at `before`.
    pub(super) fn note_sign_in(&self, guid: Guid, before: Option<Time>, at: Time) {
        let mut pending = self.pending();
        let last = before.max(pending.credentials.get(&guid).copied());
        if last.is_none_or(|last| at - last >= SIGNED_IN_EVERY) {
            pending.credentials.insert(guid, at);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        let Pending { tokens, credentials, mark, base: _ } = &*self.pending();
        tokens.is_empty() && credentials.is_empty() && mark.is_none()
    }

    /// The store's mark with the verdicts that are not written yet. Where it was put back
    /// since, their time was given up, and so are they.
    pub(super) fn mark_over(&self, mark: Option<Time>) -> Option<Time> {
        let mut pending = self.pending();
        if mark < pending.base {
            *pending = Pending::default();
        }
        mark.max(pending.mark)
    }

    /// When the credential last signed somebody in, where that is not written yet.
    pub(super) fn of_credential(&self, guid: Guid) -> Option<Time> {
        self.pending().credentials.get(&guid).copied()
    }

    /// What is to be kept of time and credentials; none where nothing is.
    pub(super) fn kept(&self) -> Option<KeptTime> {
        let pending = self.pending();
        let signed_in: Vec<_> = pending.credentials.iter().map(|(id, at)| (*id, *at)).collect();
        let latest = signed_in.iter().map(|(_, at)| *at).max();
        let mark = pending.mark.max(latest)?;
        Some(KeptTime { mark, base: pending.base, signed_in })
    }

    /// Forgets what was kept; what came since stays.
    pub(super) fn forget(&self, kept: &KeptTime) {
        let mut pending = self.pending();
        if pending.mark <= Some(kept.mark) {
            pending.mark = None;
            pending.base = None;
        }
        for (guid, at) in &kept.signed_in {
            if pending.credentials.get(guid) == Some(at) {
                pending.credentials.remove(guid);
            }
        }
    }

    /// The token with what is not written of it yet.
    pub(super) fn told(&self, mut token: Token) -> Token {
        for (guid, at) in self.pending().tokens.get(&token.id).into_iter().flatten() {
            token.note_use(*guid, *at);
        }
        token
    }

    /// All of them. They stay until they are written, however that goes.
    pub(super) fn all(&self) -> Vec<LastUse> {
        let pending = self.pending();
        let of = |(token, values): (&TokenId, &BTreeMap<Guid, Time>)| {
            let token = *token;
            let use_of = |(guid, at): (&Guid, &Time)| LastUse { token, guid: Some(*guid), at: *at };
            values.iter().map(use_of).collect::<Vec<_>>()
        };
        pending.tokens.iter().flat_map(of).collect()
    }

    /// Forgets what was written; a later use of the same value stays.
    pub(super) fn written(&self, uses: &[LastUse]) {
        let mut pending = self.pending();
        for LastUse { token, guid, at } in uses {
            let Some(values) = pending.tokens.get_mut(token) else { continue };
            let Some(guid) = guid else { continue };
            if values.get(guid) == Some(at) {
                values.remove(guid);
            }
            if values.is_empty() {
                pending.tokens.remove(token);
            }
        }
    }

    fn pending(&self) -> MutexGuard<'_, Pending> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
