//! What lies over the screen: a stack, of which the top has the keys.

mod confirm;
pub(super) mod help;
mod plain;

pub(super) use confirm::{Button, Confirm, Pressed, Stage};
pub(super) use plain::Plain;

/// One thing over the screen.
#[derive(Debug)]
pub(super) enum Overlay {
    /// The keys in force and the words of other products (R13).
    Help {
        /// Lines scrolled off its top.
        scroll: usize,
    },
    /// The messages so far.
    Messages {
        /// Lines scrolled off its top.
        scroll: usize,
    },
    /// A question that has to be answered before something is done.
    Confirm(Box<Confirm>),
    /// A text by itself, to be copied by hand.
    Plain(Plain),
}
