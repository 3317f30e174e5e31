//! Where the keys that move lead: the same in every list and every text.

use super::command::Command;

/// Lines that a page key passes in a list whose rows take several.
pub(super) const SHORT_PAGE: usize = 5;

/// Where a moving command leads from `at`, with pages of `page` lines and `last`
/// as the farthest line.
pub(super) fn target(command: Command, at: usize, page: usize, last: usize) -> usize {
    let half = (page / 2).max(1);
    let to = match command {
        Command::Down => at.saturating_add(1),
        Command::Up => at.saturating_sub(1),
        Command::HalfDown => at.saturating_add(half),
        Command::HalfUp => at.saturating_sub(half),
        Command::PageDown => at.saturating_add(page),
        Command::PageUp => at.saturating_sub(page),
        Command::Top => 0,
        Command::Bottom => last,
        _ => at,
    };
    to.min(last)
}
