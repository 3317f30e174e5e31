//! Why a command can't be used on the Users screen. The permission is asked for
//! before the row, as everywhere (R8).

use crate::tui::command::{Command, Scope};
use crate::tui::place::Seen;

use crate::tui::users::is_narrowed;

/// Why not, or nothing where it can be used.
pub(super) fn reason(command: Command, model: &Seen<'_>) -> Option<String> {
    let users = &model.screens.users;
    let nobody = || Some(nobody(model));
    match command {
        Command::New | Command::CancelRequests | Command::GenerateExport | Command::Delete => {
            without_target(model)
        }
        Command::More | Command::Select | Command::SelectRange | Command::Open
            if users.list.current().is_none() =>
        {
            nobody()
        }
        Command::SelectAll | Command::InvertSelection if users.list.total() == 0 => nobody(),
        Command::ClearSelection
            if users.list.selection.is_empty() && users.list.selection.range.is_none() =>
        {
            Some("No user is selected".to_owned())
        }
        Command::ClearFilters if !is_narrowed(&users.list.query) => {
            Some("No filter is set".to_owned())
        }
        Command::Columns | Command::ColumnsLeft | Command::ColumnsRight => {
            Some("The columns of the users are always these".to_owned())
        }
        Command::More => None,
        command if command.row().scope == Scope::Act => {
            let open = model.keymap.first_key_of(Command::Open);
            Some(format!("That is for a token: {open} opens the user's"))
        }
        _ => None,
    }
}

/// Whether a command is for the tokens of a user, which the tab General hides.
pub(super) fn needs_tokens(command: Command) -> bool {
    let scope = command.row().scope;
    let needs_none = matches!(command, Command::New | Command::RevokeAll);
    matches!(scope, Scope::List | Scope::Act) && !needs_none
}

fn without_target(model: &Seen<'_>) -> Option<String> {
    if let Err(refusal) = model.session.operator.must_manage() {
        return Some(refusal.to_string());
    }
    if model.screens.users.list.selection.is_empty() && model.screens.users.list.current().is_none()
    {
        return Some(nobody(model));
    }
    model.account().is_none().then(|| model.without_account())
}

/// Who was not read may be there all the same.
fn nobody(model: &Seen<'_>) -> String {
    let list = &model.screens.users.list;
    if list.is_read() {
        return "No user here".to_owned();
    }
    let again = model.keymap.first_key_of(Command::Refresh);
    format!("The users are not read yet: {again} reads them")
}
