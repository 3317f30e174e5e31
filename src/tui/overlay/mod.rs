//! What lies over the screen: a stack, of which the top has the keys.

mod command_line;
mod confirm;
pub(super) mod help;
mod plain;

use super::picker::Picker;

pub(super) use command_line::CommandLine;
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
    /// A list to choose from.
    Picker(Box<Picker>),
    /// A question that has to be answered before something is done.
    Confirm(Box<Confirm>),
    /// Which tabs the details have.
    Tabs {
        /// The tab under the cursor, counted from the first of all.
        cursor: usize,
    },
    /// The command line.
    Line(Box<CommandLine>),
    /// A text by itself, to be copied by hand.
    Plain(Plain),
}
