//! Who has the keys: the dialog, picker or menu on top, else the pane, and which
//! token an action is for. Pure; it changes nothing but hands out what is on top.

use crate::tui::form::FormPlace;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;

use super::command::Scope;
use super::details::Tab;
use super::form::Field;
use super::guard::Guard;
use super::layers::Confirm;
use super::model::Model;
use super::picker::Picker;
use super::place::{Place, Seen};
use super::screen::Screen;

/// Which pane has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Focus {
    /// The list.
    #[default]
    List,
    /// The details pane.
    Details,
}

impl Shared {
    /// The tabs of the details that are shown (R84).
    pub(super) fn tabs(&self) -> Vec<Tab> {
        Tab::shown(&self.state.hidden_tabs)
    }
}

impl Tokens {
    fn token_scopes(&self) -> &'static [Scope] {
        match self.focus {
            // The tabs of a user take the keys that those of the details take.
            Focus::List if self.viewed().is_some() => {
                &[Scope::List, Scope::Details, Scope::Act, Scope::Move, Scope::Global]
            }
            Focus::List => &[Scope::List, Scope::Act, Scope::Move, Scope::Global],
            Focus::Details => &[Scope::Details, Scope::Act, Scope::Move, Scope::Global],
        }
    }
}

impl FormPlace {
    /// Whether letters are typed into the form.
    fn form_takes_text(&self) -> bool {
        let field = self.open.as_ref().and_then(|form| form.sheet.focused());
        field.is_some_and(Field::takes_text)
    }
}

impl Model {
    /// Where keys are looked up, innermost first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        self.seen().scopes()
    }

    /// The dialog on top, if there is one.
    pub(super) fn dialog(&self) -> Option<&Confirm> {
        self.layers.top()
    }

    /// The dialog on top, to change it.
    pub(super) fn dialog_mut(&mut self) -> Option<&mut Confirm> {
        self.layers.top_mut()
    }

    /// Whether keys are typed into a text field.
    pub(super) fn takes_text(&self) -> bool {
        match self.layers.last() {
            Some(place) => place.takes_text(),
            None => self.search.is_some() || self.form.form_takes_text(),
        }
    }

    /// Whether a question or a choice is open that nothing may cover.
    pub(super) fn is_asked(&self) -> bool {
        self.layers.last().is_some_and(Place::asks)
    }

    /// What keeps early keys from the dialog on top.
    pub(super) fn guard(&self) -> Option<&Guard> {
        self.layers.last().and_then(Place::guard)
    }

    /// The same, to change it.
    pub(super) fn guard_mut(&mut self) -> Option<&mut Guard> {
        self.layers.last_mut().and_then(Place::guard_mut)
    }

    /// The picker on top, if there is one.
    pub(super) fn picker(&self) -> Option<&Picker> {
        self.layers.top()
    }

    /// The picker on top, to change it.
    pub(super) fn picker_mut(&mut self) -> Option<&mut Picker> {
        self.layers.top_mut()
    }
}

impl Seen<'_> {
    /// Where keys are looked up, innermost first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        self.layers.last().map_or_else(|| self.pane_scopes(), |place| place.scopes(self))
    }

    /// Where keys are looked up when nothing lies over the screen.
    pub(super) fn pane_scopes(&self) -> &'static [Scope] {
        if self.form.is_some() {
            return &[Scope::Form, Scope::Global];
        }
        match self.screens.at {
            Screen::Tokens => self.screens.tokens.token_scopes(),
            Screen::Users => &[Scope::Users, Scope::Act, Scope::List, Scope::Move, Scope::Global],
            Screen::Catalog => {
                &[Scope::Catalog, Scope::Act, Scope::List, Scope::Move, Scope::Global]
            }
        }
    }

    /// Whether there is no step back from here, so that its key is free to stop waiting:
    /// keys typed ahead must not mean something else because an answer is late.
    pub(super) fn is_at_top(&self) -> bool {
        let covered = !self.layers.is_empty() || self.form.is_some() || self.search.is_some();
        let inside =
            self.screens.tokens.focus == Focus::Details || self.screens.tokens.viewed().is_some();
        let ranging = self.screens.tokens.selection.range.is_some()
            || self.screens.users.selection.range.is_some();
        !covered && !inside && !ranging && self.backends.opening.is_none()
    }

    /// Whether the backend has not yet said what became of a change.
    pub(super) fn owes_answers(&self) -> bool {
        let saving = self.form.is_some_and(|form| form.saving.is_some());
        let at_work = self.screens.users.acting > 0 || self.screens.shelf.acting > 0;
        saving || !self.acting.is_empty() || at_work
    }
}
