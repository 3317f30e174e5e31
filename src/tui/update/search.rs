//! The searches, of all that a token is known by and of GUIDs alone, narrowed while they are
//! typed (R36, R37).

use crossterm::event::KeyCode;

use crate::domain::leak::{self, Leak};
use crate::tui::focus::Focus;
use crate::tui::key::Key;
use crate::tui::line::Words;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::place::Place;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::search::{Search, SearchIn};

impl Screens {
    /// The text that is searched for there.
    fn searched(&mut self, within: SearchIn) -> &mut String {
        match within {
            SearchIn::Name => &mut self.tokens.list.query.search,
            SearchIn::Guid => &mut self.tokens.list.query.guid,
            SearchIn::User => &mut self.users.text,
            SearchIn::Entry => &mut self.shelf.list.query.text,
        }
    }
}

impl Model {
    /// Opens the search of the list on screen, whatever lies beside or over the list:
    /// what closes for it has nothing to lose, and a letter typed next is text.
    pub(super) fn search_from_here(&mut self, wanted: SearchIn) {
        let over_more = !self.layers.iter().all(Place::gives_way);
        if self.form.open.is_some() || over_more {
            self.say(Kind::Refused, "Close what is open first");
            return;
        }
        self.layers.clear();
        self.screens.tokens.show_list_of_user(&self.shared);
        if self.screens.tokens.focus == Focus::Details {
            self.screens.tokens.leave_details(&self.shared);
            // It may have shown a token that is no row of the list.
            self.screens.tokens.follow_later(&mut self.shared);
        }
        let within = match (self.screens.at, wanted) {
            (Screen::Tokens, wanted) => wanted,
            (Screen::Users, SearchIn::Guid) => {
                self.say(Kind::Info, "Users have no GUID: this finds their names, logins and ids");
                SearchIn::User
            }
            (Screen::Users, _) => SearchIn::User,
            (Screen::Catalog, SearchIn::Guid) => {
                self.say(Kind::Info, "Entries have no GUID: this finds their names and ids");
                SearchIn::Entry
            }
            (Screen::Catalog, _) => SearchIn::Entry,
        };
        // The words of the last time may be meant, or others in their place.
        let words = Words::reopened(self.screens.searched(within).clone());
        self.search = Some(Search { within, words });
    }

    /// An open text field has the keys before all others.
    pub(super) fn on_search_key(&mut self, key: Key) {
        let Some(search) = &mut self.search else { return };
        match key.code() {
            KeyCode::Enter => {
                if let Some(leak) = leak::find(search.words.value()) {
                    return self.look_for_leaks(&[leak]);
                }
                let (within, words) = (search.within, search.words.value().trim().to_owned());
                self.search = None;
                self.search_for(within, words);
            }
            KeyCode::Esc => self.clear_search(),
            _ if search.words.take(key) => self.search_as_typed(),
            _ => {}
        }
    }

    pub(super) fn paste_into_search(&mut self, text: &str) {
        let leaks = leak::pasted(text);
        if !leaks.is_empty() {
            return self.look_for_leaks(&leaks);
        }
        let Some(search) = &mut self.search else { return };
        search.words.paste(text);
        self.search_as_typed();
    }

    fn search_as_typed(&mut self) {
        let Some(search) = &self.search else { return };
        let (within, text) = (search.within, search.words.value().to_owned());
        match leak::find(&text) {
            // More of it may be to come, and no part of a secret is asked for.
            Some(Leak::Part(_)) => {}
            Some(leak) => self.look_for_leaks(&[leak]),
            None => self.search_for(within, text),
        }
    }

    fn search_for(&mut self, within: SearchIn, text: String) {
        if text == *self.screens.searched(within) {
            return;
        }
        *self.screens.searched(within) = text;
        match within {
            SearchIn::User => self.screens.users.find_users(&mut self.shared),
            SearchIn::Name | SearchIn::Guid => self.screens.tokens.reload(&mut self.shared),
            SearchIn::Entry => self.screens.shelf.find_entries(&self.shared),
        }
    }

    /// Gives up the search that is open, and what it searched for.
    pub(super) fn clear_search(&mut self) {
        if let Some(search) = self.search.take() {
            self.search_for(search.within, String::new());
        }
    }
}
