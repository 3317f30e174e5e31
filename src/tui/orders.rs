//! What the screens want done, as plain values: they come back with their answer, are
//! confirmed, kept and compared. Nothing here knows a screen or a backend.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::{
    AccountId, EntryDraft, EntryId, Expiry, HandOver, Overlap, Query, Switch, TokenDraft, UserId,
    Verb,
};
use crate::wire::{Descriptors, Edit, EventQuery, RowId};

/// A confirmed change of one token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Order {
    /// What to do.
    pub(super) verb: Verb,
    /// To which token.
    #[serde(with = "crate::wire::any_row")]
    pub(super) id: RowId,
    /// Its name, for the message.
    pub(super) name: String,
    /// The version that was confirmed.
    pub(super) version: u64,
}

/// A confirmed new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Renewal {
    /// For which token.
    pub(super) order: Order,
    /// How long it lives.
    pub(super) expiry: Expiry,
    /// How long the old one still passes.
    pub(super) overlap: Overlap,
}

/// A token that is to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gift {
    /// Which.
    pub(super) order: Order,
    /// To whom, and what becomes of its value.
    pub(super) how: HandOver,
}

/// A user who is to be taken out of service, or brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct UserSwitch {
    /// Who.
    pub(super) id: UserId,
    /// Their name, for the message.
    pub(super) name: String,
    /// Which of both.
    pub(super) switch: Switch,
}

/// A name that is typed into a form, to be asked whether another token has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameAsked {
    /// The name as it was typed.
    pub(super) name: String,
    /// In which account; none for a token of all accounts.
    pub(super) account: Option<AccountId>,
    /// The token that is edited, which has it already.
    pub(super) own: Option<RowId>,
}

/// An entry of the catalogue that is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Removal {
    /// Which entry.
    pub(super) id: EntryId,
    /// Its name, for the message.
    pub(super) name: String,
}

/// Rows to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Portion<Q, I> {
    /// What to list.
    pub(super) query: Q,
    /// The row to list around, if it is still in the answer.
    pub(super) keep: Option<I>,
    /// Else the place to list around.
    pub(super) index: usize,
    /// How many rows are wanted on either side.
    pub(super) span: usize,
}

/// A list that is to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The file, which must not exist.
    pub(super) path: PathBuf,
    /// What is listed.
    pub(super) query: Query,
    /// What the backend says there is of a token.
    pub(super) said: Descriptors,
}

/// Where a stretch of the audit trail lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// From the newest event.
    Newest,
    /// To the oldest.
    Oldest,
    /// On both sides of the event with this sequence.
    At(u64),
}

/// A stretch of the audit trail, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// What is listed.
    pub(super) query: EventQuery,
    /// Where it lies.
    pub(super) anchor: Anchor,
    /// Events on either side.
    pub(super) span: usize,
}

/// Events that are to be written to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct EventSheet {
    /// The file, which must not exist.
    pub(super) path: PathBuf,
    /// Which.
    pub(super) query: EventQuery,
}

/// What saving the form of a token asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Save {
    /// A new token.
    New(Box<TokenDraft>),
    /// Other settings, and perhaps another value, for a token.
    Edit {
        /// Which.
        id: RowId,
        /// What it becomes.
        edit: Box<Edit>,
    },
}

/// What saving the form of an entry asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EntrySave {
    /// The entry, as it was read; none for a new one.
    pub(super) before: Option<(EntryId, EntryDraft)>,
    /// What it becomes.
    pub(super) draft: EntryDraft,
}

/// What is done to a token, in a question or an error: `revoke robot-1`.
pub(super) fn doing(verb: Verb, name: &str) -> String {
    match verb {
        Verb::DropOld => format!("drop the old value of {name}"),
        Verb::HandOver => format!("hand {name} over"),
        verb => format!("{verb} {name}"),
    }
}
