//! Whether there is something at a place, which is another question than whether it
//! may be used: what is there and out of reach must not be taken for nothing, or
//! somebody makes a second store where the first one is.

use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::beside::folder_of;
use super::owner::{me, not_yours, user_name};
use super::{StoreError, private};

/// Folders in which disks are mounted: what is missing right below them is a disk
/// that is not there, and no folder to be made.
const MOUNTS: [&str; 7] = ["/", "/mnt", "/media", "/run/media", "/Volumes", "/srv", "/net"];
const FSTAB: &str = "/etc/fstab";
const MOUNTED: &str = "/proc/self/mounts";

/// Whether anything is at `path`. Nothing is only where something could be made: a
/// folder that can't be looked into, a link to nothing and a disk that is not mounted
/// are errors that say so.
pub fn is_taken(path: &Path) -> Result<bool, StoreError> {
    match std::fs::metadata(path) {
        Ok(_) => Ok(true),
        Err(error) => match failure(path, error) {
            StoreError::Missing(_) => Ok(false),
            other => Err(other),
        },
    }
}

/// What is to be said where a place is taken: by whom, if by somebody else.
pub fn taken(path: &Path) -> StoreError {
    match std::fs::metadata(path) {
        Ok(found) if found.uid() != rustix::process::geteuid().as_raw() => {
            StoreError::Denied { path: path.to_owned(), reason: not_yours(&found) }
        }
        _ => StoreError::Exists(path.to_owned()),
    }
}

/// Why a path can't be looked at, as precisely as can be told.
pub fn failure(path: &Path, error: std::io::Error) -> StoreError {
    match error.kind() {
        ErrorKind::NotFound => absent(path),
        ErrorKind::PermissionDenied => barred(path),
        _ => private::failure(path, error),
    }
}

/// Nothing is there. Says so only where that is all there is to it.
fn absent(path: &Path) -> StoreError {
    let unreachable = |reason: String| StoreError::Unreachable { path: path.to_owned(), reason };
    for part in from_the_root(path) {
        let Ok(link) = std::fs::symlink_metadata(&part) else { break };
        if link.file_type().is_symlink() && std::fs::metadata(&part).is_err() {
            let target = std::fs::read_link(&part).unwrap_or_default();
            return unreachable(format!(
                "'{}' is a symbolic link to '{}', which is not there: put that back, or name \
                 another place with --store",
                part.display(),
                target.display()
            ));
        }
    }
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    if let Some(mount) = unmounted(path, &read(FSTAB), &read(MOUNTED)) {
        return unreachable(format!("'{0}' is not mounted: run mount '{0}'", mount.display()));
    }
    if let Some(folder) = missing_disk(path) {
        return unreachable(format!(
            "the folder '{}' is not there: mount the disk that it is on, or make the folder if \
             it is to be a new one",
            folder.display()
        ));
    }
    StoreError::Missing(path.to_owned())
}

/// The path that is to be mounted by the system's table and is not.
fn unmounted(path: &Path, table: &str, mounted: &str) -> Option<PathBuf> {
    let place = std::path::absolute(path).ok()?;
    let second = |line: &str| {
        let line = line.trim();
        let field = line.split_whitespace().nth(1).filter(|_| !line.starts_with('#'))?;
        Some(PathBuf::from(field.replace("\\040", " ")))
    };
    let there: Vec<_> = mounted.lines().filter_map(second).collect();
    let meant = table.lines().filter_map(second).filter(|mount| {
        // Without an answer of the system nobody can say that it is not.
        mount != Path::new("/") && place.starts_with(mount) && !there.is_empty()
    });
    meant.max_by_key(|mount| mount.as_os_str().len()).filter(|mount| !there.contains(mount))
}

/// The missing folder right below one in which disks are mounted.
fn missing_disk(path: &Path) -> Option<PathBuf> {
    let place = std::path::absolute(path).ok()?;
    let folder = folder_of(&place);
    let missing = from_the_root(folder).into_iter().find(|part| !part.exists())?;
    let above = missing.parent()?;
    let below_user = above.parent().is_some_and(|parent| {
        ["/media", "/run/media"].iter().any(|mounts| parent == Path::new(mounts))
    });
    let mounts = MOUNTS.iter().any(|mounts| above == Path::new(mounts));
    (mounts || below_user).then_some(missing)
}

/// Something may be there, behind a folder that this user can't look into.
fn barred(path: &Path) -> StoreError {
    let mut behind = PathBuf::from(".");
    for part in from_the_root(path) {
        if std::fs::symlink_metadata(&part).is_err() {
            break;
        }
        behind = part;
    }
    let reason = match std::fs::metadata(&behind) {
        Ok(folder) => {
            let (owner, me) = (user_name(folder.uid()), me());
            let mode = folder.mode() & 0o777;
            format!(
                "you are '{me}' and may not look into '{}', which belongs to '{owner}' (mode \
                 {mode:o}): run this as '{owner}', or name another place with --store",
                behind.display()
            )
        }
        Err(error) => format!("'{}': {error}", behind.display()),
    };
    StoreError::Denied { path: path.to_owned(), reason }
}

/// The path and those above it, the highest first.
fn from_the_root(path: &Path) -> Vec<PathBuf> {
    let named = |part: &&Path| !part.as_os_str().is_empty();
    let mut parts: Vec<_> = path.ancestors().filter(named).map(Path::to_owned).collect();
    parts.reverse();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# comment\n/dev/a / ext4 defaults 0 1\n/dev/b /mnt/my\\040keys ext4 noauto 0 2\n\
                         /dev/c none swap sw 0 0\n";

    #[test]
    fn a15_a_disk_of_the_systems_table_that_is_not_mounted_is_named() {
        let place = Path::new("/mnt/my keys/deck/store.db");
        let only_root = "/dev/a / ext4 rw 0 0\n";
        assert_eq!(unmounted(place, TABLE, only_root), Some(PathBuf::from("/mnt/my keys")));
        let both = format!("{only_root}/dev/b /mnt/my\\040keys ext4 rw 0 0\n");
        assert_eq!(unmounted(place, TABLE, &both), None);
        assert_eq!(unmounted(Path::new("/home/ada/store.db"), TABLE, only_root), None);
        assert_eq!(unmounted(place, TABLE, ""), None, "who does not know says nothing");
    }
}
