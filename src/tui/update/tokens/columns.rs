//! Which columns are in sight (R35).

use crate::domain::Column;
use crate::tui::columns;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;

impl Tokens {
    /// Brings the next column on the right or left into sight (R35).
    pub(super) fn scroll_columns(&mut self, shared: &Shared, right: bool) {
        let strip = self.column_strip(shared);
        self.scrolled = match right {
            true if strip.after > 0 => strip.off.len() + 1,
            true => strip.off.len(),
            false => strip.off.len().saturating_sub(1),
        };
    }

    /// A column that is on but has no room gets it; one in sight goes.
    pub(in crate::tui) fn tick_column(&mut self, shared: &mut Shared, column: Column) {
        let on = shared.columns();
        let hides = on.contains(&column) && self.column_strip(shared).has(column);
        let on = if hides { columns::without(&on, column) } else { columns::with(&on, column) };
        if column != Column::Name {
            self.show_columns(shared, Some(on));
        }
    }

    pub(in crate::tui) fn show_columns(&mut self, shared: &mut Shared, on: Option<Vec<Column>>) {
        self.scrolled = 0;
        if on != shared.state.columns {
            shared.remember(Change::Columns(on));
        }
    }
}
