//! All that the program knows. Only `update` changes it; `view` reads it.

use std::ops::{Deref, DerefMut};

use ratatui::layout::Rect;

use crate::domain::{Catalogue, UserId};
use crate::tui::guard::Guard;
use crate::tui::place::{Place, Stack};
use crate::wire::{RowId, Session};

use super::command::Scope;
use super::input::Input;
use super::key::Key;
use super::layout::Areas;
use super::list_view::{Marking, Sight};
use super::moment::Moment;
use super::options::Options;
use super::orders::Order;
use super::place::Seen;
use super::screens::Screens;
use super::shared::Shared;

/// What is done with the answer that keys typed meanwhile have to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Tokens are selected.
    Mark(Marking<RowId>),
    /// Work on many is confirmed.
    Confirm,
    /// Users are selected.
    MarkUsers(Marking<UserId>),
    /// A requested token is accepted, after a question where it replaces others.
    Accept(Order),
}

/// All that the program knows.
#[derive(Debug)]
pub(super) struct Model {
    /// What every place may know.
    pub(super) shared: Shared,
    /// The screens, one of which is the base.
    pub(super) screens: Screens,
    pub(super) asking: Option<Purpose>,
    /// Keys of a sequence that waits for its next key.
    pub(super) pending: Vec<Key>,
    /// Keys that wait for the rows of the query now asked.
    pub(super) held: Vec<Input>,
    pub(super) layers: Stack,
}

impl Model {
    /// The program at its start, before any token is known.
    pub(super) fn new(options: Options, session: Session, catalogue: Catalogue) -> Self {
        Self {
            shared: Shared::new(options, session, catalogue),
            screens: Screens::default(),
            asking: None,
            pending: Vec::new(),
            held: Vec::new(),
            layers: Stack::default(),
        }
    }

    /// What drawing and reasons look at.
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen {
            shared: &self.shared,
            screens: &self.screens,
            layers: &self.layers,
            pending: &self.pending,
            asking: self.asking.is_some(),
        }
    }

    /// The parts of the screen.
    pub(super) fn areas(&self) -> Areas {
        self.areas_in(self.area())
    }

    /// The parts of a screen of that size.
    pub(super) fn areas_in(&self, area: Rect) -> Areas {
        self.screens.areas_in(&self.shared, area)
    }

    /// How much of the list on screen can be seen.
    pub(super) fn sight(&self) -> Sight {
        self.sight_of(self.areas())
    }

    /// Whether something is under way that leaving has to wait for.
    pub(super) fn is_at_work(&self) -> bool {
        self.unkept.writing || !self.unkept.changes.is_empty() || self.owes_answers()
    }

    /// Whether the backend has not yet said what became of a change.
    pub(super) fn owes_answers(&self) -> bool {
        self.seen().owes_answers()
    }

    /// When `update` wants to be called even if nothing happens.
    pub(super) fn deadline(&self) -> Option<Moment> {
        let guard = self.layers.guard().and_then(|guard| guard.deadline(self.now));
        let hide = self.screens.tokens.details.shown.as_ref().map(|shown| shown.until);
        let plain = self.layers.iter().filter_map(Place::deadline);
        let dates = [
            self.screens.tokens.details.follow_at,
            self.screens.tokens.status_due,
            self.screens.tokens.overlap_ends(&self.shared),
        ];
        let waits = [self.jobs.due, self.look_at(), self.link.waits.due(self.now)];
        let waits = dates.into_iter().chain(waits);
        [guard, hide, plain.min(), self.notices.deadline()].into_iter().chain(waits).flatten().min()
    }

    /// Whether `update` wants to know when the next frame was drawn.
    pub(super) fn awaits_drawing(&self) -> bool {
        self.layers.guard().is_some_and(Guard::awaits_drawing)
    }
}

impl Model {
    /// Where keys are looked up, innermost first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        self.seen().scopes()
    }

    /// Whether keys are typed into a text field.
    pub(super) fn takes_text(&self) -> bool {
        self.layers.last().is_some_and(Place::takes_text)
    }
}

impl Deref for Model {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl DerefMut for Model {
    fn deref_mut(&mut self) -> &mut Shared {
        &mut self.shared
    }
}
