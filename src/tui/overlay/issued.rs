//! The dialog with a new value (R112): the one place where a value that can't be
//! shown again is seen. Nothing else of the program holds it.

use std::sync::Arc;

use super::confirm::Guard;
use crate::domain::TokenValue;
use crate::tui::deed::Exit;
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
