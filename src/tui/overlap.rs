//! The time in which two values of a token pass: the words for it, and when it ends
//! by itself. Pure.

use crate::domain::{Guid, PreviousValue, Time, Token, calendar};
use crate::tui::shared::Shared;
use crate::wire::{RowId, TokenView};

use super::since::ahead;

impl Shared {
    /// The older value of a token, while it still passes.
    pub(super) fn overlap(&self, token: &Token<RowId>) -> Option<PreviousValue> {
        token.previous.filter(|old| old.until > self.wall())
    }
}

/// The start of a GUID, enough for people to tell two apart.
pub(super) fn start(guid: Guid) -> String {
    guid.to_string().chars().take(8).collect()
}

/// `passes until 2026-03-11 12:00:00 UTC (in 23 h)`.
pub(super) fn until(old: PreviousValue, now: Time) -> String {
    format!("passes until {} ({})", calendar::seconds(old.until), ahead(now, old.until))
}

/// What dropping the old value comes to.
pub(super) fn consequence(view: &TokenView, old: PreviousValue) -> String {
    let stays = view.guid.map(|guid| format!(" The new value {} stays.", start(guid)));
    let uses = view.value_uses().map(|uses| format!(" {}.", uses.replacen("old", "Old", 1)));
    format!(
        "The old value {} stops working now instead of on {}.{}{} This can't be undone.",
        start(old.guid),
        calendar::seconds(old.until),
        stays.unwrap_or_default(),
        uses.unwrap_or_default(),
    )
}
