//! The words for what became of a change whose outcome was unknown. A value that
//! nobody saw is said to be lost.

use crate::domain::{Found, Refusal, Verb};
use crate::text::safe_line;
use crate::tui::command::Command;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::{Attempt, Evidence, Kept};
use crate::wire::{JobState, TokenView};

impl Shared {
    fn not_done(&self, attempt: &Attempt, seen: &Evidence) -> String {
        if let Evidence::Job(job) = seen
            && job.state == JobState::Written
        {
            let key = self.keymap.first_key_of(Command::Jobs);
            let file = job.of_file().unwrap_or_default();
            return format!("No token changed: {key} lists {} to be resumed. {file}", job.id);
        }
        if let Evidence::Job(job) = seen
            && job.state == JobState::Staged
        {
            let key = self.keymap.first_key_of(Command::Jobs);
            let file = job.file.as_ref().map(|file| format!("; values in {file} do not work"));
            return format!(
                "Nothing was exported and no token changed: {} was only staged, {key} lists it to \
                 be abandoned{}",
                job.id,
                file.unwrap_or_default()
            );
        }
        let started = if matches!(attempt, Attempt::Start(_) | Attempt::Holders(_)) {
            "started"
        } else {
            "done"
        };
        format!("It was not {started}: {} again if it is still wanted", attempt.doing())
    }
}

impl Shared {
    /// How a token gets a new value: by a key, where this operator may press it, else by
    /// whom. Without a token it is one of those that wait in the list.
    pub(in crate::tui) fn way_to_new_value(&self, view: Option<&TokenView>) -> String {
        let refusal = match view {
            Some(view) => self.refused(view, Verb::Regenerate),
            None => self.session.operator.must_manage().err(),
        };
        let key = self.keymap.first_key_of(Command::Regenerate);
        match refusal {
            _ if self.options.read_only => "leave --read-only out to give it a new one".to_owned(),
            _ if self.held().is_some() => {
                "read_only in the settings keeps it from a new one".into()
            }
            None => format!("{key} gives it a new one"),
            Some(Refusal::NeedsManageTokens) => {
                let of = view.and_then(|view| view.token.account.map(|_| view));
                let of = of.map(|view| format!(" of {}", view.names.account(view.token.account)));
                format!("ask an Admin{} for a new one", of.unwrap_or_default())
            }
            Some(refusal) => format!("it can't have a new one: {refusal}"),
        }
    }
}

impl Shared {
    fn changed_meanwhile(&self, attempt: &Attempt, seen: &Evidence) -> String {
        let new_value = |name: &str| {
            let view = match seen {
                Evidence::Token(view) => Some(&**view),
                Evidence::NoToken
                | Evidence::Job(_)
                | Evidence::NoJob
                | Evidence::JobsBeyond
                | Evidence::Catalogue(_) => None,
            };
            let way = self.way_to_new_value(view);
            format!("{name} changed: if it has a new value, nobody saw it - {way}")
        };
        match attempt {
            Attempt::Token(order) if order.verb == Verb::Regenerate => new_value(&order.name),
            Attempt::Edit { edit, .. } if edit.new_value => new_value(&edit.settings.name),
            Attempt::Token(order) => {
                format!("{} changed meanwhile: look before you {}", order.name, attempt.doing())
            }
            attempt => format!("It changed meanwhile: look before you {}", attempt.doing()),
        }
    }
}

impl Model {
    /// Says what became of it.
    pub(super) fn tell_settled(&mut self, kept: &Kept, found: Found, seen: &Evidence) {
        let attempt = &kept.attempt;
        let (kind, text) = match found {
            Found::Done => (Kind::Ok, self.done_after_all(kept, seen)),
            Found::NotDone => (Kind::Error, self.not_done(attempt, seen)),
            Found::Changed | Found::Open => (Kind::Error, self.changed_meanwhile(attempt, seen)),
        };
        self.say(kind, safe_line(&text));
    }

    fn done_after_all(&self, kept: &Kept, seen: &Evidence) -> String {
        match (&kept.attempt, seen) {
            (Attempt::Token(order), Evidence::Token(view))
                if order.verb == Verb::Accept && kept.makes_value =>
            {
                let lost = self.unseen(view);
                format!("Confirmed: API token {} was accepted; {lost}", order.name)
            }
            (Attempt::Token(order), _) => {
                format!("Confirmed: API token {} was {}", order.name, order.verb.past())
            }
            (Attempt::Create(draft), Evidence::Token(view)) => {
                let lost = self.unseen(view);
                format!("Confirmed: API token {} was created; {lost}", draft.settings.name)
            }
            (Attempt::Edit { edit, .. }, Evidence::Token(view)) if edit.new_value => {
                let lost = self.unseen(view);
                format!("Confirmed: API token {} was updated; {lost}", edit.settings.name)
            }
            (Attempt::Edit { edit, .. }, _) => {
                format!("Confirmed: API token {} was updated", edit.settings.name)
            }
            (Attempt::Start(_) | Attempt::Holders(_), Evidence::Job(job)) => {
                format!("Confirmed: it was started as {}", job.id)
            }
            (Attempt::Entry(save), _) => {
                let done = if save.before.is_some() { "updated" } else { "added" };
                format!("Confirmed: {} {} was {done}", save.draft.kind(), save.draft.name())
            }
            (Attempt::Removal { id, name }, _) => {
                format!("Confirmed: {} {name} was removed", id.kind())
            }
            (attempt, _) => format!("Confirmed: {}", attempt.doing()),
        }
    }

    /// What to do about a value whose only showing was lost.
    fn unseen(&self, view: &TokenView) -> String {
        if view.token.value.is_none() {
            return "it has no value yet".to_owned();
        }
        if self.is_shown_once(view) {
            return format!("nobody saw its value: {}", self.way_to_new_value(Some(view)));
        }
        match self.refused(view, Verb::Reveal) {
            None => format!("{} shows its value", self.keymap.first_key_of(Command::ToggleValue)),
            Some(refusal) => format!("its value was not seen: {refusal}"),
        }
    }
}
