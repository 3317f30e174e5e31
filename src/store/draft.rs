//! Files made whole under a name of their own before they get the one that counts.
//! A draft is locked while it is being made, so that one whose process was killed is
//! told from one that is under way, and is cleared away at the next start: it may
//! hold sealed values, and nobody would look for them there.

use std::fs::{File, OpenOptions};
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::beside::{beside, folder_of};
use super::{StoreError, private};

/// What comes between the name of a file and the number of its draft.
const MARK: &str = ".new-";
/// Hexadecimal digits of the number.
const DIGITS: usize = 16;
/// What `SQLite` makes beside a draft.
const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];
/// Somebody may take a draft for a dead one before it is locked, each time where many start at
/// once; not so often.
const TRIES: usize = 64;

/// A file in the making. Dropping it removes it, unless it got its name.
#[derive(Debug)]
pub struct FileDraft {
    path: PathBuf,
    file: File,
    named: bool,
}

impl FileDraft {
    /// A new empty file, 0600, in the folder of `place`.
    pub fn of(place: &Path) -> Result<Self, StoreError> {
        // Never that it exists: whoever hears that takes it for made by another.
        let mut refused = io::Error::from(io::ErrorKind::ResourceBusy);
        for _ in 0..TRIES {
            let number = RandomState::new().hash_one(place);
            let path = beside(place, &format!("{MARK}{number:0DIGITS$x}"));
            let file = private::new_file(&path).map_err(|error| private::failure(place, error))?;
            let draft = Self { path, file, named: false };
            match draft.file.lock() {
                Ok(()) if is_at(&draft.file, &draft.path) => return Ok(draft),
                // It was cleared away before it was locked.
                Ok(()) => {}
                // Some file systems know no such locks; whoever clears up there finds
                // nothing dead either.
                Err(error) if error.kind() == io::ErrorKind::Unsupported => return Ok(draft),
                Err(error) => refused = error,
            }
        }
        Err(private::failure(place, refused))
    }

    /// Where it is for now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file, to write to.
    pub fn file(&mut self) -> &mut File {
        &mut self.file
    }

    /// Makes what was written last.
    pub fn sync(&self) -> Result<(), StoreError> {
        self.file.sync_all().map_err(|error| private::failure(&self.path, error))
    }

    /// Gives the finished file its name, unless that is taken, and makes the name
    /// last. Of several processes that try, exactly one succeeds.
    pub fn publish(mut self, to: &Path) -> Result<(), StoreError> {
        std::fs::hard_link(&self.path, to).map_err(|error| private::failure(to, error))?;
        self.named = true;
        // Who clears up may have been faster.
        let _ = std::fs::remove_file(&self.path);
        private::sync_folder(folder_of(to))
    }

    /// Gives the finished file its name, whatever has it now.
    pub fn replace(mut self, to: &Path) -> Result<(), StoreError> {
        std::fs::rename(&self.path, to).map_err(|error| private::failure(to, error))?;
        self.named = true;
        private::sync_folder(folder_of(to))
    }
}

impl Drop for FileDraft {
    fn drop(&mut self) {
        if self.named {
            return;
        }
        // Nothing of a file that was not finished is of use; if it can't be removed
        // it is cleared away at the next start.
        let _ = std::fs::remove_file(&self.path);
        for ending in BESIDE {
            let _ = std::fs::remove_file(beside(&self.path, ending));
        }
    }
}

/// Removes the drafts in a folder that nobody works on any more. What can't be
/// looked at or removed stays, for [`left_in`] to name.
pub fn clear(folder: &Path) {
    for path in left_in(folder) {
        // What can't be looked at stays, and shows in the next look.
        let _ = clear_dead(&path);
    }
}

/// The drafts in a folder, and what lies beside them, under way or not.
pub fn left_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut found: Vec<_> = paths.filter(|path| draft_of(path).is_some()).collect();
    // A draft before what lies beside it, which goes once the draft is gone.
    found.sort();
    found
}

/// The draft that a path names, or that it lies beside; none for any other file.
fn draft_of(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    let base = BESIDE.iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
    let (of, number) = base.rsplit_once(MARK)?;
    let is_number = number.len() == DIGITS
        && number.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
    (is_number && !of.is_empty()).then(|| path.with_file_name(base))
}

/// Removes it where nobody is making it any more.
fn clear_dead(path: &Path) -> Result<(), StoreError> {
    let failed = |error| private::failure(path, error);
    let remove = || std::fs::remove_file(path).map_err(failed);
    let Some(draft) = draft_of(path) else { return Ok(()) };
    private::check_path(path)?;
    if draft != path {
        // What lies beside a draft belongs to it.
        return if std::fs::symlink_metadata(&draft).is_err() { remove() } else { Ok(()) };
    }
    if std::fs::symlink_metadata(path).map_err(failed)?.nlink() > 1 {
        // It has its name already. The file is not opened: closing it again would drop
        // the locks that this process may hold on it under that name.
        return remove();
    }
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
        .map_err(failed)?;
    // Locked until it is gone: whoever made it just now, and is about to lock it, finds that
    // out, and never has it taken away under a lock of their own.
    if opened.try_lock().is_ok() && is_at(&opened, path) { remove() } else { Ok(()) }
}

fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(opened), Ok(named)) = (file.metadata(), std::fs::symlink_metadata(path)) else {
        return false;
    };
    (opened.dev(), opened.ino()) == (named.dev(), named.ino())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_number_of_sixteen_digits_are_drafts() {
        let base = |name: &str| draft_of(Path::new(name)).map(|path| path.display().to_string());
        let draft = Some("/a/s.db.new-0123456789abcdef".to_owned());
        assert_eq!(base("/a/s.db.new-0123456789abcdef"), draft);
        assert_eq!(base("/a/s.db.new-0123456789abcdef-journal"), draft);
        let others = ["s.db", "s.db.new-", "s.db.new-0123456789ABCDEF", "s.db.new-0123456789abcde"];
        for name in others.into_iter().chain([".new-0123456789abcdef", "new-0123456789abcdef"]) {
            assert_eq!(base(name), None, "{name}");
        }
    }
}
