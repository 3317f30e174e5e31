//! Selecting: one by one, by range, all that match (R50). What concerns rows that
//! are not in memory is asked of the backend; keys typed meanwhile wait.

use crate::backend::Answer;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::list_view::Marking;
use crate::tui::model::{Model, Purpose};
use crate::wire::RowId;

impl Model {
    /// Selects as a command says.
    pub(super) fn select(&mut self, command: Command) {
        let sight = self.sight();
        let marking = self.screens.tokens.list.select(command, sight);
        self.screens.tokens.moved(&mut self.shared);
        self.mark(marking);
    }

    pub(super) fn end_range(&mut self) {
        let marking = self.screens.tokens.list.end_range();
        self.mark(marking);
    }

    /// Asks for the ids of all that match, to select among them.
    fn mark(&mut self, marking: Option<Marking<RowId>>) {
        let Some(marking) = marking else { return };
        self.asking = Some(Purpose::Mark(marking));
        let query = Box::new(self.screens.tokens.list.query.clone());
        self.ask(Call::Found(query));
    }

    pub(super) fn found(&mut self, result: Answer<Vec<RowId>>) {
        let Some(Purpose::Mark(marking)) = self.asking.take() else { return };
        let selection = &mut self.screens.tokens.list.selection;
        let found = result.map(|ids| selection.mark(marking, &ids));
        self.marked("find the tokens", found);
    }

    /// The rows asked for were selected, or could not be found.
    pub(super) fn marked(&mut self, doing: &str, found: Answer<()>) {
        match found {
            Ok(()) => self.take_held(),
            Err(error) => {
                self.failed(doing, &error);
                self.drop_held();
            }
        }
    }
}
