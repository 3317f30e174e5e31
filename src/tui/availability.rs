//! Why a command can't be used now. The footer dims its key, and pressing it shows
//! the reason; the rules are the domain's own, so that the authority would answer
//! alike.

mod catalog;
mod users;

use crate::domain::query::QueryWord;
use crate::domain::{JobAct, Refusal, Status, Verb};
use crate::text::{Safe, safe_line, thousands};
use crate::tui::shared::Shared;
use crate::wire::{Abilities, Ability, Can, TokenView};

use super::clipboard::MOST_GUIDS;
use super::command::Command;
use super::form::Form;
use super::needs::{Ground, ability_of};
use super::place::Seen;
use super::screen::Screen;
use super::users::UserTab;

/// Why not, or nothing where it can be used.
pub(super) fn disabled_reason(command: Command, model: &Seen<'_>) -> Option<String> {
    if model.options.read_only && command.row().writes && !value_is_shown(model) {
        return Some(Refusal::ReadOnly.to_string());
    }
    // Hiding is for the value on screen, whatever the backend can.
    if !(command == Command::ToggleValue && value_is_shown(model))
        && let Some(lack) = lack(command, model)
    {
        return Some(lack);
    }
    if command == Command::Users
        && let Err(refusal) = model.session.operator.must_manage()
    {
        return Some(refusal.to_string());
    }
    if model.screens.at == Screen::Users {
        return users::reason(command, model);
    }
    if model.screens.tokens.views_general() && users::needs_tokens(command) {
        return Some(format!("Go to the tab {} first", UserTab::Tokens));
    }
    if model.screens.at == Screen::Catalog {
        return catalog::reason(command, model);
    }
    match command {
        Command::RevokeAll => revoke_all_refusal(model),
        Command::Revoke
        | Command::Delete
        | Command::ToggleEnabled
        | Command::Enable
        | Command::Disable
            if model.acts_on_selection() =>
        {
            selection_refusal(model, command)
        }
        // Hiding is for the value on screen, whatever is selected.
        Command::ToggleValue if value_is_shown(model) => None,
        Command::Accept
        | Command::Regenerate
        | Command::DropOld
        | Command::Edit
        | Command::Clone
        | Command::ToggleValue
        | Command::CopyValue
        | Command::CopyEndpoint
            if model.selects_others() =>
        {
            Some(one_at_a_time(model))
        }
        Command::New => without_permission(model),
        Command::Clone if model.target().is_some() => without_permission(model),
        Command::Clone => Some(without_token(model)),
        Command::Accept => refusal(model, |_| Verb::Accept),
        Command::Revoke => refusal(model, revoking),
        Command::Delete => refusal(model, |_| Verb::Delete),
        Command::Enable => refusal(model, |_| Verb::Enable),
        Command::Disable => refusal(model, |_| Verb::Disable),
        Command::Regenerate => refusal(model, |_| Verb::Regenerate),
        Command::Edit => refusal(model, |_| Verb::Edit),
        Command::DropOld => refusal(model, |_| Verb::DropOld),
        Command::ToggleEnabled => {
            let verb = model.target().map_or(Verb::Disable, |view| switch(model, view));
            refusal(model, |_| verb)
        }
        Command::ToggleValue => refusal(model, |_| Verb::Reveal),
        Command::CopyGuid => without_guid(model),
        Command::CopyValue => refusal(model, |_| Verb::Reveal),
        Command::CopyEndpoint => without_endpoint(model),
        Command::Select | Command::SelectRange | Command::More if model.target().is_none() => {
            Some("No token here".to_owned())
        }
        Command::SelectAll | Command::InvertSelection if model.screens.tokens.list.total() == 0 => {
            Some("No token here".to_owned())
        }
        Command::ClearSelection
            if model.screens.tokens.list.selection.is_empty()
                && model.screens.tokens.list.selection.range.is_none() =>
        {
            Some("No token is selected".to_owned())
        }
        Command::SearchGuid => model.session.descriptors.must_have(QueryWord::Guid).err(),
        Command::Open if model.target().is_none() => Some("No token here".to_owned()),
        Command::OpenReport | Command::ResumeJob | Command::StopJob | Command::AbandonJob => {
            job_refusal(model, command)
        }
        Command::Retry | Command::Insist | Command::Dismiss => unconfirmed_refusal(model, command),
        Command::ClearFilters if !model.screens.tokens.list.query.is_filtered() => {
            Some("No filter is set".to_owned())
        }
        _ => None,
    }
}

