//! Selecting: one by one, by range, all that match (R50). What concerns rows that
//! are not in memory is asked of the backend; keys typed meanwhile wait.

use crate::backend::Answer;
use crate::tui::call::Call;
use crate::tui::model::{Model, Purpose};
use crate::tui::screens::tokens::Tokens;
use crate::tui::selection::{Marking, Range};
use crate::wire::RowId;

impl Tokens {
    pub(super) fn select_none(&mut self) {
        self.selection.clear();
    }

    /// The rows that came may have moved the start of a range.
    pub(super) fn find_range(&mut self) {
        let Some(range) = &mut self.selection.range else { return };
        let page = &self.list.page;
        let place = page.tokens.iter().position(|view| view.token.id == range.anchor);
        if let Some(place) = place {
            range.row = page.offset + place;
        }
    }
}

impl Model {
    /// Turns the row round and moves on; in a range, ends it.
    pub(super) fn select(&mut self) {
        if self.screens.tokens.selection.range.is_some() {
            return self.end_range();
        }
        let Some(id) = self.screens.tokens.list.current().map(|view| view.token.id.clone()) else {
            return;
        };
        self.screens.tokens.selection.toggle(id);
        let last = self.screens.tokens.list.total().saturating_sub(1);
        self.screens
            .tokens
            .go_to(&mut self.shared, self.screens.tokens.list.cursor.saturating_add(1).min(last));
    }

    /// Starts a range at the cursor, or ends it there.
    pub(super) fn select_range(&mut self) {
        if self.screens.tokens.selection.range.is_some() {
            return self.end_range();
        }
        let anchor = self.screens.tokens.list.current().map(|view| view.token.id.clone());
        let row = self.screens.tokens.list.cursor;
        self.screens.tokens.selection.range = anchor.map(|anchor| Range { anchor, row });
    }

    pub(super) fn end_range(&mut self) {
        let here = self.screens.tokens.list.current().map(|view| view.token.id.clone());
        if let (Some(range), Some(here)) = (self.screens.tokens.selection.range.take(), here) {
            self.mark(Marking::Between(range.anchor, here));
        }
    }

    /// Asks for the ids of all that match, to select among them.
    pub(super) fn mark(&mut self, marking: Marking) {
        self.screens.tokens.selection.range = None;
        self.asking = Some(Purpose::Mark(marking));
        let query = Box::new(self.screens.tokens.list.query.clone());
        self.ask(Call::Found(query));
    }

    pub(super) fn found(&mut self, result: Answer<Vec<RowId>>) {
        let Some(Purpose::Mark(marking)) = self.asking.take() else { return };
        match result {
            Ok(ids) => {
                self.screens.tokens.selection.mark(marking, &ids);
                self.take_held();
            }
            Err(error) => {
                self.failed("find the tokens", &error);
                self.drop_held();
            }
        }
    }
}
