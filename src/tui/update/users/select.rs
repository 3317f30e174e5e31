//! Selecting users: one by one, by range, all that match. Those who are not in
//! memory are asked of the backend; keys typed meanwhile wait.

use crate::backend::Answer;
use crate::domain::UserId;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::list_view::Marking;
use crate::tui::model::{Model, Purpose};

impl Model {
    /// Selects as a command says.
    pub(super) fn select_users(&mut self, command: Command) {
        let marking = self.screens.users.list.select(command, self.shared.sight());
        self.screens.users.ask_if_users_lack(&mut self.shared);
        self.mark_users(marking);
    }

    pub(in crate::tui::update) fn end_user_range(&mut self) {
        let marking = self.screens.users.list.end_range();
        self.mark_users(marking);
    }

    /// Asks for the ids of all that match, to select among them.
    fn mark_users(&mut self, marking: Option<Marking<UserId>>) {
        let Some(marking) = marking else { return };
        self.asking = Some(Purpose::MarkUsers(marking));
        let query = Box::new(self.screens.users.list.query.clone());
        self.ask(Call::FoundUsers(query));
    }

    pub(in crate::tui::update) fn users_found(&mut self, result: Answer<Vec<UserId>>) {
        let Some(Purpose::MarkUsers(marking)) = self.asking.take() else { return };
        let selection = &mut self.screens.users.list.selection;
        let found = result.map(|ids| selection.mark(marking, &ids));
        self.marked("find the users", found);
    }
}
