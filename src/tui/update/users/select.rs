//! Selecting users: one by one, by range, all that match. Those who are not in
//! memory are asked of the backend; keys typed meanwhile wait.

use crate::backend::Answer;
use crate::domain::UserId;
use crate::tui::call::Call;
use crate::tui::model::{Model, Purpose};
use crate::tui::selection::{Marking, Range};
use crate::tui::users::Users;

impl Users {
    /// The rows that came may have moved the start of a range.
    pub(super) fn find_user_range(&mut self) {
        let Some(range) = &mut self.selection.range else { return };
        if let Some(place) = self.list.place(&range.anchor) {
            range.row = place;
        }
    }
}

impl Model {
    /// Turns the row round and moves on; in a range, ends it.
    pub(super) fn select_user(&mut self) {
        if self.screens.users.selection.range.is_some() {
            return self.end_user_range();
        }
        let Some(id) = self.screens.users.list.current().map(|view| view.user.id) else { return };
        self.screens.users.selection.toggle(id);
        let last = self.screens.users.list.total().saturating_sub(1);
        self.screens.users.go_to_user(
            &mut self.shared,
            self.screens.users.list.cursor.saturating_add(1).min(last),
        );
    }

    /// Starts a range at the cursor, or ends it there.
    pub(super) fn select_user_range(&mut self) {
        if self.screens.users.selection.range.is_some() {
            return self.end_user_range();
        }
        let anchor = self.screens.users.list.current().map(|view| view.user.id);
        let row = self.screens.users.list.cursor;
        self.screens.users.selection.range = anchor.map(|anchor| Range { anchor, row });
    }

    pub(in crate::tui::update) fn end_user_range(&mut self) {
        let here = self.screens.users.list.current().map(|view| view.user.id);
        if let (Some(range), Some(here)) = (self.screens.users.selection.range.take(), here) {
            self.mark_users(Marking::Between(range.anchor, here));
        }
    }

    /// Asks for the ids of all that match, to select among them.
    pub(super) fn mark_users(&mut self, marking: Marking<UserId>) {
        self.screens.users.selection.range = None;
        self.asking = Some(Purpose::MarkUsers(marking));
        let query = Box::new(self.screens.users.list.query.clone());
        self.ask(Call::FoundUsers(query));
    }

    pub(in crate::tui::update) fn users_found(&mut self, result: Answer<Vec<UserId>>) {
        let Some(Purpose::MarkUsers(marking)) = self.asking.take() else { return };
        match result {
            Ok(ids) => {
                self.screens.users.selection.mark(marking, &ids);
                self.take_held();
            }
            Err(error) => {
                self.failed("find the users", &error);
                self.drop_held();
            }
        }
    }
}
