//! Keys that wait for their rows. After a search, the rows on screen still answer
//! the old question until the new answer comes; on a laggy link whole commands are
//! typed meanwhile. They must not act on a row that is about to go, so they are
//! held, in their order, and taken once the rows are there.

use crossterm::event::KeyCode;

use crate::backend::Answer;
use crate::tui::command::{Command, Scope};
use crate::tui::input::Input;
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::layers::CommandLine;
use crate::tui::model::Model;
use crate::tui::shared::Shared;

/// More keys than anybody types in the time an answer may take.
const MOST: usize = 256;

impl Shared {
    /// The rows asked for were selected, or could not be found.
    pub(super) fn marked(&mut self, doing: &str, found: Answer<()>) {
        if let Err(error) = found {
            self.failed(doing, &error);
            self.drop_held();
        }
    }

    /// No rows came: what was typed for them is dropped. Says whether there was any.
    pub(super) fn drop_held(&mut self) -> bool {
        !std::mem::take(&mut self.held).is_empty()
    }
}

impl Model {
    /// Holds a key back if it must wait; Esc gives up what is held.
    pub(super) fn holds(&mut self, input: &Input) -> bool {
        let Input::Key(event) = input else { return false };
        let unsettled = self.awaits_rows();
        if !unsettled && !self.lacks_its_row() {
            return false;
        }
        let key = Key::from(*event);
        if self.goes_ahead(key) || (!unsettled && self.needs_no_row(key)) {
            return false;
        }
        if self.held.len() < MOST {
            self.held.push(input.clone());
        }
        true
    }

    /// Whether an answer is under way that keys have to wait for: the rows of what is
    /// listed now, or what a command asked about them.
    pub(in crate::tui) fn awaits_rows(&self) -> bool {
        self.screens.shown().waits_for_rows() || self.asking.is_some()
    }

    /// Rows of a range bear the mark of selected ones while it is drawn out, so an
    /// action is for them too: it ends the range first and waits for its tokens.
    pub(super) fn ends_range(&mut self, input: &Input) -> bool {
        let Input::Key(event) = input else { return false };
        let elsewhere = !self.layers.is_empty();
        let busy = self.awaits_rows() || !self.pending.is_empty();
        if !self.screens.shown().draws_range() || elsewhere || busy {
            return false;
        }
        let acts = self.keymap.look_up(self.screens.shown().acting_scopes(), &[Key::from(*event)]);
        if acts == Lookup::Unknown {
            return false;
        }
        self.held.push(input.clone());
        self.on_screen(|screen, outside| screen.end_range(outside));
        true
    }

    /// Whether the row under the cursor is still on its way.
    fn lacks_its_row(&self) -> bool {
        self.layers.is_empty() && self.screens.shown().lacks_its_row()
    }

    /// Whether a key does the same whatever row is under the cursor: moving on, say.
    fn needs_no_row(&self, key: Key) -> bool {
        if !self.held.is_empty() || !self.pending.is_empty() {
            return false;
        }
        match self.keymap.look_up(self.scopes(), &[key]) {
            Lookup::Found(command) => {
                let on_row =
                    matches!(command, Command::Open | Command::Select | Command::SelectRange);
                command.row().scope != Scope::Act && !on_row
            }
            Lookup::Prefix => self.keymap.look_up(&[Scope::Act], &[key]) == Lookup::Unknown,
            Lookup::Unknown => true,
        }
    }

    /// Whether a key may act before the rows are there.
    fn goes_ahead(&mut self, key: Key) -> bool {
        // What a line asks for is done to a row, but typing it is not.
        let runs_line = self.layers.is::<CommandLine>() && key.code() == KeyCode::Enter;
        let taken_elsewhere = (!self.layers.is_empty() && !runs_line) || self.is_too_small();
        let anywhere = self.keymap.look_up(&[Scope::Global], &[key]);
        match anywhere {
            Lookup::Found(Command::Back | Command::Interrupt) => {
                self.held.clear();
                self.asking = None;
                true
            }
            Lookup::Found(Command::Suspend | Command::Repaint) => true,
            _ if !self.held.is_empty() => false,
            Lookup::Found(_) => true,
            Lookup::Prefix | Lookup::Unknown => taken_elsewhere,
        }
    }

    /// The rows are there: takes what was held, in its order.
    pub(super) fn take_held(&mut self) {
        let held = std::mem::take(&mut self.held);
        for input in held {
            self.on_input(input);
        }
    }
}
