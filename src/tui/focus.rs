//! Who has the keys: the dialog, picker or menu on top, else the pane, and which
//! token an action is for. Pure; it changes nothing but hands out what is on top.

use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::wire::TokenView;

use super::command::Scope;
use super::details::Tab;
use super::form::Field;
use super::model::Model;
use super::overlay::{Confirm, Entry, Guard, Overlay};
use super::picker::Picker;
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

impl Model {
    /// Where keys are looked up, innermost first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        match (self.overlays.last(), self.screens.tokens.focus) {
            (Some(Overlay::Confirm(dialog)), _) => match dialog.entry {
                Entry::Terms(_) => &[Scope::Choice, Scope::Dialog],
                Entry::Nothing | Entry::Word(_) => &[Scope::Dialog],
            },
            (Some(Overlay::Issue(_)), _) => &[Scope::Dialog],
            (Some(Overlay::Menu { .. }), _) if self.screens.at == Screen::Users => {
                &[Scope::Dialog, Scope::Users, Scope::Act, Scope::Move, Scope::Global]
            }
            (Some(Overlay::Menu { .. }), _) => {
                &[Scope::Dialog, Scope::Act, Scope::Move, Scope::Global]
            }
            (Some(Overlay::Plain(_) | Overlay::Line(_)), _) => &[Scope::Global],
            (Some(Overlay::Jobs { .. }), _) => &[Scope::Jobs, Scope::Move, Scope::Global],
            (Some(Overlay::Unconfirmed { .. }), _) => &[Scope::Open, Scope::Move, Scope::Global],
            (Some(Overlay::Tabs { .. }), _) => &[Scope::Tabs, Scope::Move, Scope::Global],
            (Some(Overlay::Help { .. } | Overlay::Messages { .. } | Overlay::Report { .. }), _) => {
                &[Scope::Move, Scope::Global]
            }
            (Some(Overlay::Entry { .. }), _) => &[Scope::Act, Scope::Move, Scope::Global],
            (Some(Overlay::Picker(_)), _) => &[Scope::Pick, Scope::Move],
            (None, _) => self.pane_scopes(),
        }
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

    /// The dialog on top, if there is one.
    pub(super) fn dialog(&self) -> Option<&Confirm> {
        match self.overlays.last() {
            Some(Overlay::Confirm(confirm)) => Some(confirm),
            _ => None,
        }
    }

    /// The dialog on top, to change it.
    pub(super) fn dialog_mut(&mut self) -> Option<&mut Confirm> {
        match self.overlays.last_mut() {
            Some(Overlay::Confirm(confirm)) => Some(confirm),
            _ => None,
        }
    }

    /// Whether keys are typed into a text field.
    pub(super) fn takes_text(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => picker.finding,
            Some(overlay) => matches!(overlay, Overlay::Line(_)),
            None => self.search.is_some() || self.form_takes_text(),
        }
    }

    /// Whether letters are typed into the form.
    fn form_takes_text(&self) -> bool {
        let field = self.form.as_ref().and_then(|form| form.sheet.focused());
        field.is_some_and(Field::takes_text)
    }

    /// Whether a question or a choice is open that nothing may cover.
    pub(super) fn is_asked(&self) -> bool {
        !matches!(
            self.overlays.last(),
            None | Some(
                Overlay::Help { .. }
                    | Overlay::Messages { .. }
                    | Overlay::Report { .. }
                    | Overlay::Entry { .. }
                    | Overlay::Jobs { .. }
                    | Overlay::Unconfirmed { .. }
                    | Overlay::Issue(_)
                    | Overlay::Plain(_)
            )
        )
    }

    /// What keeps early keys from the dialog on top.
    pub(super) fn guard(&self) -> Option<&Guard> {
        match self.overlays.last() {
            Some(Overlay::Confirm(confirm)) => Some(&confirm.guard),
            Some(Overlay::Issue(issue)) => Some(&issue.guard),
            _ => None,
        }
    }

    /// The same, to change it.
    pub(super) fn guard_mut(&mut self) -> Option<&mut Guard> {
        match self.overlays.last_mut() {
            Some(Overlay::Confirm(confirm)) => Some(&mut confirm.guard),
            Some(Overlay::Issue(issue)) => Some(&mut issue.guard),
            _ => None,
        }
    }

    /// Whether an action is for the selected tokens: in the list, where there are
    /// any. In the details it is for the token they show.
    pub(super) fn acts_on_selection(&self) -> bool {
        self.screens.at == Screen::Tokens && self.screens.tokens.acts_on_selection()
    }

    /// Whether others are selected than the token under the cursor: what is done to one
    /// token would be done to one that nobody selected.
    pub(super) fn selects_others(&self) -> bool {
        self.screens.at == Screen::Tokens && self.screens.tokens.selects_others()
    }

    /// Whether tokens are on screen, be they of an account or of a user.
    pub(super) fn lists_tokens(&self) -> bool {
        self.screens.at == Screen::Tokens && self.screens.tokens.lists_tokens()
    }

    /// The picker on top, if there is one.
    pub(super) fn picker(&self) -> Option<&Picker> {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => Some(picker),
            _ => None,
        }
    }

    /// The picker on top, to change it.
    pub(super) fn picker_mut(&mut self) -> Option<&mut Picker> {
        match self.overlays.last_mut() {
            Some(Overlay::Picker(picker)) => Some(picker),
            _ => None,
        }
    }

    /// The token that actions are for: under the cursor, or in the details.
    pub(super) fn target(&self) -> Option<&TokenView> {
        if self.screens.at == Screen::Tokens { self.screens.tokens.target() } else { None }
    }
}
