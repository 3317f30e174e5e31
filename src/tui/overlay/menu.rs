//! More options: the commands for the row under the cursor, or for the selection,
//! read from the command table (R51, R56, R57). What can't be taken back comes last.

use crate::domain::Status;
use crate::tui::command::{Command, Scope};
use crate::tui::model::Model;
use crate::tui::screen::Screen;

/// What can be done for users (R118 to R122, D23).
const FOR_USERS: [Command; 4] =
    [Command::New, Command::Delete, Command::CancelRequests, Command::GenerateExport];

/// The entries, in their order.
pub(crate) fn entries(model: &Model) -> Vec<Command> {
    if model.screen == Screen::Users {
        return FOR_USERS.to_vec();
    }
    let offered = Command::all().filter(|command| is_offered(*command, model));
    let (last, mut entries): (Vec<_>, Vec<_>) = offered.partition(|command| command.row().danger);
    entries.extend(last);
    entries
}

fn is_offered(command: Command, model: &Model) -> bool {
    let selected = model.acts_on_selection();
    match command {
        // For a request only: no other token is waiting for it.
        Command::Accept => {
            let waits = |view| model.status(view) == Status::Pending;
            !selected && model.target().is_some_and(waits)
        }
        // The menu itself, and what is for no row.
        Command::More | Command::New | Command::RevokeAll => false,
        // A row says with one entry what a selection needs two for.
        Command::Enable | Command::Disable => selected,
        Command::Revoke | Command::Delete => true,
        command => !selected && command.row().scope == Scope::Act,
    }
}
