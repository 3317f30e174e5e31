//! More options: the commands for the row under the cursor, or for the selection,
//! read from the command table (R51, R56, R57). What can't be taken back comes last.

use crate::domain::Status;
use crate::tui::command::{Command, Scope};
use crate::tui::model::Model;
use crate::tui::prospects::dim_reason;
use crate::tui::screen::Screen;

/// What can be done for users (R118 to R122, D23).
const FOR_USERS: [Command; 4] =
    [Command::New, Command::Delete, Command::CancelRequests, Command::GenerateExport];

/// The entries, in their order.
pub(crate) fn entries(model: &Model) -> Vec<Command> {
    if model.screens.at == Screen::Users {
        return FOR_USERS.to_vec();
    }
    let offered = Command::all().filter(|command| is_offered(*command, model));
    let (last, mut entries): (Vec<_>, Vec<_>) = offered.partition(|command| command.row().danger);
    entries.extend(last);
    entries
}

/// Whether another command does the very same here: both Revoke and Delete cancel a
/// request.
pub(crate) fn repeats(command: Command, model: &Model) -> bool {
    let waits = |view| model.status(view) == Status::Pending;
    command == Command::Delete
        && model.lists_tokens()
        && !model.acts_on_selection()
        && model.target().is_some_and(waits)
}

/// Where the cursor starts: at the first entry that can do something.
pub(crate) fn first(model: &Model) -> usize {
    let entries = entries(model);
    entries.iter().position(|command| dim_reason(*command, model).is_none()).unwrap_or_default()
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
        Command::Delete if repeats(command, model) => false,
        Command::Revoke | Command::Delete => true,
        command => !selected && command.row().scope == Scope::Act,
    }
}
