//! A row of the table of commands: where its keys are in force, which they are, and
//! what footer and help say.

use super::Scope;

/// What the table says of a command.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Where its keys are in force.
    pub scope: Scope,
    /// The keys that ship, each a sequence such as `! r`.
    pub keys: &'static [&'static str],
    /// Its word in the footer; empty where it is not worth the room.
    pub label: &'static str,
    /// Its sentence in the help.
    pub help: &'static str,
    /// Whether it can't be taken back.
    pub danger: bool,
    /// Whether it changes or records something.
    pub writes: bool,
}

impl Row {
    pub(super) const fn new(
        scope: Scope,
        keys: &'static [&'static str],
        label: &'static str,
        help: &'static str,
    ) -> Self {
        Self { scope, keys, label, help, danger: false, writes: false }
    }

    pub(super) const fn writing(self) -> Self {
        Self { writes: true, ..self }
    }

    pub(super) const fn dangerous(self) -> Self {
        Self { danger: true, writes: true, ..self }
    }
}
