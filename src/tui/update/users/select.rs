//! Selecting users: one by one, by range, all that match. Those who are not in
//! memory are asked of the backend; keys typed meanwhile wait.

use crate::backend::Answer;
use crate::domain::UserId;
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::list_view::Marking;
use crate::tui::purpose::Purpose;
use crate::tui::shared::Shared;
use crate::tui::users::Users;

impl Users {
    /// Selects as a command says.
    pub(super) fn select(&mut self, command: Command, shared: &mut Shared) {
        let marking = self.list.select(command, shared.sight());
        self.ask_if_users_lack(shared);
        self.mark(marking, shared);
    }

    /// Asks for the ids of all that match, to select among them.
    pub(super) fn mark(&mut self, marking: Option<Marking<UserId>>, shared: &mut Shared) {
        let Some(marking) = marking else { return };
        shared.asking = Some(Purpose::MarkUsers(marking));
        shared.ask(Call::FoundUsers(Box::new(self.list.query.clone())));
    }

    pub(super) fn found(&mut self, result: Answer<Vec<UserId>>, shared: &mut Shared) {
        let Some(Purpose::MarkUsers(marking)) = shared.asking.take() else { return };
        let selection = &mut self.list.selection;
        shared.marked("find the users", result.map(|ids| selection.mark(marking, &ids)));
    }
}
