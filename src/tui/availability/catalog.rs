//! Why a command can't be used on the Catalog screen. Who may change what is the
//! domain's word, so that the authority would answer alike.

use crate::domain::catalogue_rules::{may_add, may_change, may_remove, may_switch};
use crate::domain::{EntryId, Refusal};
use crate::tui::catalog::{has, switch_of};
use crate::tui::command::Command;
use crate::tui::place::Seen;

/// Why not, or nothing where it can be used.
pub(super) fn reason(command: Command, model: &Seen<'_>) -> Option<String> {
    let operator = &model.session.operator;
    match command {
        Command::Open if model.screens.shelf.current().is_none() => Some(nothing()),
        Command::New => may_add(operator, model.screens.shelf.list.query.kind)
            .err()
            .map(|refusal| refusal.to_string()),
        Command::Edit => of_entry(model, |id| may_change(operator, &model.catalogue, id)),
        Command::Delete => of_entry(model, |id| may_remove(operator, &model.catalogue, id)),
        Command::ToggleEnabled => match model.screens.shelf.current() {
            Some(EntryId::User(id)) => {
                let user = model.catalogue.users.get(&id)?;
                let order = (user, switch_of(user));
                may_switch(operator, &model.catalogue, order).err().map(|r| r.to_string())
            }
            Some(_) | None => Some(elsewhere(model)),
        },
        Command::ClearFilters if model.screens.shelf.list.query.text.is_empty() => {
            Some("No filter is set".to_owned())
        }
        command if !has(command) => Some(elsewhere(model)),
        _ => None,
    }
}

fn nothing() -> String {
    "No entry here".to_owned()
}

fn elsewhere(model: &Seen<'_>) -> String {
    let tokens = model.keymap.first_key_of(Command::Tokens);
    format!("Not for the catalogue: {tokens} shows the tokens")
}

fn of_entry(model: &Seen<'_>, may: impl Fn(EntryId) -> Result<(), Refusal>) -> Option<String> {
    match model.screens.shelf.current() {
        None => Some(nothing()),
        Some(id) => may(id).err().map(|refusal| refusal.to_string()),
    }
}
