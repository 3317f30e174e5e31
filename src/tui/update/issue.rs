//! The dialog with a new value: masking it, and leaving it without losing what
//! can't be shown again (R112).

use crate::tui::command::{Command, Scope};
use crate::tui::deed::{Deed, Exit};
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::layers::Confirm;
use crate::tui::layers::Issue;
use crate::tui::model::Model;
use crate::tui::stage::Stage;

impl Model {
    /// Like any dialog it swallows what it does not know, and what comes too early;
    /// besides, it takes the key that shows and hides a value.
    pub(super) fn on_issue_key(&mut self, key: Key) {
        let now = self.now;
        if !self.guard_mut().is_some_and(|guard| guard.admits(now)) {
            return;
        }
        if let Lookup::Found(command) = self.keymap.look_up(self.scopes(), &[key]) {
            return self.run(command);
        }
        match self.keymap.look_up(&[Scope::Act], &[key]) {
            Lookup::Found(Command::ToggleValue) => self.toggle_mask(),
            Lookup::Found(Command::CopyValue) => self.copy_issue(),
            _ => {
                if let Some(guard) = self.guard_mut() {
                    guard.startle(now);
                }
            }
        }
    }

    fn toggle_mask(&mut self) {
        if let Some(issue) = self.layers.top_mut::<Issue>() {
            issue.masked = !issue.masked;
        }
    }

    /// Others may see the screen now: the value stays, but hidden.
    pub(super) fn mask_issue(&mut self) {
        for issue in self.layers.each_mut::<Issue>() {
            issue.masked = true;
        }
    }

    /// Leaves the dialog, after a question where the value would be lost.
    pub(super) fn leave_issue(&mut self, exit: Exit) {
        let Some(issue) = self.layers.top::<Issue>() else { return };
        if !issue.would_be_lost() {
            return self.drop_issue(exit);
        }
        let text = vec!["Not copied. It can't be shown again. Close?".to_owned()];
        let stage = Stage { text, button: "Close" };
        let account = issue.token.names.account(issue.token.token.account);
        let place = format!("{account}  {}", self.backend());
        let place = crate::text::Safe::line(&place).into_string();
        let dialog = Confirm::new("New value".to_owned(), place, vec![stage], Deed::Leave(exit));
        self.layers.push(dialog);
    }

    /// The value goes, and is nowhere any more.
    pub(super) fn drop_issue(&mut self, exit: Exit) {
        if let (Some(issue), Exit::Details) = (self.layers.take::<Issue>(), exit) {
            self.screens.tokens.open_details_of(&mut self.shared, *issue.token);
        }
    }
}
