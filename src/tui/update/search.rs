//! The searches by name and GUID, narrowed while they are typed (R36, R37).

use crossterm::event::KeyCode;
use tui_input::Input as LineInput;

use crate::domain::leak::{self, Leak};
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::line;
use crate::tui::model::{Model, Search, SearchIn};

impl Model {
    pub(super) fn open_search(&mut self, within: SearchIn) -> Vec<Effect> {
        let line = LineInput::new(self.searched(within).clone());
        self.search = Some(Search { within, line });
        vec![]
    }

    /// The text that is searched for there.
    fn searched(&mut self, within: SearchIn) -> &mut String {
        match within {
            SearchIn::Name => &mut self.list.query.text,
            SearchIn::Guid => &mut self.list.query.guid,
            SearchIn::User => &mut self.users.text,
            SearchIn::Entry => &mut self.shelf.list.query.text,
        }
    }

    /// An open text field has the keys before all others.
    pub(super) fn on_search_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(search) = &mut self.search else { return vec![] };
        match key.code() {
            KeyCode::Enter => {
                if let Some(leak) = leak::find(search.line.value()) {
                    return self.look_for_leak(leak);
                }
                let (within, words) = (search.within, search.line.value().trim().to_owned());
                self.search = None;
                self.search_for(within, words)
            }
            KeyCode::Esc => self.clear_search(),
            _ if line::take(&mut search.line, key) => self.search_as_typed(),
            _ => vec![],
        }
    }

    pub(super) fn paste_into_search(&mut self, text: &str) -> Vec<Effect> {
        let leaks = leak::pasted(text);
        if !leaks.is_empty() {
            return self.look_for_leaks(&leaks);
        }
        let Some(search) = &mut self.search else { return vec![] };
        line::paste(&mut search.line, text);
        self.search_as_typed()
    }

    fn search_as_typed(&mut self) -> Vec<Effect> {
        let Some(search) = &self.search else { return vec![] };
        let (within, text) = (search.within, search.line.value().to_owned());
        match leak::find(&text) {
            // More of it may be to come, and no part of a secret is asked for.
            Some(Leak::Part(_)) => vec![],
            Some(leak) => self.look_for_leak(leak),
            None => self.search_for(within, text),
        }
    }

    fn search_for(&mut self, within: SearchIn, text: String) -> Vec<Effect> {
        if text == *self.searched(within) {
            return vec![];
        }
        *self.searched(within) = text;
        match within {
            SearchIn::User => self.find_users(),
            SearchIn::Name | SearchIn::Guid => self.reload(),
            SearchIn::Entry => self.find_entries(),
        }
    }

    /// Gives up the search that is open, and what it searched for.
    pub(super) fn clear_search(&mut self) -> Vec<Effect> {
        match self.search.take() {
            Some(search) => self.search_for(search.within, String::new()),
            None => vec![],
        }
    }
}
