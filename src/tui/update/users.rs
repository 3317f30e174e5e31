//! What happens on the Users screen.

use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::screen::Screen;

impl Model {
    /// Shows the users and what they hold.
    pub(super) fn show_users(&mut self) -> Vec<Effect> {
        self.screen = Screen::Users;
        vec![]
    }
}
