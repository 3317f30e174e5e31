//! What drawing and reasons look at. Nothing can be changed through it.

use std::ops::Deref;

use ratatui::layout::Rect;

use crate::domain::{EntryId, Time, UserId};
use crate::tui::command::Scope;
use crate::tui::focus::Focus;
use crate::tui::key::Key;
use crate::tui::layout::Areas;
use crate::tui::list_view::Sight;
use crate::tui::reach::Age;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crate::wire::TokenView;

use super::{Place, Stack};

/// What drawing and reasons look at: all that is shared, the screens, and what lies over
/// them. Nothing can be changed through it.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Seen<'a> {
    /// What every place may know.
    pub(in crate::tui) shared: &'a Shared,
    /// The screens.
    pub(in crate::tui) screens: &'a Screens,
    /// What lies over the screen.
    pub(in crate::tui) layers: &'a Stack,
    /// Keys of a sequence that waits for its next key.
    pub(in crate::tui) pending: &'a [Key],
}

impl Deref for Seen<'_> {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        self.shared
    }
}

impl<'a> Seen<'a> {
    /// The parts of the screen.
    pub(in crate::tui) fn areas(&self) -> Areas {
        self.screens.areas_in(self.shared, self.shared.area())
    }

    /// The parts of a screen of that size.
    pub(in crate::tui) fn areas_in(&self, area: Rect) -> Areas {
        self.screens.areas_in(self.shared, area)
    }

    /// How much of the list on screen can be seen.
    pub(in crate::tui) fn sight(&self) -> Sight {
        self.shared.sight_of(self.areas())
    }

    /// How far the rows on screen can be relied on, and when they were read.
    pub(in crate::tui) fn age(&self) -> (Age, Option<Time>) {
        self.link.reach.age(self.screens.at)
    }

    /// The token that an action is for.
    pub(in crate::tui) fn target(&self) -> Option<&'a TokenView> {
        self.screens.target()
    }

    /// The user that an action is for, where it is for none of their tokens.
    pub(in crate::tui) fn user_here(&self) -> Option<UserId> {
        let screens = self.screens;
        match screens.at {
            Screen::Tokens => {
                let viewed = screens.tokens().viewed()?;
                screens.tokens().views_general().then_some(viewed.user.user.id)
            }
            Screen::Users => screens.users.list.current().map(|view| view.user.id),
            Screen::Catalog => match screens.shelf.current()? {
                EntryId::User(id) => Some(id),
                EntryId::Account(_)
                | EntryId::Module(_)
                | EntryId::Scope(_)
                | EntryId::Group(_) => None,
            },
        }
    }

    /// Whether an action is for the selected tokens.
    pub(in crate::tui) fn acts_on_selection(&self) -> bool {
        self.screens.acts_on_selection()
    }

    /// Whether tokens are on screen, be they of an account or of a user.
    pub(in crate::tui) fn lists_tokens(&self) -> bool {
        self.screens.lists_tokens()
    }

    /// Where keys are looked up, innermost first.
    pub(in crate::tui) fn scopes(&self) -> &'static [Scope] {
        self.layers.last().map_or_else(|| self.pane_scopes(), |place| place.scopes(self))
    }

    /// Where keys are looked up when nothing lies over the screen.
    pub(in crate::tui) fn pane_scopes(&self) -> &'static [Scope] {
        if let Some(place) = self.layers.whole() {
            return place.scopes(self);
        }
        match self.screens.at {
            Screen::Tokens => self.screens.tokens().token_scopes(),
            Screen::Users => &[Scope::Users, Scope::Act, Scope::List, Scope::Move, Scope::Global],
            Screen::Catalog => {
                &[Scope::Catalog, Scope::Act, Scope::List, Scope::Move, Scope::Global]
            }
        }
    }

    /// Whether there is no step back from here, so that its key is free to stop waiting:
    /// keys typed ahead must not mean something else because an answer is late.
    pub(in crate::tui) fn is_at_top(&self) -> bool {
        let inside = self.screens.tokens().focus == Focus::Details
            || self.screens.tokens().viewed().is_some();
        let ranging = self.screens.tokens().list.selection.range.is_some()
            || self.screens.users.list.selection.range.is_some();
        self.layers.is_empty() && !inside && !ranging && self.backends.opening.is_none()
    }

    /// Whether the backend has not yet said what became of a change.
    pub(in crate::tui) fn owes_answers(&self) -> bool {
        let saving = self.layers.iter().any(Place::is_at_work);
        let at_work = self.screens.users.acting > 0 || self.screens.shelf.acting > 0;
        saving || !self.acting.is_empty() || at_work
    }
}
