//! The keys that the footer tells of, with what they do here. All of it is read from the
//! command table.

use super::command::{Command, Scope};
use super::hint::Hint;
use super::offer::Offer;
use super::place::Seen;
use super::theme::Role;
use super::words;

/// The commands of these scopes that have a word.
pub(super) fn in_scopes(model: &Seen<'_>, scopes: &[Scope]) -> Vec<Hint> {
    usable(model, scopes.iter().flat_map(|scope| labelled(*scope)))
}

/// The commands of a scope that the footer has a word for.
pub(super) fn labelled(scope: Scope) -> impl Iterator<Item = Command> {
    Command::all().filter(move |command| {
        let row = command.row();
        row.scope == scope && !row.label.is_empty() && !row.danger
    })
}

/// Those that can be done here and now: the others are told of by menus and by their keys.
/// A command whose keys were taken away is in the help, and costs no room here, nor does one
/// without a word.
pub(super) fn usable(model: &Seen<'_>, commands: impl IntoIterator<Item = Command>) -> Vec<Hint> {
    let here = |command: &Command| model.offers(*command) == Offer::Here;
    let hints = commands.into_iter().filter(here).map(|command| hint(model, command));
    hints.filter(|hint| !hint.keys.is_empty() && !hint.word.is_empty()).collect()
}

/// These with the key of the help before the way out, where it is the first to go if there is
/// no room.
pub(super) fn with_help(model: &Seen<'_>, mut hints: Vec<Hint>) -> Vec<Hint> {
    let before_last = hints.len().saturating_sub(1);
    hints.splice(before_last..before_last, usable(model, [Command::Help]));
    hints
}

/// `! danger`: the key that all of it starts with, where any of it can be done.
pub(super) fn danger(model: &Seen<'_>) -> Option<Hint> {
    let here = |command: &Command| model.offers(*command) == Offer::Here;
    let dangerous = Command::all().filter(|command| command.row().danger && here(command));
    let keys = dangerous.map(|command| model.keymap.first_key_of(command));
    let keys = keys.filter(|keys| !keys.is_empty()).min_by_key(|keys| !keys.contains(' '))?;
    let first = keys.split(' ').next()?;
    Some(Hint { role: Role::Danger, ..Hint::new(first, "danger") })
}

/// A command with its keys, dim where it can't be used now.
pub(super) fn hint(model: &Seen<'_>, command: Command) -> Hint {
    let role = match (model.offers(command), command.row().danger) {
        (Offer::Refused(_) | Offer::Absent, _) => Role::Dim,
        (Offer::Here, true) => Role::Danger,
        (Offer::Here, false) => Role::Key,
    };
    Hint { role, ..Hint::new(model.keymap.first_key_of(command), words::label(model, command)) }
}
