//! One line of a picker, and what choosing it means.

use crate::domain::{
    AccountId, Column, EventAction, ModuleId, Receiver, Role, ScopeId, Status, UserId,
};
use crate::text::has_words;
use crate::wire::{HoldingFilter, UserColumn};

/// What an entry stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Choice {
    /// A column to show.
    Column(Column),
    /// The columns as at first.
    UsualColumns,
    /// A column to sort by.
    Sort(Column),
    /// An account, or all of the operator's.
    Account(Option<AccountId>),
    /// A backend, by its place among them.
    Backend(usize),
    /// A view, by its place among them.
    View(usize),
    /// Every status but Deleted.
    AnyStatus,
    /// Every status but Active and Deleted.
    Inactive,
    /// A status.
    Status(Status),
    /// A scope.
    Scope(ScopeId),
    /// A module.
    Module(ModuleId),
    /// A length of time to type: until the end.
    Expires,
    /// A length of time to type: since the last use.
    Unused,
    /// Only what was never used.
    NeverUsed,
    /// Terms of the query language to type.
    Terms,
    /// Whom it was issued to, to type.
    Owner,
    /// Who made it, to type.
    MadeBy,
    /// What is noted of it, to type.
    Labels,
    /// A column to sort the users by.
    UserSort(UserColumn),
    /// Who holds this.
    Holding(HoldingFilter),
    /// Who has this role.
    Role(Role),
    /// What was done to the record at that place.
    EventSubject(usize),
    /// What this user did.
    Actor(UserId),
    /// What was done in this way.
    Action(EventAction),
    /// A time to type: not before it.
    Since,
    /// A time to type: before it.
    Until,
    /// Only what breaks a rule of its account.
    Offends,
    /// Who gets a token.
    Receiver(Receiver),
}

impl Choice {
    /// Whether letters are typed into it.
    pub(super) fn is_typed(self) -> bool {
        matches!(self, Self::Expires | Self::Unused | Self::Since | Self::Until)
            || self.takes_any_letter()
    }

    /// Whether they are letters of every kind.
    pub(super) fn takes_any_letter(self) -> bool {
        matches!(self, Self::Terms | Self::Owner | Self::MadeBy | Self::Labels)
    }
}

/// One line of a picker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Entry {
    /// The field it belongs to; empty where there is only one.
    pub(in crate::tui) field: &'static str,
    /// What it looks like when chosen or not: `[x] `.
    pub(in crate::tui) mark: String,
    /// What it says.
    pub(in crate::tui) text: String,
    /// What else there is to know.
    pub(in crate::tui) note: String,
    /// What choosing it means.
    pub(in crate::tui) choice: Choice,
}

impl Entry {
    /// One of no field, with no note.
    pub(super) fn new(choice: Choice, mark: impl Into<String>, text: impl Into<String>) -> Self {
        Self { field: "", mark: mark.into(), text: text.into(), note: String::new(), choice }
    }

    /// The same with what else there is to know.
    pub(super) fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    /// The same in a field.
    pub(super) fn of(self, field: &'static str) -> Self {
        Self { field, ..self }
    }

    /// Whether all words occur in it, in any order and case.
    pub(super) fn matches(&self, words: &str) -> bool {
        has_words(&format!("{} {} {}", self.field, self.text, self.note), words)
    }
}

/// A box, with a cross where it is on.
pub(super) fn tick(on: bool) -> &'static str {
    if on { "[x] " } else { "[ ] " }
}
