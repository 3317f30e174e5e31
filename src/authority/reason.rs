//! Why something is done, in the words of whoever does it: kept with each event of it.

use crate::domain::{Change, Detail, GivenReason};

/// Puts the reason with every event that has none yet.
pub(super) fn explain(changes: &mut [Change], reason: Option<&GivenReason>) {
    let Some(reason) = reason else { return };
    for event in changes.iter_mut().flat_map(Change::events_mut) {
        let has_one = event.details.iter().any(|fact| matches!(fact, Detail::Reason { .. }));
        if !has_one {
            event.details.push(Detail::Reason { reason: reason.clone() });
        }
    }
}
