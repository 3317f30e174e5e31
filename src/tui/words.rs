//! What a command is called where it applies: `disable` for a token that is
//! enabled, `Revoke 2 tokens` with a selection. Footer, menus and the danger menu
//! say the same.

use super::availability::{revoking, switch};
use super::bulk::tokens;
use super::command::Command;
use super::place::Seen;
use super::screen::Screen;
use crate::domain::{HolderVerb, Status, Verb};

/// Its word in the footer.
pub(super) fn label(model: &Seen<'_>, command: Command) -> String {
    let status = model.target().map(|view| model.status(view));
    match (command, status) {
        (Command::ToggleEnabled, Some(_)) if !model.acts_on_selection() => {
            model.target().map_or(Verb::Disable, |view| switch(model, view)).to_string()
        }
        (Command::ToggleValue, _) if model.screens.tokens.details.value().is_some() => {
            "hide value".to_owned()
        }
        (Command::ToggleValue, _) => "show value".to_owned(),
        (Command::Revoke | Command::Delete, Some(status)) if is_request(model, status) => {
            "cancel request".to_owned()
        }
        (Command::New, _) if model.screens.at == Screen::Users => "request".to_owned(),
        (Command::Open, _) if model.screens.at == Screen::Users => "open".to_owned(),
        (Command::Delete, _) if model.screens.at == Screen::Catalog => "remove".to_owned(),
        (command, _) => command.row().label.to_owned(),
    }
}

/// What a command does for users, on their screen.
pub(super) fn holder_verb(model: &Seen<'_>, command: Command) -> Option<HolderVerb> {
    match command {
        Command::New if model.screens.at == Screen::Users => Some(HolderVerb::Request),
        Command::CancelRequests => Some(HolderVerb::Cancel),
        Command::GenerateExport => Some(HolderVerb::Generate),
        Command::Delete if model.screens.at == Screen::Users => Some(HolderVerb::Remove),
        _ => None,
    }
}

/// Its entry in a menu: `Revoke 2 tokens`.
pub(super) fn entry(model: &Seen<'_>, command: Command) -> String {
    if let Some(verb) = holder_verb(model, command) {
        return verb.title().to_owned();
    }
    if let Some(verb) = bulk_verb(command).filter(|_| model.acts_on_selection()) {
        return format!("{} {}", verb.title(), tokens(model.screens.tokens.list.selection.len()));
    }
    let label = label(model, command);
    let name = command.name().replace('-', " ");
    let text = if label.is_empty() { &name } else { &label };
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// Its sentence in the danger menu.
pub(super) fn sentence(model: &Seen<'_>, command: Command) -> String {
    let status = model.target().map(|view| model.status(view));
    match bulk_verb(command) {
        Some(verb) if model.acts_on_selection() => {
            format!("{verb} {}, for good", tokens(model.screens.tokens.list.selection.len()))
        }
        Some(_) if status.is_some_and(|status| is_request(model, status)) => {
            "cancel the request, for good".to_owned()
        }
        _ if model.screens.at == Screen::Users && command == Command::Delete => {
            "remove the API tokens of the users, for good".to_owned()
        }
        _ if model.screens.tokens.viewed().is_some() && command == Command::RevokeAll => {
            "Revoke all tokens of the user, whatever the filter, for good".to_owned()
        }
        _ if model.screens.at == Screen::Catalog && command == Command::Delete => {
            "remove the entry, for good".to_owned()
        }
        _ => command.row().help.to_owned(),
    }
}

fn is_request(model: &Seen<'_>, status: Status) -> bool {
    !model.acts_on_selection() && revoking(status) == Verb::Delete
}

/// What a command does to selected tokens.
fn bulk_verb(command: Command) -> Option<Verb> {
    match command {
        Command::Enable => Some(Verb::Enable),
        Command::Disable => Some(Verb::Disable),
        Command::Revoke => Some(Verb::Revoke),
        Command::Delete => Some(Verb::Delete),
        _ => None,
    }
}