/// Why the backend can't do what a command asks for, in its own sentence or in that of the
/// row under the cursor; none where it can.
pub(super) fn lack(command: Command, model: &Seen<'_>) -> Option<String> {
    let ability = ability_of(command, ground(model))?;
    let one = model.lists_tokens() && !model.acts_on_selection();
    let row = model.target().filter(|_| one).map(|view| &view.abilities);
    let (said, nothing) = (&model.session.abilities, Abilities::default());
    let edited =
        model.layers.top::<Form>().and_then(Form::edited).filter(|_| command == Command::NewGuid);
    // In an edit another GUID is another value.
    let renewed = edited.map(|view| said.narrowed(&view.abilities, Ability::Regenerate));
    let why = said.narrowed(row.unwrap_or(&nothing), ability).refusal();
    let why = why.or(renewed.and_then(Can::refusal));
    // The sentence is a server's, and is drawn as it is.
    why.map(safe_line)
}

impl Shared {
    /// What has to be known before something is done that takes these, be it to that row.
    pub(super) fn warnings(&self, takes: &[Ability], row: Option<&TokenView>) -> Vec<String> {
        let row = row.map(|view| view.abilities.clone()).unwrap_or_default();
        let said = self.session.abilities.warnings(&row, takes);
        said.iter().map(|warning| safe_line(warning)).collect()
    }
}

fn ground(model: &Seen<'_>) -> Ground {
    let (view, many) = (model.target(), model.acts_on_selection());
    Ground {
        screen: model.screens.at,
        many,
        switch: view.map_or(Verb::Disable, |view| switch(model, view)),
        revoke: view.filter(|_| !many).map_or(Verb::Revoke, |view| revoking(model.status(view))),
    }
}

fn one_at_a_time(model: &Seen<'_>) -> String {
    let none = model.keymap.first_key_of(Command::ClearSelection);
    format!("One token at a time: {none} clears the selection")
}

/// Enable is for a token that is switched off itself, Disable for any other (R57):
/// what its account or owner takes out of service, no key of its own brings back.
pub(super) fn switch(model: &Seen<'_>, view: &TokenView) -> Verb {
    let off = match view.status {
        Status::Unknown => !view.token.enabled,
        _ => Status::alone(&view.token, model.wall()) == Status::Disabled,
    };
    if off { Verb::Enable } else { Verb::Disable }
}

/// Revoking a request cancels it (R64).
pub(super) fn revoking(status: Status) -> Verb {
    if status == Status::Pending { Verb::Delete } else { Verb::Revoke }
}

/// Each token is asked about when the plan is made; the permission comes before. An
/// owner may revoke without it.
fn selection_refusal(model: &Seen<'_>, command: Command) -> Option<String> {
    if command == Command::Revoke {
        return None;
    }
    model.session.operator.must_manage().err().map(|refusal| refusal.to_string())
}

fn revoke_all_refusal(model: &Seen<'_>) -> Option<String> {
    if let Err(refusal) = model.session.operator.must_manage() {
        return Some(refusal.to_string());
    }
    let nobodys = model.screens.tokens.viewed().is_none() && model.account().is_none();
    nobodys.then(|| model.without_account())
}

fn value_is_shown(model: &Seen<'_>) -> bool {
    let target = model.target().map(|view| view.token.id.clone());
    model.screens.tokens.details.value().is_some() && model.screens.tokens.details.id() == target
}

fn refusal(model: &Seen<'_>, verb: impl Fn(Status) -> Verb) -> Option<String> {
    let Some(view) = model.target() else {
        return Some(without_token(model));
    };
    let verb = verb(model.status(view));
    if model.acting.contains(&view.token.id) && verb != Verb::Reveal {
        return Some("A change of this token is under way".to_owned());
    }
    refused(model, view, verb).map(|refusal| refusal.to_string())
}

