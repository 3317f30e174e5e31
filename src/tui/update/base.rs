//! What every screen does for whoever holds the keys: nobody asks which of them is shown.

use crate::tui::command::{Command, Scope};
use crate::tui::moment::Moment;
use crate::tui::news::News;
use crate::tui::place::{Outside, Taken};
use crate::tui::reply::Answered;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;

/// A screen, to those who do not know it. It keeps what it has while another is shown.
pub(super) trait Base {
    /// A command, where nothing over it took that.
    fn run(&mut self, command: Command, outside: &mut Outside<'_>) -> Taken;

    /// One step back within it, if there is one.
    fn leave(&mut self, outside: &mut Outside<'_>) -> Taken;

    /// Another screen is shown in its place.
    fn hide(&mut self, _shared: &Shared) {}

    /// An answer of the backend; it is given back where another asked.
    fn answer(&mut self, answered: Answered, outside: &mut Outside<'_>) -> Option<Answered>;

    /// Something happened that others asked for, or that came by itself.
    fn heed(&mut self, news: &News, outside: &mut Outside<'_>);

    /// Asks for what it shows again: somebody may have changed it.
    fn renew(&mut self, shared: &mut Shared, shown: bool);

    /// The same because the operator asked for it, who is told when it came (R12).
    fn refresh(&mut self, shared: &mut Shared, shown: bool);

    /// The window, or a page, has another size.
    fn settle(&mut self, shared: &mut Shared);

    /// Rows may have come into sight that are not in memory.
    fn fill(&mut self, _shared: &mut Shared) {}

    /// A moment came that it waited for.
    fn due(&mut self, _shared: &mut Shared) {}

    /// When that is.
    fn deadline(&self, _shared: &Shared) -> Option<Moment> {
        None
    }

    /// No secret is to be seen on it any more.
    fn hide_value(&mut self) {}

    /// Whether its rows answer an old question, so that keys for them wait.
    fn waits_for_rows(&self) -> bool {
        false
    }

    /// Whether the row under the cursor is still on its way.
    fn lacks_its_row(&self) -> bool {
        false
    }

    /// Whether a range is being drawn out in it.
    fn draws_range(&self) -> bool {
        false
    }

    /// Where the keys stand that act on its rows, the selected ones among them.
    fn acting_scopes(&self) -> &'static [Scope] {
        &[Scope::Act]
    }

    /// Ends the range that is drawn out; what is within it is selected.
    fn end_range(&mut self, _outside: &mut Outside<'_>) {}

    /// Gives that range up.
    fn drop_range(&mut self) {}

    /// How many rows its list has.
    fn rows(&self) -> usize;

    /// Puts the cursor on one of them, counted from 0.
    fn go_to_row(&mut self, row: usize, shared: &mut Shared);

    /// Whether quitting leaves the program from here, and not only what is open within it.
    fn is_at_top(&self) -> bool {
        true
    }
}

impl Screens {
    /// The one that is shown.
    pub(super) fn shown(&self) -> &dyn Base {
        match self.at {
            Screen::Tokens => self.tokens(),
            Screen::Users => &self.users,
            Screen::Catalog => &self.shelf,
        }
    }

    /// The same, to change it.
    pub(super) fn shown_mut(&mut self) -> &mut dyn Base {
        match self.at {
            Screen::Tokens => self.tokens_mut(),
            Screen::Users => &mut self.users,
            Screen::Catalog => &mut self.shelf,
        }
    }

    /// No secret is to be seen on any of them any more.
    pub(super) fn hide_values(&mut self) {
        for (_, screen) in self.each() {
            screen.hide_value();
        }
    }

    /// When the first of them wants to be called.
    pub(in crate::tui) fn deadline(&self, shared: &Shared) -> Option<Moment> {
        let all: [&dyn Base; 3] = [self.tokens(), &self.users, &self.shelf];
        all.into_iter().filter_map(|screen| screen.deadline(shared)).min()
    }

    /// All, each with whether it is the one that is shown.
    pub(super) fn each(&mut self) -> [(bool, &mut dyn Base); 3] {
        let Self { at, of_account, of_user, users, shelf } = self;
        // Of a user whose tokens are on screen the tabs tell, too.
        let users_shown = *at == Screen::Users || of_user.is_some();
        let tokens = of_user.as_deref_mut().unwrap_or(of_account);
        [(*at == Screen::Tokens, tokens), (users_shown, users), (*at == Screen::Catalog, shelf)]
    }
}
