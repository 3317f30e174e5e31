//! The dialog with a new value: masking it, and leaving it without losing what
//! can't be shown again (R112).

use crate::tui::command::{Command, Scope};
use crate::tui::deed::{Deed, Exit};
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::model::Model;
use crate::tui::overlay::{Confirm, Overlay, Stage};

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
        if let Some(Overlay::Issue(issue)) = self.overlays.last_mut() {
            issue.masked = !issue.masked;
        }
    }

    /// Others may see the screen now: the value stays, but hidden.
    pub(super) fn mask_issue(&mut self) {
        for overlay in &mut self.overlays {
            if let Overlay::Issue(issue) = overlay {
                issue.masked = true;
            }
        }
    }

    /// Leaves the dialog, after a question where the value would be lost.
    pub(super) fn leave_issue(&mut self, exit: Exit) {
        let Some(Overlay::Issue(issue)) = self.overlays.last() else { return };
        if !issue.would_be_lost() {
            return self.drop_issue(exit);
        }
        let text = vec!["Not copied. It can't be shown again. Close?".to_owned()];
        let stage = Stage { text, button: "Close" };
        let account = issue.token.names.account(issue.token.token.account);
        let place = format!("{account}  {}", self.backend());
        let place = crate::text::Safe::line(&place).into_string();
        let dialog = Confirm::new("New value".to_owned(), place, vec![stage], Deed::Leave(exit));
        self.overlays.push(Overlay::Confirm(Box::new(dialog)));
    }

    /// The value goes, and is nowhere any more.
    pub(super) fn drop_issue(&mut self, exit: Exit) {
        if let (Some(Overlay::Issue(issue)), Exit::Details) = (self.overlays.pop(), exit) {
            self.screens.tokens.open_details_of(&mut self.shared, *issue.token);
        }
    }
}
