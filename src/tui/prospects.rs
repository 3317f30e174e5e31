//! What a bulk action can still do, as far as the rows in memory tell: menus dim an
//! entry for which nothing is left. Pressing its key still asks the backend, which
//! knows what happened since.

use super::command::Command;
use super::place::Seen;
use super::screen::Screen;
use super::users::verb_of;
use crate::domain::{HolderVerb, Holding, Refusal, Verb};
use crate::wire::{TokenView, UserView};

/// Why an entry of a menu is dim, or nothing where it may do something.
pub(super) fn dim_reason(command: Command, model: &Seen<'_>) -> Option<String> {
    model.refusal(command).or_else(|| match model.screens.at {
        Screen::Users => of_users(verb_of(command)?, model),
        Screen::Tokens if model.acts_on_selection() => of_tokens(command, model),
        Screen::Tokens | Screen::Catalog => None,
    })
}

/// What every selected token would answer, where all of them are in memory.
fn of_tokens(command: Command, model: &Seen<'_>) -> Option<String> {
    let verb: fn(&Seen<'_>, &TokenView) -> Verb = match command {
        Command::Enable => |_, _| Verb::Enable,
        Command::Disable => |_, _| Verb::Disable,
        Command::ToggleEnabled => |model, view| model.switching(view),
        Command::Revoke => |model, view| model.revoking(view),
        Command::Delete => |_, _| Verb::Delete,
        Command::Regenerate => |_, _| Verb::Regenerate,
        Command::HandOver => |_, _| Verb::HandOver,
        _ => return None,
    };
    let selected =
        |view: &&TokenView| model.screens.tokens().list.selection.contains(&view.token.id);
    let rows: Vec<_> = model.screens.tokens().list.rows().iter().filter(selected).collect();
    if rows.len() < model.screens.tokens().list.selection.len() {
        return None;
    }
    common(rows.iter().map(|view| model.refused(view, verb(model, view))))
}

/// The same for users, where each is in memory with what they hold of one module.
fn of_users(verb: HolderVerb, model: &Seen<'_>) -> Option<String> {
    let (list, selection) = (&model.screens.users.list, &model.screens.users.list.selection);
    let rows: Vec<&UserView> = if selection.is_empty() {
        list.current().into_iter().collect()
    } else {
        list.rows().iter().filter(|view| selection.contains(&view.user.id)).collect()
    };
    let known = rows.len() >= selection.len().max(1);
    // Where all accounts are listed and one can be meant, there is no other.
    if !known || model.account().is_none() || list.query.modules.len() > 1 {
        return None;
    }
    common(rows.iter().map(|view| match (verb, view.holding) {
        (HolderVerb::Request, Holding::Pending { .. }) => Some(Refusal::AlreadyPending),
        // Who holds nothing at all holds nothing of any module, either.
        (HolderVerb::Remove, Holding::Nothing | Holding::Count { accepted: 0, pending: 0 }) => {
            Some(Refusal::NothingHeld)
        }
        (
            HolderVerb::Cancel,
            Holding::Nothing | Holding::Has | Holding::Count { pending: 0, .. },
        ) => Some(Refusal::NotPending),
        // Whether Pending is a request or an exported value the row does not say.
        (HolderVerb::Remove, Holding::Has | Holding::Pending { .. })
        | (HolderVerb::Request, Holding::Nothing | Holding::Has)
        | (HolderVerb::Cancel, Holding::Pending { .. })
        | (HolderVerb::Generate, _)
        | (_, Holding::Count { .. }) => None,
    }))
}

/// The reason of all, where each has one.
fn common(answers: impl Iterator<Item = Option<Refusal>>) -> Option<String> {
    let refusals: Option<Vec<Refusal>> = answers.collect();
    let refusals = refusals.filter(|refusals| !refusals.is_empty())?;
    let mut reasons: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    reasons.sort_unstable();
    reasons.dedup();
    Some(reasons.join("; "))
}
