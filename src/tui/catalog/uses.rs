//! What the commands of everywhere are to the catalogue.

use crate::domain::{Switch, User};
use crate::tui::command::{Command, Scope};

/// What the key does to a user as they are.
pub(in crate::tui) fn switch_of(user: &User) -> Switch {
    if user.is_disabled() { Switch::Enable } else { Switch::Disable }
}

/// Whether the catalogue has a use for it: the list and the token menu can do more.
pub(in crate::tui) fn has(command: Command) -> bool {
    match command.row().scope {
        Scope::List => matches!(
            command,
            Command::NextPage
                | Command::PreviousPage
                | Command::FirstPage
                | Command::LastPage
                | Command::ClearFilters
                | Command::PageSize
                | Command::Open
        ),
        Scope::Act => matches!(command, Command::New | Command::Edit | Command::Delete),
        Scope::Details => false,
        _ => true,
    }
}
