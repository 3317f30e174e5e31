//! What can go wrong with a store, and whether trying again can help.

use std::path::PathBuf;

use crate::domain::Refusal;

/// A store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no store at that place.
    #[error("there is no store at '{}': run 'tokendeck store init' or start 'tokendeck' once", .0.display())]
    Missing(PathBuf),
    /// There is something already.
    #[error("'{}' exists already and is left as it is", .0.display())]
    Exists(PathBuf),
    /// The file is not a store of this program.
    #[error("'{}' is not a Tokendeck store: {reason}. It was not touched", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
        /// How that shows.
        reason: String,
    },
    /// The store was made by a newer program.
    #[error("'{}' has schema {found}, and this program knows schemas up to {known}: use a newer one", .path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// The file is damaged.
    #[error("'{}' is damaged: {reason}. Restore a backup", .path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// How that shows.
        reason: String,
    },
    /// There may be a store, but not now: a disk that is not mounted, a link to nothing.
    #[error("'{}' can't be reached: {reason}", .path.display())]
    Unreachable {
        /// The place.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Another process holds the lock.
    #[error("the store '{}' is busy: another process has held its lock for 5 seconds. Try again", .0.display())]
    Busy(PathBuf),
    /// The file is no longer where it was opened, or another one is.
    #[error("'{}' was moved, removed or replaced while it was in use: nothing was changed. Start again on the store that is meant", .0.display())]
    Gone(PathBuf),
    /// The disk is full.
    #[error("the disk of '{}' is full: nothing was changed. Free space on it; until then only revoke and disable work, as far as the store's reserve goes", .0.display())]
    Full(PathBuf),
    /// The file or folder may not be used, or others may use it.
    #[error("'{}': {reason}", .path.display())]
    Denied {
        /// The file or folder.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// The first use of an exported token takes it into service, and could not be written: so
    /// it can't be let pass either.
    #[error(
        "the first use of an exported token takes it into service, which could not be written: {0}"
    )]
    FirstUse(Box<StoreError>),
    /// The key of sealed values is missing or is another store's.
    #[error("{0}")]
    Key(String),
    /// Any other failure of files.
    #[error("cannot use '{}': {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A fault of this program.
    #[error("internal fault: {0}")]
    Fault(String),
}

/// The kinds of what a store could not do. Faults of this program are none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
pub enum Trouble {
    /// There is no store at that place.
    Missing,
    /// There is something already.
    Exists,
    /// The file is not a store of this program.
    Foreign,
    /// The store was made by a newer program.
    TooNew,
    /// The file is damaged.
    Corrupt,
    /// There may be a store, but not now.
    Unreachable,
    /// Another process holds the lock.
    Busy,
    /// The file is no longer where it was opened, or another one is.
    Gone,
    /// The disk is full.
    Full,
    /// The file or folder may not be used, or others may use it.
    Denied,
    /// The key of sealed values is missing or is another store's.
    Key,
    /// Any other failure of files.
    Io,
}

impl Trouble {
    /// The stable code, for scripts and problem replies.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "store_missing",
            Self::Exists => "store_exists",
            Self::Foreign => "store_foreign",
            Self::TooNew => "store_too_new",
            Self::Corrupt => "store_corrupt",
            Self::Unreachable => "store_unreachable",
            Self::Busy => "store_busy",
            Self::Gone => "store_gone",
            Self::Full => "store_full",
            Self::Denied => "store_denied",
            Self::Key => "store_key",
            Self::Io => "store_io",
        }
    }
}

impl StoreError {
    /// The kind of it; none where it is a fault of this program.
    pub fn trouble(&self) -> Option<Trouble> {
        Some(match self {
            Self::Missing(_) => Trouble::Missing,
            Self::Exists(_) => Trouble::Exists,
            Self::Foreign { .. } => Trouble::Foreign,
            Self::TooNew { .. } => Trouble::TooNew,
            Self::Corrupt { .. } => Trouble::Corrupt,
            Self::Unreachable { .. } => Trouble::Unreachable,
            Self::Busy(_) => Trouble::Busy,
            Self::Gone(_) => Trouble::Gone,
            Self::Full(_) => Trouble::Full,
            Self::Denied { .. } => Trouble::Denied,
            Self::FirstUse(error) => return error.trouble(),
            Self::Key(_) => Trouble::Key,
            Self::Io { .. } => Trouble::Io,
            Self::Fault(_) => return None,
        })
    }

    /// The stable code, for scripts and problem replies.
    pub fn code(&self) -> &'static str {
        self.trouble().map_or("fault", Trouble::code)
    }

    /// What helps, for whoever looks after the store and not after one call. A backup
    /// is put back only where the file itself is beyond use.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Missing(_) => "make it with 'store init', or name another with --store",
            Self::Exists(_) => "name another place with --store",
            Self::Foreign { .. } => "name the store with --store; this file is none",
            Self::TooNew { .. } => "use the newer program that made it",
            Self::Corrupt { .. } => {
                "keep the file as it is, put back a backup with 'store restore', or name another \
                 store with --store"
            }
            Self::Unreachable { .. } => "put back what is missing; nothing is made in its place",
            Self::Busy(_) => "wait for the other process, or end it",
            Self::Gone(_) => "start again on the store that is meant",
            Self::Full(_) => "free space on that disk; nothing is wrong with the store",
            Self::Denied { .. } => "do what it says; nothing is wrong with what is in the store",
            Self::FirstUse(error) => error.remedy(),
            Self::Key(_) => "put the right key file back",
            Self::Io { .. } => "look at the disk, and at what the system logged of it",
            Self::Fault(_) => "report it: this should not happen",
        }
    }
}

/// Why a commit did not happen.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// The rules refused it.
    #[error(transparent)]
    Refused(Refusal),
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl CommitError {
    /// Whether it failed for want of room.
    pub fn is_full(&self) -> bool {
        match self {
            Self::Store(StoreError::Full(_)) => true,
            Self::Refused(_) | Self::Store(_) => false,
        }
    }
}
