//! How the list is laid out: rows of a page, and the columns in sight.

use crate::domain::Column;
use crate::tui::columns;
use crate::tui::model::Model;
use crate::tui::screen::Screen;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;

impl Tokens {
    /// Brings the next column on the right or left into sight (R35).
    pub(super) fn scroll_columns(&mut self, shared: &Shared, right: bool) {
        let strip = self.column_strip(shared);
        self.scrolled = match right {
            true if strip.after > 0 => strip.before + 1,
            true => strip.before,
            false => strip.before.saturating_sub(1),
        };
    }

    /// A column that is on but has no room gets it; one in sight goes.
    pub(in crate::tui) fn tick_column(&mut self, shared: &mut Shared, column: Column) {
        let on = shared.columns();
        let hides = on.contains(&column) && self.column_strip(shared).has(column);
        let on = if hides { columns::without(&on, column) } else { columns::with(&on, column) };
        if column == Column::Name {
        } else {
            self.show_columns(shared, Some(on));
        }
    }

    pub(in crate::tui) fn show_columns(&mut self, shared: &mut Shared, on: Option<Vec<Column>>) {
        self.scrolled = 0;
        if on == shared.state.columns {
        } else {
            shared.remember(Change::Columns(on));
        }
    }
}

impl Model {
    /// The next of the page sizes (R46). The cursor stays on its token.
    pub(super) fn cycle_page_size(&mut self) {
        let size = self.options.page_size.next();
        self.options.page_size = size;
        self.settle_list();
        // The one of the settings is not remembered, so that they count again.
        let kept = Some(size).filter(|size| *size != self.configured_page_size);
        self.screens.tokens.ask_if_rows_lack(&mut self.shared);
        if self.screens.at == Screen::Users {
            self.screens.users.ask_if_users_lack(&mut self.shared);
        }
        self.remember(Change::PageSize(kept));
    }

    fn settle_list(&mut self) {
        let sight = self.sight();
        self.screens.tokens.list.settle(sight);
        self.screens.users.list.settle(sight);
        self.clamp_scroll();
    }
}
