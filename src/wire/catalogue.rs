//! Edits of the catalogue.

use serde::{Deserialize, Serialize};

use crate::domain::{EntryDraft, EntryId};

/// What an entry is to become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EntryEdit {
    /// The entry as it was read: where somebody changed it since, the edit is stale
    /// (R138). None = whatever it is now.
    pub seen: Option<EntryDraft>,
    /// What it is to become.
    pub draft: EntryDraft,
}

/// An entry as it is after an add or an edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EntryView {
    /// Which.
    pub id: EntryId,
    /// What it is.
    pub entry: EntryDraft,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Imported {
    /// Entries that were not there.
    pub added: Vec<EntryView>,
    /// Entries that were something else.
    pub changed: Vec<EntryView>,
    /// Entries that were the same already.
    pub unchanged: usize,
}
