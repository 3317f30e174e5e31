//! What happens on the Catalog screen.

use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::screen::Screen;

impl Model {
    /// Shows what exists before tokens can use it.
    pub(super) fn show_catalog(&mut self) -> Vec<Effect> {
        self.screen = Screen::Catalog;
        vec![]
    }
}
