//! Files and folders that belong to one user alone. Knows nothing of what is in
//! them; stores, keys and backups all pass through here.

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::Path;

use super::{StoreError, owner};

/// What group and others may do with a file: it must be nothing.
const OF_OTHERS: u32 = 0o077;
const GROUP_WRITES: u32 = 0o020;
const OTHERS_WRITE: u32 = 0o002;
/// In a sticky folder such as /tmp only its owner can rename or remove a file.
const STICKY: u32 = 0o1000;

/// Makes the folder and those above it where they are missing, each 0700.
pub fn create_folder(folder: &Path) -> Result<(), StoreError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| failure(folder, error))
}

/// Makes a new file, 0600 from its first byte whatever the umask, and refuses one
/// that exists.
pub fn create_file(path: &Path) -> Result<File, StoreError> {
    new_file(path).map_err(|error| failure(path, error))
}

/// The same, for whoever knows better what to say where it fails.
pub(super) fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).mode(0o600).open(path)
}

/// Refuses a path unless it names a plain file of this user which nobody else can
/// use. A symbolic link is refused: what belongs to a file is found beside it by
/// its name, and a link has another name.
pub fn check_path(path: &Path) -> Result<(), StoreError> {
    look(path).map(drop)
}

/// The same, with what was seen.
pub(super) fn look(path: &Path) -> Result<Metadata, StoreError> {
    let link = named(path).map_err(|error| failure(path, error))?;
    if link.file_type().is_symlink() {
        let target = std::fs::read_link(path).unwrap_or_default();
        let target = target.display();
        let reason = match std::fs::metadata(path) {
            Ok(_) => format!("it is a symbolic link: name its target '{target}'"),
            Err(_) => format!("it is a symbolic link to '{target}', which is not there"),
        };
        return Err(denied(path, reason));
    }
    check_seen(path, &link)?;
    Ok(link)
}

/// What is at a path, be it a link.
pub(super) fn named(path: &Path) -> io::Result<Metadata> {
    #[cfg(test)]
    looks::count(path);
    std::fs::symlink_metadata(path)
}

/// The same of what was seen there, which is no link.
pub(super) fn check_seen(path: &Path, seen: &Metadata) -> Result<(), StoreError> {
    if !seen.file_type().is_file() {
        return Err(denied(path, "it is not a file".to_owned()));
    }
    check_file(path, seen)
}

/// Opens a file for reading, after the same checks.
pub fn open_file(path: &Path) -> Result<File, StoreError> {
    check_path(path)?;
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
        .map_err(|error| failure(path, error))?;
    // Once more on what was really opened, for the name may have changed hands.
    let opened = file.metadata().map_err(|error| failure(path, error))?;
    check_file(path, &opened)?;
    Ok(file)
}

/// Refuses a file that others own or can use, and says how to put it right.
fn check_file(path: &Path, file: &Metadata) -> Result<(), StoreError> {
    if file.uid() != me() {
        return Err(denied(path, owner::not_yours(file)));
    }
    if file.mode() & OF_OTHERS != 0 {
        let command = format!("chmod 600 '{}'", path.display());
        return Err(denied(path, format!("others may use it: run {command}")));
    }
    Ok(())
}

/// Refuses a folder in which others could swap the files in it. One that only
/// the group may write to is let pass, for many systems make every folder so;
/// `group_writes` tells of it.
pub fn check_folder(folder: &Path) -> Result<(), StoreError> {
    look_at_folder(folder).map(drop)
}

/// The same, with what was seen.
pub(super) fn look_at_folder(folder: &Path) -> Result<Metadata, StoreError> {
    let found = std::fs::metadata(folder).map_err(|error| failure(folder, error))?;
    if !found.is_dir() {
        return Err(denied(folder, "it is not a folder".to_owned()));
    }
    let guarded = found.mode() & STICKY != 0;
    if found.uid() != me() && found.uid() != 0 && !guarded {
        return Err(denied(folder, owner::not_yours(&found)));
    }
    if found.mode() & OTHERS_WRITE != 0 && !guarded {
        let command = format!("chmod go-w '{}'", folder.display());
        return Err(denied(folder, format!("others may change files in it: run {command}")));
    }
    Ok(found)
}

/// Whether the group of a folder that was seen so could swap the files in it.
pub(super) fn group_writes(folder: &Metadata) -> bool {
    folder.mode() & GROUP_WRITES != 0 && folder.mode() & STICKY == 0
}

/// Makes new and removed names in a folder last through a loss of power.
pub fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    File::open(folder).and_then(|opened| opened.sync_all()).map_err(|error| failure(folder, error))
}

/// The failure of a file operation as a store names it.
pub fn failure(path: &Path, source: io::Error) -> StoreError {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::NotFound => StoreError::Missing(path),
        io::ErrorKind::AlreadyExists => StoreError::Exists(path),
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            StoreError::Denied { path, reason: source.to_string() }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full(path),
        _ => StoreError::Io { path, source },
    }
}

fn denied(path: &Path, reason: String) -> StoreError {
    StoreError::Denied { path: path.to_owned(), reason }
}

fn me() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// How often each path was looked at, by the thread of a test.
#[cfg(test)]
pub mod looks {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::path::Path;

    thread_local! {
        static LOOKS: RefCell<BTreeMap<String, usize>> = RefCell::default();
    }

    pub(super) fn count(path: &Path) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        LOOKS.with_borrow_mut(|looks| *looks.entry(name).or_default() += 1);
    }

    /// The looks since this was asked last, by the names of files.
    pub fn take() -> BTreeMap<String, usize> {
        LOOKS.take()
    }
}
