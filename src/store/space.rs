//! How much room there is for a store, and what the system says to whoever wants
//! some. `SQLite` tells no more of a failed write than that it failed.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::beside::folder_of;
use super::{StoreError, private};

/// Bytes that are written to hear what the system says: more than a block.
#[cfg(target_os = "linux")]
const TRIAL: usize = 16 << 10;

/// Bytes that are free for this user where `path` lies; none where nobody knows.
pub fn free(path: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(folder_of(path)).ok()?;
    Some(found.f_bavail.saturating_mul(found.f_frsize))
}

/// Why a file beside `path` can't be made and written, by making one that has no
/// name and is gone at once; nothing where it can, or where such files are unknown.
pub fn refusal(path: &Path) -> Option<StoreError> {
    let error = try_to_write(folder_of(path)).err()?;
    match error.kind() {
        ErrorKind::StorageFull
        | ErrorKind::QuotaExceeded
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::PermissionDenied
        | ErrorKind::FileTooLarge => Some(private::failure(path, error)),
        _ => None,
    }
}

#[cfg(target_os = "linux")]
fn try_to_write(folder: &Path) -> io::Result<()> {
    use std::io::Write as _;

    use rustix::fs::{Mode, OFlags};

    let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
    let opened = rustix::fs::open(folder, flags, Mode::RUSR | Mode::WUSR)?;
    let mut file = std::fs::File::from(opened);
    file.write_all(&[0xA5; TRIAL]).and_then(|()| file.sync_all())
}

/// Only Linux has files without a name.
#[cfg(not(target_os = "linux"))]
fn try_to_write(_: &Path) -> io::Result<()> {
    Ok(())
}
