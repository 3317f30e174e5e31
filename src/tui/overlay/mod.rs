//! What lies over the screen: a stack, of which the top has the keys.

mod command_line;
mod confirm;
pub(super) mod help;
mod issued;
pub(super) mod menu;
mod plain;
mod terms;
mod word;

use super::bulk::Reason;
use super::picker::Picker;
use crate::domain::JobId;

pub(super) use command_line::CommandLine;
pub(super) use confirm::{Alternative, Button, Confirm, Entry, Guard, Pressed, Stage};
pub(super) use issued::Issue;
pub(super) use plain::Plain;
pub(super) use terms::{Choices, Terms};
pub(super) use word::Word;

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
    /// More options: what can be done with the row or the selection (R51, R56).
    Menu {
        /// The entry under the cursor.
        cursor: usize,
    },
    /// What came of a bulk action, where a message can't say it (R52).
    Report {
        /// How it ended, in one line.
        title: String,
        /// Why some tokens were not changed.
        reasons: Vec<Reason>,
        /// Lines scrolled off its top.
        scroll: usize,
    },
    /// All that is known of the entry under the cursor of the catalogue.
    Entry {
        /// Lines scrolled off its top.
        scroll: usize,
    },
    /// Bulk work: what runs, waits and is done.
    Jobs {
        /// The job under the cursor; none = the first.
        id: Option<JobId>,
    },
    /// The changes that are not known to be done.
    Unconfirmed {
        /// The number of the one under the cursor; none = the first.
        number: Option<u64>,
    },
    /// A new value, this once (R112).
    Issue(Box<Issue>),
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
