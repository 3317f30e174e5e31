//! Who else can change a file. Settings that name a command are as good as the command:
//! whoever can write to them, or put others in their place, runs it as whoever reads them.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// Links that are followed before it is called a circle, as the system does.
const LINKS: usize = 40;
/// Write, for the group and for others.
const OTHERS: u32 = 0o022;
/// In a folder with this bit nobody moves what is another's.
const STICKY: u32 = 0o1000;

/// Who else can change what is read at this path, and what to type against it.
pub fn changeable_by_others(path: &Path) -> io::Result<Option<String>> {
    let me = rustix::process::geteuid().as_raw();
    let mut path = std::path::absolute(path)?;
    for _ in 0..LINKS {
        let name = path.file_name().map(PathBuf::from).unwrap_or_default();
        let folder = fs::canonicalize(path.parent().unwrap_or(Path::new("/")))?;
        if let Some(why) = folder.ancestors().find_map(|folder| open(folder, me)) {
            return Ok(Some(why));
        }
        let here = folder.join(name);
        if !here.symlink_metadata()?.is_symlink() {
            return Ok(open(&here, me));
        }
        path = folder.join(fs::read_link(here)?);
    }
    Err(rustix::io::Errno::LOOP.into())
}

/// Why others can change this very file or folder.
fn open(path: &Path, me: u32) -> Option<String> {
    let shown = path.display();
    let Ok(found) = path.metadata() else { return Some(format!("'{shown}' can't be looked at")) };
    // The system's own administrator can do everything anyway.
    if found.uid() != me && found.uid() != 0 {
        let owner = found.uid();
        return Some(format!("'{shown}' belongs to another (uid {owner}): chown {me} '{shown}'"));
    }
    let mode = found.mode();
    let shared = found.is_dir() && mode & STICKY != 0;
    (mode & OTHERS != 0 && !shared)
        .then(|| format!("'{shown}' can be changed by others: chmod go-w '{shown}'"))
}
