//! The searches, of all that a token is known by and of GUIDs alone, narrowed while they are
//! typed (R36, R37).

use crate::tui::focus::Focus;
use crate::tui::layers::Search;
use crate::tui::line::Words;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::place::Place;
use crate::tui::screen::Screen;
use crate::tui::search::SearchIn;

impl Model {
    /// Opens the search of the list on screen, whatever lies beside or over the list:
    /// what closes for it has nothing to lose, and a letter typed next is text.
    pub(super) fn search_from_here(&mut self, wanted: SearchIn) {
        let over_more = !self.layers.iter().all(Place::gives_way);
        if over_more {
            self.say(Kind::Refused, "Close what is open first");
            return;
        }
        self.layers.clear();
        self.screens.tokens_mut().show_list_of_user(&self.shared);
        if self.screens.tokens().focus == Focus::Details {
            self.screens.tokens_mut().leave_details(&self.shared);
            // It may have shown a token that is no row of the list.
            self.screens.tokens_mut().follow_later(&mut self.shared);
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
        self.layers.push(Search { within, words });
    }
}
