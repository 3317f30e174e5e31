//! What a command is where the operator is. Keys, footer, menus, help and the command line
//! ask it here, and get the same answer.

use crate::domain::Verb;
use crate::text::safe_line;
use crate::wire::{Abilities, Ability, Can};

use super::command::{Command, Scope};
use super::form::Form;
use super::needs::{Ground, ability_of};
use super::offer::Offer;
use super::place::Seen;
use super::screen::Screen;
use super::users::UserTab;

impl Seen<'_> {
    /// What a command is here. What no place has is absent, whatever forbids it besides.
    pub(super) fn offers(&self, command: Command) -> Offer {
        self.offers_under(command, 0)
    }

    /// The same of what lies under so many of the places over the screen.
    pub(super) fn offers_under(&self, command: Command, over: usize) -> Offer {
        match self.placed(command, over) {
            Offer::Absent => Offer::Absent,
            offer => self.forbids(command).map_or(offer, Offer::Refused),
        }
    }

    /// The same of the screen that is shown, whatever lies over it.
    pub(super) fn offers_on_screen(&self, command: Command) -> Offer {
        match self.on_screen(command) {
            Offer::Absent => Offer::Absent,
            offer => self.forbids(command).map_or(offer, Offer::Refused),
        }
    }

    /// Why a command is not done, in words; none where it is, or where nothing is to be said.
    pub(super) fn refusal(&self, command: Command) -> Option<String> {
        self.forbids(command).or_else(|| match self.placed(command, 0) {
            Offer::Here => None,
            Offer::Refused(why) => Some(why),
            Offer::Absent => self.elsewhere(command),
        })
    }

    /// Why the backend can't do what a command asks for, in its own sentence or in that of
    /// the row under the cursor; none where it can.
    pub(super) fn lack(&self, command: Command) -> Option<String> {
        let whole = self.layers.whole().filter(|_| command.section() == Scope::List);
        // What a screen over the others does itself asks nothing of these.
        if whole.is_some_and(|place| place.offers(command, self.shared) != Offer::Absent) {
            return None;
        }
        let ability = ability_of(command, self.ground())?;
        let one = self.lists_tokens() && !self.acts_on_selection();
        let row = self.target().filter(|_| one).map(|view| &view.abilities);
        let (said, nothing) = (&self.session.abilities, Abilities::default());
        let edited = self.layers.top::<Form>().and_then(Form::edited);
        // In an edit another GUID is another value.
        let edited = edited.filter(|_| command == Command::NewGuid);
        let renewed = edited.map(|view| said.narrowed(&view.abilities, Ability::Regenerate));
        let why = said.narrowed(row.unwrap_or(&nothing), ability).refusal();
        // The sentence is a server's, and is drawn as it is.
        why.or(renewed.and_then(Can::refusal)).map(safe_line)
    }

    /// Why a command can't be done wherever it is given: by the settings or the backend.
    pub(super) fn forbids(&self, command: Command) -> Option<String> {
        let screens = self.screens;
        // Hiding is for the value on screen, and asks for nothing.
        let hides = screens.at == Screen::Tokens && screens.tokens().shows_value();
        if command == Command::ToggleValue && hides {
            return None;
        }
        let held = if command.row().writes { self.held() } else { None };
        held.or_else(|| self.lack(command))
    }

    /// What the places say, from the top down without so many: what one does not have it may
    /// leave to those under it.
    fn placed(&self, command: Command, without: usize) -> Offer {
        use Command::{Help, Interrupt, Repaint, Suspend};
        if matches!(command, Help | Interrupt | Repaint | Suspend) {
            // No place keeps these from the operator.
            return Offer::Here;
        }
        for place in self.layers.downwards().skip(without) {
            match place.offers(command, self.shared) {
                Offer::Absent if !place.passes(command, self) => return Offer::Absent,
                // What is everywhere only the top may keep.
                Offer::Absent if command.row().scope == Scope::Global => {
                    return self.on_screen(command);
                }
                Offer::Absent => {}
                offer => return offer,
            }
        }
        self.on_screen(command)
    }

    /// What the screen says, and then what is everywhere.
    fn on_screen(&self, command: Command) -> Offer {
        let (screens, scope) = (self.screens, command.row().scope);
        if !self.pane_scopes().contains(&scope) {
            return Offer::Absent;
        }
        let offer = match screens.at {
            Screen::Tokens => screens.tokens().offers(command, self.shared),
            Screen::Users => screens.users.offers(command, self.shared),
            Screen::Catalog => screens.shelf.offers(command, self.shared),
        };
        match (offer, command) {
            (Offer::Absent, Command::Users) => Offer::unless(self.unpermitted()),
            (Offer::Absent, _) => Offer::of(scope == Scope::Global),
            (offer, _) => offer,
        }
    }

    /// Where what is not here is to be had.
    fn elsewhere(&self, command: Command) -> Option<String> {
        let key = |command| self.keymap.first_key_of(command);
        // A list over the screens has keys of its own, and no part in what theirs are for.
        let whole = self.layers.whole().filter(|place| place.scopes(self).contains(&Scope::List));
        if let Some(place) = whole.filter(|_| command.row().scope != Scope::Global) {
            return Some(format!("Not for {}: {} leaves it", place.called(), key(Command::Back)));
        }
        Some(match (command.row().scope, self.screens.at) {
            // Of what lies over a screen, and of every one: there is nowhere else to go to.
            (
                Scope::Form
                | Scope::Global
                | Scope::Dialog
                | Scope::Choice
                | Scope::Pick
                | Scope::Tabs
                | Scope::Jobs
                | Scope::Open,
                _,
            ) => return None,
            (Scope::Users, _) => "Show the users first".to_owned(),
            (Scope::Details, _) => "Open the details first".to_owned(),
            (Scope::Catalog, _) => "Show the catalogue first".to_owned(),
            (_, Screen::Tokens) if self.screens.tokens().views_general() => {
                format!("Go to the tab {} first", UserTab::Tokens)
            }
            (Scope::List | Scope::Act | Scope::Move, Screen::Tokens) => {
                "Go back to the list first".to_owned()
            }
            (Scope::List | Scope::Act | Scope::Move, Screen::Users) => {
                format!("That is for a token: {} opens the user's", key(Command::Open))
            }
            (Scope::List | Scope::Act | Scope::Move, Screen::Catalog) => {
                format!("Not for the catalogue: {} shows the tokens", key(Command::Tokens))
            }
        })
    }

    fn ground(&self) -> Ground {
        let (view, many) = (self.target(), self.acts_on_selection());
        Ground {
            screen: self.screens.at,
            general: self.screens.tokens().views_general(),
            many,
            others: self.screens.tokens().selects_others(),
            switch: view.map_or(Verb::Disable, |view| self.switching(view)),
            revoke: view.filter(|_| !many).map_or(Verb::Revoke, |view| self.revoking(view)),
        }
    }
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
        let said = model.seen().refusal(Command::Edit).unwrap_or_default();
        let odd = |letter: char| letter.is_control() || letter == '\u{202e}';
        assert!(said.starts_with("No") && !said.contains(odd), "{said:?}");
    }

    #[test]
    fn each_command_is_refused_where_the_backend_lacks_what_it_takes() {
        for screen in [Screen::Tokens, Screen::Users, Screen::Catalog] {
            for command in Command::all() {
                let mut model = model();
                model.screens.at = screen;
                let Some(ability) = ability_of(command, model.seen().ground()) else { continue };
                model.session.abilities = Abilities::default().with(ability, Can::no(SENTENCE));
                let reason = model.seen().refusal(command);
                assert_eq!(reason.as_deref(), Some(SENTENCE), "{command}");
            }
        }
    }

    #[test]
    fn a_row_refuses_for_itself_alone() {
        let mut model = model();
        let lacks = Abilities::default().with(Ability::Regenerate, Can::no(SENTENCE));
        let mut rows = model.screens.tokens().list.rows().to_vec();
        rows.iter_mut().take(1).for_each(|row| row.abilities = lacks.clone());
        let listed = listed(&model, rows);
        model.update(listed, second(2));
        assert_eq!(model.seen().refusal(Command::Regenerate).as_deref(), Some(SENTENCE));
        model.screens.tokens_mut().list.cursor = 1;
        assert_eq!(model.seen().refusal(Command::Regenerate), None);
    }
}
