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
    /// Other entries of the kind that the operator knows and whose names, or logins, look
    /// like its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<EntryLookAlike>,
}

/// An entry whose name or login may be taken for another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct EntryLookAlike {
    /// Which.
    pub id: EntryId,
    /// Its name, or a user's login where that is what looks alike.
    pub name: String,
}

impl EntryView {
    /// What is to be said of its look-alikes; none where it has none. Not yet safe for a
    /// terminal.
    pub fn warning(&self) -> Option<String> {
        let first = self.look_alikes.first()?;
        let more = match self.look_alikes.len() {
            1 => String::new(),
            several => format!(" and {} more", several - 1),
        };
        Some(format!("Its name looks like that of '{}' ({}){more}", first.name, first.id))
    }
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
