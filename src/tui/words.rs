//! What a command is called where it applies: `disable` for a token that is
//! enabled, `Revoke 2 tokens` with a selection. Footer, menus and the danger menu
//! say the same.

use super::bulk::tokens;
use super::command::Command;
use super::place::Seen;
use super::screen::Screen;
use super::users::verb_of;
use crate::domain::Verb;

/// Its word in the footer.
pub(super) fn label(model: &Seen<'_>, command: Command) -> String {
    let target = model.target().filter(|_| !model.acts_on_selection());
    match (command, target) {
        (Command::ToggleEnabled, Some(view)) => model.switching(view).to_string(),
        (Command::ToggleEnabled, _) if !model.lists_tokens() => {
            let switch = model.user_here().and_then(|id| model.switch_word(id));
            switch.map_or_else(String::new, |switch| switch.to_string())
        }
        (Command::ToggleValue, _) if model.screens.tokens().details.value().is_some() => {
            "hide value".to_owned()
        }
        (Command::ToggleValue, _) => "show value".to_owned(),
        (Command::Revoke | Command::Delete, _) if cancels(model) => "cancel request".to_owned(),
        (Command::New, _) if model.screens.at == Screen::Users => "request".to_owned(),
        (Command::Open, _) if model.screens.at == Screen::Users => "open".to_owned(),
        (Command::Delete, _) if model.screens.at == Screen::Catalog => "remove".to_owned(),
        (command, _) => command.row().label.to_owned(),
    }
}

/// Its entry in a menu: `Revoke 2 tokens`.
pub(super) fn entry(model: &Seen<'_>, command: Command) -> String {
    let of_users = model.screens.at == Screen::Users;
    if let Some(verb) = verb_of(command).filter(|_| of_users) {
        return verb.title().to_owned();
    }
    if let Some(verb) = bulk_verb(command).filter(|_| model.acts_on_selection()) {
        return format!("{} {}", verb.title(), tokens(model.screens.tokens().list.selection.len()));
    }
    let label = label(model, command);
    let of_user = matches!(command, Command::Edit | Command::ToggleEnabled);
    if of_user && model.user_here().is_some() && !label.is_empty() {
        return sentence_case(&format!("{label} user"));
    }
    let name = command.name().replace('-', " ");
    sentence_case(if label.is_empty() { &name } else { &label })
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// Its sentence in the danger menu.
pub(super) fn sentence(model: &Seen<'_>, command: Command) -> String {
    match bulk_verb(command) {
        Some(Verb::HandOver) if model.acts_on_selection() => {
            let count = model.screens.tokens().list.selection.len();
            format!("hand {} over to another user, or back to the account", tokens(count))
        }
        Some(Verb::HandOver) => command.row().help.to_owned(),
        Some(verb) if model.acts_on_selection() => {
            format!("{verb} {}, for good", tokens(model.screens.tokens().list.selection.len()))
        }
        Some(_) if cancels(model) => "cancel the request, for good".to_owned(),
        _ if model.screens.at == Screen::Users && command == Command::Delete => {
            "remove the API tokens of the users, for good".to_owned()
        }
        _ if model.screens.tokens().viewed().is_some() && command == Command::RevokeAll => {
            "Revoke all tokens of the user, whatever the filter, for good".to_owned()
        }
        _ if model.screens.at == Screen::Catalog && command == Command::Delete => {
            "remove the entry, for good".to_owned()
        }
        _ => command.row().help.to_owned(),
    }
}

/// Whether what ends a token would cancel a request.
fn cancels(model: &Seen<'_>) -> bool {
    let one = model.target().filter(|_| !model.acts_on_selection());
    one.is_some_and(|view| model.revoking(view) == Verb::Delete)
}

/// What a command does to selected tokens.
fn bulk_verb(command: Command) -> Option<Verb> {
    match command {
        Command::Enable => Some(Verb::Enable),
        Command::Disable => Some(Verb::Disable),
        Command::Revoke => Some(Verb::Revoke),
        Command::Delete => Some(Verb::Delete),
        Command::Regenerate => Some(Verb::Regenerate),
        Command::HandOver => Some(Verb::HandOver),
        _ => None,
    }
}
