//! More options: the commands for the row under the cursor, or for the selection,
//! read from the command table (R51, R56, R57). What can't be taken back comes last.

use crate::tui::command::{Command, Scope};
use crate::tui::model::Model;

/// The entries, in their order.
pub(crate) fn entries(model: &Model) -> Vec<Command> {
    let selected = model.acts_on_selection();
    let offered = Command::all().filter(|command| is_offered(*command, selected));
    let (last, mut entries): (Vec<_>, Vec<_>) = offered.partition(|command| command.row().danger);
    entries.extend(last);
    entries
}

fn is_offered(command: Command, selected: bool) -> bool {
    match command {
        // The menu itself, and what is for no row.
        Command::More | Command::New | Command::RevokeAll => false,
        // A row says with one entry what a selection needs two for.
        Command::Enable | Command::Disable => selected,
        Command::Revoke | Command::Delete => true,
        command => !selected && command.row().scope == Scope::Act,
    }
}
