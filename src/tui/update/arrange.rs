//! How the list is laid out: rows of a page, and the columns in sight.

use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::state::Change;

impl Model {
    /// The next of the page sizes (R46). The cursor stays on its token.
    pub(super) fn cycle_page_size(&mut self) -> Vec<Effect> {
        let size = self.options.page_size.next();
        self.options.page_size = size;
        self.settle_list();
        // The one of the settings is not remembered, so that they count again.
        let kept = Some(size).filter(|size| *size != self.configured_page_size);
        let mut effects = self.ask_if_rows_lack();
        effects.extend(self.remember(Change::PageSize(kept)));
        effects
    }

    /// Brings the next column on the right or left into sight (R35).
    pub(super) fn scroll_columns(&mut self, right: bool) -> Vec<Effect> {
        let strip = self.column_strip();
        self.scrolled = match right {
            true if strip.after > 0 => strip.before + 1,
            true => strip.before,
            false => strip.before.saturating_sub(1),
        };
        vec![]
    }

    fn settle_list(&mut self) {
        let sight = self.sight();
        self.list.settle(sight);
        self.clamp_scroll();
    }
}
