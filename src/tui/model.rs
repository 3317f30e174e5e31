//! All that the program knows. Only `update` changes it; `view` reads it.

use std::ops::{Deref, DerefMut};

use crate::domain::Catalogue;
use crate::tui::guard::Guard;
use crate::tui::place::{Place, Stack};
use crate::wire::Session;

use super::command::Scope;
use super::key::Key;
use super::moment::Moment;
use super::options::Options;
use super::place::Seen;
use super::screens::Screens;
use super::shared::Shared;

/// All that the program knows.
#[derive(Debug)]
pub(super) struct Model {
    /// What every place may know.
    pub(super) shared: Shared,
    /// The screens, one of which is the base.
    pub(super) screens: Screens,
    /// Keys of a sequence that waits for its next key.
    pub(super) pending: Vec<Key>,
    pub(super) layers: Stack,
}

impl Model {
    /// The program at its start, before any token is known.
    pub(super) fn new(options: Options, session: Session, catalogue: Catalogue) -> Self {
        Self {
            shared: Shared::new(options, session, catalogue),
            screens: Screens::default(),
            pending: Vec::new(),
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
        }
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
        let screens = self.screens.deadline(&self.shared);
        let plain = self.layers.iter().filter_map(Place::deadline);
        let waits = [self.jobs.due, self.look_at(), self.link.waits.due(self.now)];
        [guard, screens, plain.min(), self.notices.deadline()]
            .into_iter()
            .chain(waits)
            .flatten()
            .min()
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
