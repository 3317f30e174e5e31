//! Sets of statuses, as words name them.

use std::collections::BTreeSet;

use crate::domain::Status;

/// All that a list shows by itself.
pub(super) fn listed_statuses() -> impl Iterator<Item = Status> {
    [Status::Active].into_iter().chain(Status::INACTIVE)
}

/// Whether a set of statuses leaves out any that a list shows by itself. None named
/// leaves out none, and so do all of them.
pub(super) fn is_narrow(statuses: &BTreeSet<Status>) -> bool {
    !statuses.is_empty() && !listed_statuses().all(|status| statuses.contains(&status))
}

/// Reads a list of status words; `inactive` stands for all but Active, `all` for no
/// filter, and beside other words for all that a list shows by itself.
pub fn parse_statuses<'w>(
    words: impl IntoIterator<Item = &'w str>,
) -> Result<BTreeSet<Status>, String> {
    let mut statuses = BTreeSet::new();
    let mut all = false;
    for word in words {
        match word.trim().to_ascii_lowercase().as_str() {
            "all" => all = true,
            "inactive" => statuses.extend(Status::INACTIVE),
            word => {
                let status = word.parse::<Status>().map_err(|_| {
                    format!(
                        "'{word}' is not a status: active, inactive, scheduled, pending, \
                         disabled, expired, revoked, deleted or all"
                    )
                })?;
                statuses.insert(status);
            }
        }
    }
    if all && !statuses.is_empty() {
        statuses.extend(listed_statuses());
    }
    Ok(statuses)
}
