//! Where a store lies, looked at once: from then on it is a value that is handed on, and
//! whoever has one need not look again.

use std::path::{Path, PathBuf};

use super::beside::{beside, folder_of};
use super::{StoreError, presence, private};

/// What `SQLite` keeps beside a store's file.
const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// The place of a store: a plain file of this user which nobody else can use, and so are
/// those that `SQLite` keeps beside it, in a folder in which no other can swap them. What
/// is in the file is not looked at here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorePlace(PathBuf);

impl StorePlace {
    /// The place of what lies at `path`; none = nothing does, and it could be seen if it did.
    pub fn find(path: &Path) -> Result<Option<Self>, StoreError> {
        match Self::of(path) {
            Err(StoreError::Missing(_)) => Ok(None),
            found => found.map(Some),
        }
    }

    /// The same of what has to be there.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        let found = std::fs::metadata(path).map_err(|error| presence::failure(path, error))?;
        if found.is_dir() {
            let reason = "it is a folder".to_owned();
            return Err(StoreError::Foreign { path: path.to_owned(), reason });
        }
        private::check_path(path)?;
        private::check_folder(folder_of(path))?;
        for ending in LOGS {
            match private::check_path(&beside(path, ending)) {
                Ok(()) | Err(StoreError::Missing(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Self(path.to_owned()))
    }

    /// The store's file.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        folder_of(&self.0)
    }
}

/// A place at which nothing is, so that a store can be made there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlace(PathBuf);

impl NewPlace {
    /// The place at `path`; refused where anything is, or could be unseen.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        if presence::is_taken(path)? {
            return Err(presence::taken(path));
        }
        Ok(Self(path.to_owned()))
    }

    /// What the store's file is to be called.
    pub fn path(&self) -> &Path {
        &self.0
    }
}
