//! What a local backend is opened with, and what making a store reports.

use std::path::PathBuf;

use crate::domain::Time;
use crate::wire::StoreKind;

/// Which store to open, and as whom.
#[derive(Debug, Clone)]
pub struct LocalOptions {
    /// The store's file.
    pub path: PathBuf,
    /// The user to act as; none = the one named like the system's login.
    pub login: Option<String>,
    /// The login of the operating system, which the audit keeps beside the user.
    pub system_login: String,
    /// The time to freeze the clock at; example and trial stores only.
    pub now: Option<Time>,
    /// Whether to refuse all that writes.
    pub read_only: bool,
    /// The backend's name in the configuration.
    pub name: String,
}

/// What a new store is for, and what it starts with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InitKind {
    /// Real tokens: the account "Default" and the module "API".
    Normal,
    /// The example with its accounts, users and tokens, whose values are public.
    Example {
        /// Moves every date by whole days, so that statuses are the same then.
        shift_to: Option<Time>,
    },
    /// Made-up tokens; starts like a store of real ones.
    Trial,
}

impl InitKind {
    pub(super) fn store_kind(self) -> StoreKind {
        match self {
            Self::Normal => StoreKind::Normal,
            Self::Example { .. } => StoreKind::Example,
            Self::Trial => StoreKind::Trial,
        }
    }
}

/// What was added to a trial store.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FillReport {
    /// The store's file.
    pub path: PathBuf,
    /// Whether it was made for this.
    pub made: bool,
    /// How many tokens were added.
    pub tokens: u64,
    /// In how many accounts.
    pub accounts: usize,
    /// What makes another store like it.
    pub seed: u64,
}

/// Who may do everything in the example.
pub const EXAMPLE_ROOT: &str = "rosa";
/// As whom the example is best looked at.
pub const EXAMPLE_LOGIN: &str = "ada";

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct InitReport {
    /// The store's file.
    pub path: PathBuf,
    /// The file that wraps its data key. It is no part of a backup.
    pub key_file: PathBuf,
    /// What the store is for.
    pub kind: StoreKind,
    /// The login of the first Superadmin.
    pub operator: String,
    /// How many tokens it starts with.
    pub tokens: usize,
}
