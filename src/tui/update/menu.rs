//! The More options menu: opening it, moving in it, taking an entry. A letter of
//! the command table works in it, too.

use crate::tui::layers::Menu;
use crate::tui::layers::menu;
use crate::tui::model::Model;

impl Model {
    /// Opens the menu; in the menu, closes it.
    pub(super) fn open_menu(&mut self) {
        let cursor = menu::first(&self.seen());
        self.layers.push(Menu { cursor });
    }
}
