//! The More options menu: opening it, moving in it, taking an entry. A letter of
//! the command table works in it, too.

use crate::tui::command::{Command, Scope};
use crate::tui::model::Model;
use crate::tui::overlay::{Overlay, menu};

impl Model {
    /// Opens the menu; in the menu, closes it.
    pub(super) fn open_menu(&mut self) {
        let cursor = menu::first(self);
        self.overlays.push(Overlay::Menu { cursor });
    }

    pub(super) fn move_in_menu(&mut self, to: usize) {
        if let Some(Overlay::Menu { cursor }) = self.overlays.last_mut() {
            *cursor = to;
        }
    }

    pub(super) fn take_entry(&mut self, cursor: usize) {
        if let Some(command) = menu::entries(self).get(cursor) {
            self.run(*command);
        }
    }

    /// A command on tokens, taken from the menu, leaves it first.
    pub(super) fn leave_menu_for(&mut self, command: Command) {
        let in_menu = matches!(self.overlays.last(), Some(Overlay::Menu { .. }));
        if in_menu && matches!(command.row().scope, Scope::Act | Scope::Users) {
            self.overlays.pop();
        }
    }
}
