//! Which file something is, whatever it is called.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;

use crate::store::StorePlace;

/// What makes a file itself: its device and its inode there; nothing where it is gone.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FileId(pub(super) Option<(u64, u64)>);

impl FileId {
    /// The file that was at that place when it was looked at.
    pub(super) fn seen_at(place: &StorePlace) -> Self {
        Self(Some(place.file))
    }

    /// The file that is at that path now.
    pub(super) fn of(path: &Path) -> Self {
        Self(std::fs::metadata(path).map(|file| (file.dev(), file.ino())).ok())
    }
}