/// What the state of a job rules out, in the words of whoever would refuse it.
fn job_refusal(model: &Seen<'_>, command: Command) -> Option<String> {
    let Some(job) = model.job() else { return Some("No job here".to_owned()) };
    let act = match command {
        Command::ResumeJob => JobAct::Resume,
        Command::StopJob => JobAct::Stop,
        Command::AbandonJob => JobAct::Abandon,
        _ => return None,
    };
    job.allows(act).err().map(|refusal| refusal.to_string())
}

fn unconfirmed_refusal(model: &Seen<'_>, command: Command) -> Option<String> {
    let Some(known) = model.unconfirmed_at_cursor() else {
        return Some("No change here".to_owned());
    };
    if command != Command::Dismiss && !known.kept.is_open() {
        return Some(format!("It is done: {}", model.way_to_new_value(None)));
    }
    let refused = command == Command::Insist && !known.may_be_repeated();
    refused.then(|| "Only a revocation can be tried again and again".to_owned())
}

fn without_guid(model: &Seen<'_>) -> Option<String> {
    match model.target() {
        _ if model.selects_others() => too_many_guids(model),
        None => Some("No token here".to_owned()),
        Some(view) if view.guid.is_none() => Some(Refusal::NoValueYet.to_string()),
        Some(_) => None,
    }
}

/// Terminals drop a text for their clipboard that is longer than they like.
fn too_many_guids(model: &Seen<'_>) -> Option<String> {
    let many = model.screens.tokens.list.selection.len() > MOST_GUIDS;
    let most = thousands(MOST_GUIDS);
    many.then(|| format!("A clipboard takes {most} GUIDs at most: ':export' writes the list"))
}

fn without_endpoint(model: &Seen<'_>) -> Option<String> {
    match model.target() {
        None => Some("No token here".to_owned()),
        Some(view) if view.endpoint.is_none() => {
            let account = Safe::line(&model.account_named(view));
            Some(format!("No API endpoint is configured for {account}"))
        }
        Some(_) => None,
    }
}

fn without_permission(model: &Seen<'_>) -> Option<String> {
    model.session.operator.must_manage().err().map(|refusal| refusal.to_string())
}

/// The permission is asked for before the row (R8).
fn without_token(model: &Seen<'_>) -> String {
    match model.session.operator.must_manage() {
        Err(refusal) => refusal.to_string(),
        Ok(()) => "No token here".to_owned(),
    }
}

/// The domain's refusal of an action on a token now.
pub(super) fn refused(model: &Shared, view: &TokenView, verb: Verb) -> Option<Refusal> {
    view.allows(verb, &model.session.operator, model.wall()).err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture::{listed, model, second};

    const SENTENCE: &str = "Acme can't do that";

    #[test]
    fn a_sentence_of_a_server_is_shown_safely() {
        let mut model = model();
        let hostile = Can::no("No\u{1b}[2J\u{202e}drawkcab");
        model.session.abilities = Abilities::default().with(Ability::Edit, hostile);
        let said = disabled_reason(Command::Edit, &model.seen()).unwrap_or_default();
        let odd = |letter: char| letter.is_control() || letter == '\u{202e}';
        assert!(said.starts_with("No") && !said.contains(odd), "{said:?}");
    }

    #[test]
    fn each_command_is_refused_where_the_backend_lacks_what_it_takes() {
        for screen in [Screen::Tokens, Screen::Users, Screen::Catalog] {
            for command in Command::all() {
                let mut model = model();
                model.screens.at = screen;
                let Some(ability) = ability_of(command, ground(&model.seen())) else { continue };
                model.session.abilities = Abilities::default().with(ability, Can::no(SENTENCE));
                let reason = disabled_reason(command, &model.seen());
                assert_eq!(reason.as_deref(), Some(SENTENCE), "{command}");
            }
        }
    }

    #[test]
    fn a_row_refuses_for_itself_alone() {
        let mut model = model();
        let lacks = Abilities::default().with(Ability::Regenerate, Can::no(SENTENCE));
        let mut rows = model.screens.tokens.list.rows().to_vec();
        rows.iter_mut().take(1).for_each(|row| row.abilities = lacks.clone());
        let listed = listed(&model, rows);
        model.update(listed, second(2));
        assert_eq!(disabled_reason(Command::Regenerate, &model.seen()).as_deref(), Some(SENTENCE));
        model.screens.tokens.list.cursor = 1;
        assert_eq!(disabled_reason(Command::Regenerate, &model.seen()), None);
    }
}
