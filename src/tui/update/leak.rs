//! A token value that was typed or pasted where something is searched for: in an incident
//! that is what people have in their hands. It is dropped at once, never sent and never
//! kept; its GUID, which is public, finds the token, be it as the GUID of an older value.

use std::collections::BTreeSet;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::leak::Leak;
use crate::domain::{AccountFilter, Guid, Refusal, Status};
use crate::text::safe_line;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::filters::Filters;
use crate::tui::form::Form;
use crate::tui::layers::Search;
use crate::tui::line::Words;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::screen::Screen;
use crate::tui::search::SearchIn;
use crate::tui::shared::Shared;
use crate::tui::sought::Sought;
use crate::wire::{LookupAnswer, LookupMatch};

/// As many GUIDs can be searched for at once.
const MOST: usize = 50;

/// The GUIDs as a search has them.
fn words(guids: impl Iterator<Item = Guid>) -> String {
    guids.take(MOST).map(|guid| guid.to_string()).collect::<Vec<_>>().join(" ")
}

impl Shared {
    /// `2 of 3 values are here: robot-1, robot-2`: each has a message of its own before.
    fn tell_leaks(&mut self, sought: usize, found: &[LookupMatch]) {
        let key = self.keymap.first_key_of(Command::Messages);
        let mut names: Vec<_> = found.iter().map(|found| found.token.token.name.clone()).collect();
        names.dedup();
        let (here, names) = (found.len(), names.join(", "));
        let text = format!("{here} of {sought} values are here ({key} tells of each): {names}");
        self.say(Kind::Info, safe_line(&text));
    }
}

impl Shared {
    /// `robot-1 TKN-1000-0001 (Active): GUID of its current value`.
    fn tell_leak(&mut self, found: &LookupMatch, whole: bool) {
        let LookupMatch { token: view, matched, .. } = found;
        let (token, status) = (&view.token, view.status_in_words(self.status(view)));
        let account = match self.account {
            AccountFilter::One(here) if token.account != Some(here) => {
                let key = self.keymap.first_key_of(Command::Account);
                format!(", of {}: {key} goes there", self.catalogue.account_name(token.account))
            }
            _ => String::new(),
        };
        let slip = if whole { "" } else { "Cut or mistyped: " };
        let text = format!("{slip}{} {} ({status}): {matched}{account}", token.name, token.id);
        self.say(Kind::Info, safe_line(&text));
    }
}

impl Model {
    /// Looks among the tokens for what somebody gave away. The line it stood in is gone.
    pub(super) fn look_for_leaks(&mut self, leaks: &[Leak]) {
        // It stays open: whoever typed the value, or whose terminal did, has an Enter to come.
        self.find_leaks_from(leaks, true);
    }

    /// The same of what was pasted where nothing was being typed: the next keys are for the
    /// token.
    pub(super) fn find_leaks(&mut self, leaks: &[Leak]) {
        self.find_leaks_from(leaks, false);
    }

    fn find_leaks_from(&mut self, leaks: &[Leak], typing: bool) {
        if let Some(search) = self.layers.take::<Search>() {
            self.screens.search_for(&mut self.shared, search.within, String::new());
        }
        let sought: Vec<_> = leaks.iter().filter_map(Sought::of).collect();
        if sought.len() < leaks.len() {
            let text = "An operator credential, not kept: 'tokendeck operator' revokes it";
            self.say(Kind::Refused, text);
        }
        let Some(first) = sought.first() else { return };
        if self.layers.find::<Form>().is_some() {
            let key = self.keymap.first_key_of(Command::Search);
            let text = format!("A token value, not kept: {key} in the list looks for its token");
            self.say(Kind::Refused, text);
            return;
        }
        self.say(
            Kind::Info,
            match (sought.len(), first.whole) {
                (1, true) => "A token value, not kept: its GUID is looked for".to_owned(),
                (1, false) => "A cut or mistyped token value: its GUID is looked for".to_owned(),
                (count, _) => format!("{count} token values, not kept: their GUIDs are looked for"),
            },
        );
        self.screens.back_to_list(&self.shared);
        self.screens.close_user(&mut self.shared);
        self.screens.at = Screen::Tokens;
        if typing {
            self.layers.push(Search { within: SearchIn::Guid, words: Words::default() });
        }
        let text = words(sought.iter().map(|sought| sought.guid));
        self.find_only(SearchIn::Guid, text, BTreeSet::new());
        self.ask(Call::Lookup(sought));
    }

    /// Lists what this search alone finds.
    fn find_only(&mut self, within: SearchIn, text: String, statuses: BTreeSet<Status>) {
        if let Some(search) = self.layers.top_mut::<Search>() {
            *search = Search { within, words: Words::new(text.clone()) };
        }
        self.screens.tokens_mut().list.query.search.clear();
        self.screens.tokens_mut().list.query.guid.clear();
        match within {
            SearchIn::Guid => self.screens.tokens_mut().list.query.guid = text,
            _ => self.screens.tokens_mut().list.query.search = text,
        }
        self.screens.tokens_mut().filters = Filters { statuses, ..Filters::default() };
        self.screens.tokens_mut().renew_dates(&self.shared);
        self.screens.tokens_mut().reload(&mut self.shared);
    }

    /// The backend knows whose values they were, or that they are nobody's here.
    pub(super) fn looked_up(&mut self, sought: &[Sought], result: Answer<Box<LookupAnswer>>) {
        match result {
            Ok(answer) => {
                for found in answer.found.iter().rev() {
                    let whole = sought.iter().any(|s| s.whole && Some(s.guid) == found.guid);
                    self.tell_leak(found, whole);
                }
                if sought.len() > 1 {
                    self.tell_leaks(sought.len(), &answer.found);
                }
                self.show_leaked(sought, &answer.found);
            }
            Err(BackendError { cause: Cause::Refused(Refusal::NotFound { .. }), .. }) => {
                self.say(
                    Kind::Info,
                    match sought {
                        [one] => {
                            let what = if one.whole { "value" } else { "GUID" };
                            format!("Not here: no token that you may see has or had this {what}")
                        }
                        _ => "Not here: no token that you may see has or had one of these values"
                            .to_owned(),
                    },
                );
            }
            Err(error) => {
                self.failed("look for the value", &error);
            }
        }
    }

    /// Lists them, where their GUIDs alone do not: a token has another by now, or was deleted.
    fn show_leaked(&mut self, sought: &[Sought], found: &[LookupMatch]) {
        let went_on =
            self.screens.tokens().list.query.guid != words(sought.iter().map(|sought| sought.guid));
        let current = |found: &LookupMatch| found.token.token.value.map(|value| value.guid);
        let listed = |found: &LookupMatch| {
            current(found) == found.guid && self.status(&found.token) != Status::Deleted
        };
        if went_on || found.iter().all(listed) {
            return;
        }
        let statuses = found.iter().map(|found| self.status(&found.token)).collect();
        match found {
            [one] if current(one).is_none() => {
                self.find_only(SearchIn::Name, one.token.token.name.clone(), statuses);
            }
            _ => self.find_only(SearchIn::Guid, words(found.iter().filter_map(current)), statuses),
        }
    }
}
