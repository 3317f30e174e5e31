//! The dialog with a new value (R112): the one place where a value that can't be
//! shown again is seen. Nothing else of the program holds it.

mod draw;

use ratatui::Frame;

use crate::tui::command::Scope;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::layers::Confirm;
use crate::tui::place::{Place, Seen};
use std::sync::Arc;

use crate::domain::TokenValue;
use crate::tui::deed::Exit;
use crate::tui::guard::Guard;
use crate::wire::TokenView;

/// A new value on screen.
#[derive(Debug)]
pub(crate) struct Issue {
    /// Whose value it is.
    pub(crate) token: Box<TokenView>,
    /// The value. It goes with the dialog.
    pub(crate) value: Arc<TokenValue>,
    /// Whether nothing can show it again.
    pub(crate) once: bool,
    /// Whether it is hidden for now: others may look at the screen.
    pub(crate) masked: bool,
    /// Whether the operator took it somewhere.
    pub(crate) taken: bool,
    /// The button with the focus.
    pub(crate) button: Exit,
    /// Drops keys that come too early.
    pub(crate) guard: Guard,
}

impl Issue {
    /// A value that has just been made.
    pub(crate) fn new(token: Box<TokenView>, value: TokenValue, once: bool) -> Self {
        Self {
            token,
            value: Arc::new(value),
            once,
            masked: false,
            taken: false,
            button: Exit::default(),
            guard: Guard::default(),
        }
    }

    /// Whether closing it would lose the value for good.
    pub(crate) fn would_be_lost(&self) -> bool {
        self.once && !self.taken
    }
}

impl Place for Issue {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Dialog]
    }

    fn gives_way(&self) -> bool {
        false
    }

    fn guard(&self) -> Option<&Guard> {
        Some(&self.guard)
    }

    fn guard_mut(&mut self) -> Option<&mut Guard> {
        Some(&mut self.guard)
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        hints::in_scopes(seen, &[Scope::Dialog])
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        // Not under a question about it: the pieces that stand out would confuse.
        if !seen.layers.is::<Confirm>() {
            draw::draw(seen, self, frame);
        }
    }
}
