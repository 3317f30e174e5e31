//! Where a store lies, looked at once: from then on it is a value that is handed on, and
//! whoever has one need not look again.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::beside::{beside, folder_of};
use super::{StoreError, presence, private};

/// What `SQLite` keeps beside a store's file.
const LOGS: [&str; 3] = ["-wal", "-shm", JOURNAL];
/// What it keeps there while a change is made without a log.
const JOURNAL: &str = "-journal";

/// The place of a store: a plain file of this user which nobody else can use, and so are
/// those that `SQLite` keeps beside it, in a folder in which no other can swap them. What
/// is in the file is not looked at here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorePlace {
    path: PathBuf,
    /// Which file it is: its device, and its inode there.
    pub(super) file: (u64, u64),
    /// Its bytes.
    pub(super) size: u64,
    /// Whether a change without a log was under way, or was cut short.
    pub(super) has_journal: bool,
}

/// What lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathFound {
    /// Something that may be a store.
    Taken(StorePlace),
    /// Nothing.
    Free(NewPlace),
}

impl StorePlace {
    /// What lies at `path`; it is free only where something could be seen if it were there.
    pub fn find(path: &Path) -> Result<PathFound, StoreError> {
        match Self::of(path) {
            Err(StoreError::Missing(_)) => Ok(PathFound::Free(NewPlace(path.to_owned()))),
            found => found.map(PathFound::Taken),
        }
    }

    /// The place of what has to be at `path`.
    pub fn of(path: &Path) -> Result<Self, StoreError> {
        let named = private::named(path).ok();
        let is_link = named.as_ref().is_some_and(Metadata::is_symlink);
        let seen = match named.filter(|_| !is_link) {
            Some(seen) => seen,
            // A link that leads nowhere is another thing than nothing.
            None => std::fs::metadata(path).map_err(|error| presence::failure(path, error))?,
        };
        if seen.is_dir() {
            let reason = "it is a folder".to_owned();
            return Err(StoreError::Foreign { path: path.to_owned(), reason });
        }
        if is_link {
            private::check_path(path)?;
        }
        private::check_seen(path, &seen)?;
        private::check_folder(folder_of(path))?;
        let mut has_journal = false;
        for ending in LOGS {
            let there = seen_if_there(&beside(path, ending))?.is_some();
            has_journal |= there && ending == JOURNAL;
        }
        let (file, size) = ((seen.dev(), seen.ino()), seen.len());
        Ok(Self { path: path.to_owned(), file, size, has_journal })
    }

    /// The store's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        folder_of(&self.path)
    }

    /// How it is now: each file of it is looked at once.
    pub fn look(&self) -> PlaceLook {
        let beside = LOGS.map(|ending| beside(&self.path, ending));
        let files = [self.path.clone()].into_iter().chain(beside);
        let folder = private::look_at_folder(self.folder());
        PlaceLook { folder, files: files.map(|path| (seen_if_there(&path), path)).collect() }
    }
}

/// How a place was at a moment.
pub struct PlaceLook {
    /// Its folder, or why that may not be used.
    pub(super) folder: Result<Metadata, StoreError>,
    /// The store's file and what lies beside it.
    pub(super) files: Vec<SeenFile>,
}

impl PlaceLook {
    /// The files that are there and may be used.
    pub fn files(&self) -> impl Iterator<Item = (&Path, &Metadata)> {
        self.files.iter().filter_map(|(seen, path)| match seen {
            Ok(Some(seen)) => Some((path.as_path(), seen)),
            Ok(None) | Err(_) => None,
        })
    }
}

/// What was seen at a path, nothing where nothing is there, or why it may not be used.
pub(super) type SeenFile = (Result<Option<Metadata>, StoreError>, PathBuf);

fn seen_if_there(path: &Path) -> Result<Option<Metadata>, StoreError> {
    match private::look(path) {
        Ok(seen) => Ok(Some(seen)),
        Err(StoreError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
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
