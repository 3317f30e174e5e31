//! Changes of which nobody knows whether they were done: the answer never came. They
//! stay, marked, until the token was read back. Pure.

use std::time::Duration;

use super::effect::Order;
use super::moment::Moment;
use crate::domain::Verb;
use crate::wire::TokenView;

/// As long as a server may still be at work on what it was sent. A token that is
/// unchanged before that proves nothing.
const LINGERS: Duration = Duration::from_secs(30);
/// Between two looks.
const LOOK: Duration = Duration::from_secs(5);

/// A change with an unknown outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unconfirmed {
    /// Who ordered it, and where.
    pub(super) seat: String,
    /// What was ordered.
    pub(super) order: Order,
    /// When its answer failed to come.
    pub(super) since: Moment,
    /// When the token is read again.
    pub(super) look_at: Moment,
    /// Whether that is being done.
    pub(super) looking: bool,
}

/// What reading back showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// It was done, by this order or another.
    Done,
    /// It was not, and it can't be any more.
    NotDone,
    /// Something else was: the token is not as it was when this was ordered.
    Changed,
    /// It may still come.
    Open,
}

impl Unconfirmed {
    /// A change whose answer failed to come just now.
    pub(super) fn new(seat: String, order: Order, now: Moment) -> Self {
        Self { seat, order, since: now, look_at: now, looking: false }
    }

    /// The next look is due a while from now.
    pub(super) fn look_later(&mut self, now: Moment) {
        self.look_at = now.after(LOOK);
        self.looking = false;
    }

    /// What a token tells that was asked for at that moment or later.
    pub(super) fn settle(&self, view: &TokenView, now: Moment) -> Found {
        let token = &view.token;
        let changed = token.version != self.order.version;
        let done = match self.order.verb {
            Verb::Revoke => token.revoked.is_some(),
            Verb::Delete => token.deleted.is_some(),
            Verb::Enable => changed && token.enabled,
            Verb::Disable => changed && !token.enabled,
            Verb::DropOld => changed && token.previous.is_none(),
            _ => false,
        };
        match (done, changed) {
            (true, _) => Found::Done,
            (false, true) => Found::Changed,
            (false, false) if now.since(self.since) >= LINGERS => Found::NotDone,
            (false, false) => Found::Open,
        }
    }
}
