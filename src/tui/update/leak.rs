//! A token value that was typed or pasted where something is searched for: in an incident
//! that is what people have in their hands. It is dropped at once, never sent and never
//! kept; its GUID, which is public, finds the token, be it as the GUID of an older value.

use std::collections::BTreeSet;

use tui_input::Input as LineInput;

use crate::backend::{Answer, BackendError};
use crate::domain::leak::Leak;
use crate::domain::{AccountFilter, Guid, Refusal, Status};
use crate::text::Safe;
use crate::tui::command::Command;
use crate::tui::effect::{Call, Effect};
use crate::tui::filters::Filters;
use crate::tui::model::{Model, Search, SearchIn};
use crate::tui::notice::Kind;
use crate::tui::screen::Screen;
use crate::wire::{LookupAnswer, TokenView};

impl Model {
    /// Looks among the tokens for what somebody gave away. The line it stood in is gone.
    pub(super) fn look_for_leak(&mut self, leak: Leak) -> Vec<Effect> {
        let mut effects = self.clear_search();
        let (guid, whole) = match leak {
            Leak::Value(guid) => (guid, true),
            Leak::Part(guid) => (guid, false),
            Leak::Credential => {
                let text = "An operator credential, not kept: 'tokendeck operator' revokes it";
                self.say(Kind::Refused, text);
                return effects;
            }
        };
        if self.form.is_some() {
            let key = self.keymap.first_key_of(Command::Search);
            let text = format!("A token value, not kept: {key} in the list looks for its token");
            self.say(Kind::Refused, text);
            return effects;
        }
        let text = if whole { "A token value, not kept" } else { "A cut or mistyped token value" };
        self.say(Kind::Info, format!("{text}: its GUID is looked for"));
        self.back_to_list();
        self.close_user();
        self.screen = Screen::Tokens;
        // It stays open: whoever typed the value, or whose terminal did, has an Enter to come.
        self.search = Some(Search { within: SearchIn::Guid, line: LineInput::default() });
        effects.extend(self.find_only(SearchIn::Guid, guid.to_string(), BTreeSet::new()));
        effects.push(Effect::Call(Call::Lookup { guid, whole }));
        effects
    }

    /// Lists what this search alone finds.
    fn find_only(
        &mut self,
        within: SearchIn,
        text: String,
        statuses: BTreeSet<Status>,
    ) -> Vec<Effect> {
        if let Some(search) = &mut self.search {
            *search = Search { within, line: LineInput::new(text.clone()) };
        }
        self.list.query.text.clear();
        self.list.query.guid.clear();
        match within {
            SearchIn::Guid => self.list.query.guid = text,
            _ => self.list.query.text = text,
        }
        self.filters = Filters { statuses, ..Filters::default() };
        self.renew_dates();
        self.reload()
    }

    /// The backend knows whose value it was, or that it is nobody's here.
    pub(super) fn looked_up(
        &mut self,
        (guid, whole): (Guid, bool),
        result: Answer<Box<LookupAnswer>>,
    ) -> Vec<Effect> {
        match result {
            Ok(answer) => {
                let LookupAnswer { token, matched } = *answer;
                self.tell_leak(&token, &matched, whole);
                self.show_leaked(guid, &token)
            }
            Err(BackendError::Refused(Refusal::NotFound { .. })) => {
                let what = if whole { "value" } else { "GUID" };
                let text = format!("Not here: no token that you may see has or had this {what}");
                self.say(Kind::Info, text);
                vec![]
            }
            Err(error) => {
                self.failed("look for the value", &error);
                vec![]
            }
        }
    }

    /// `robot-1 TKN-1000-0001 (Active): GUID of its current value`.
    fn tell_leak(&mut self, view: &TokenView, matched: &str, whole: bool) {
        let (token, status) = (&view.token, self.status(view));
        let account = match self.list.query.account {
            AccountFilter::One(here) if token.account != Some(here) => {
                let key = self.keymap.first_key_of(Command::Account);
                format!(", of {}: {key} goes there", self.catalogue.account_name(token.account))
            }
            _ => String::new(),
        };
        let slip = if whole { "" } else { "Cut or mistyped: " };
        let text = format!("{slip}{} {} ({status}): {matched}{account}", token.name, token.id);
        self.say(Kind::Info, Safe::line(&text).as_str());
    }

    /// Lists it, where its GUID alone does not: it has another by now, or was deleted.
    fn show_leaked(&mut self, guid: Guid, view: &TokenView) -> Vec<Effect> {
        let went_on = self.list.query.guid != guid.to_string();
        let current = view.token.value.map(|value| value.guid);
        let status = self.status(view);
        if went_on || (current == Some(guid) && status != Status::Deleted) {
            return vec![];
        }
        let statuses = BTreeSet::from([status]);
        match current {
            Some(guid) => self.find_only(SearchIn::Guid, guid.to_string(), statuses),
            None => self.find_only(SearchIn::Name, view.token.name.clone(), statuses),
        }
    }
}
