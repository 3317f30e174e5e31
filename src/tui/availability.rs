//! Why a command can't be used now. The footer dims its key, and pressing it shows
//! the reason; the rules are the domain's own, so that the authority would answer
//! alike.

use crate::domain::{Refusal, Status, Verb, lifecycle};
use crate::text::Safe;
use crate::wire::TokenView;

use super::command::Command;
use super::model::Model;

/// Why not, or nothing where it can be used.
pub(super) fn disabled_reason(command: Command, model: &Model) -> Option<String> {
    if model.options.read_only && command.row().writes && !value_is_shown(model) {
        return Some(Refusal::ReadOnly.to_string());
    }
    match command {
        Command::Revoke => refusal(model, |_| Verb::Revoke),
        Command::ToggleEnabled => refusal(model, switch),
        Command::ToggleValue if value_is_shown(model) => None,
        Command::ToggleValue => refusal(model, |_| Verb::Reveal),
        Command::CopyGuid => without_guid(model),
        Command::CopyValue => refusal(model, |_| Verb::Reveal),
        Command::CopyEndpoint => without_endpoint(model),
        Command::Open if model.target().is_none() => Some("No token here".to_owned()),
        Command::ClearFilters if !model.list.query.is_filtered() => {
            Some("No filter is set".to_owned())
        }
        _ => None,
    }
}

/// Enable is for a Disabled token, Disable for any other (R57).
pub(super) fn switch(status: Status) -> Verb {
    if status == Status::Disabled { Verb::Enable } else { Verb::Disable }
}

fn value_is_shown(model: &Model) -> bool {
    let target = model.target().map(|view| view.token.id);
    model.details.value().is_some() && model.details.id() == target
}

fn refusal(model: &Model, verb: impl Fn(Status) -> Verb) -> Option<String> {
    let Some(view) = model.target() else {
        return Some(without_token(model));
    };
    let verb = verb(model.status(view));
    if model.acting.contains(&view.token.id) && verb != Verb::Reveal {
        return Some("A change of this token is under way".to_owned());
    }
    refused(model, view, verb).map(|refusal| refusal.to_string())
}

fn without_guid(model: &Model) -> Option<String> {
    match model.target() {
        None => Some("No token here".to_owned()),
        Some(view) if view.guid.is_none() => Some(Refusal::NoValueYet.to_string()),
        Some(_) => None,
    }
}

fn without_endpoint(model: &Model) -> Option<String> {
    match model.target() {
        None => Some("No token here".to_owned()),
        Some(view) if view.endpoint.is_none() => {
            let account = Safe::line(&view.names.account(view.token.account));
            Some(format!("No API endpoint is configured for {account}"))
        }
        Some(_) => None,
    }
}

/// The permission is asked for before the row (R8).
fn without_token(model: &Model) -> String {
    match model.session.operator.must_manage() {
        Err(refusal) => refusal.to_string(),
        Ok(()) => "No token here".to_owned(),
    }
}

/// The domain's refusal of an action on a token now.
pub(super) fn refused(model: &Model, view: &TokenView, verb: Verb) -> Option<Refusal> {
    lifecycle::allowed(verb, &view.token, &model.session.operator, model.wall()).err()
}
