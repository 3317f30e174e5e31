//! Where the keys that move lead: one table for every list and every text.

use crate::tui::command::Command;

/// Where a command leads from `at`, with pages of `page` lines and `last` as the farthest
/// line; nothing where it does not move.
pub(in crate::tui) fn target(
    command: Command,
    at: usize,
    page: usize,
    last: usize,
) -> Option<usize> {
    let half = (page / 2).max(1);
    let to = match command {
        Command::Down => at.saturating_add(1),
        Command::Up => at.saturating_sub(1),
        Command::HalfDown => at.saturating_add(half),
        Command::HalfUp => at.saturating_sub(half),
        Command::PageDown | Command::NextPage => at.saturating_add(page),
        Command::PageUp | Command::PreviousPage => at.saturating_sub(page),
        Command::Top | Command::FirstPage => 0,
        Command::Bottom => last,
        Command::LastPage => last / page.max(1) * page,
        _ => return None,
    };
    Some(to.min(last))
}

/// Whether a command moves a cursor or scrolls, whatever has the keys.
pub(in crate::tui) fn moves(command: Command) -> bool {
    target(command, 0, 1, 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_key_leads_beyond_the_ends() {
        for command in Command::all() {
            for at in 0..21 {
                assert!(target(command, at, 10, 20).is_none_or(|to| to <= 20), "{command}");
            }
            assert!(target(command, 0, 10, 0).is_none_or(|to| to == 0), "{command}");
        }
    }

    #[test]
    fn half_a_page_is_at_least_a_line() {
        assert_eq!(target(Command::HalfDown, 3, 1, 20), Some(4));
    }
}
