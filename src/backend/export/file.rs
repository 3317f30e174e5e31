//! A file of secrets: for its owner alone from its first byte, under its name only
//! once it is complete and safe on the disk, and never in place of another.

use std::fs::Permissions;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::store::private;

/// Names tried beside the first one, where that is taken.
const NAMES: u32 = 1_000;

/// A file that has no name of its own yet. Dropping it removes it.
pub(super) struct SheetDraft {
    file: NamedTempFile,
    folder: PathBuf,
    path: PathBuf,
}

impl SheetDraft {
    /// Makes an empty file in the folder, to be called `stem.csv` or, where that is
    /// taken, `stem-2.csv` and so on.
    pub(super) fn create(folder: &Path, stem: &str) -> io::Result<Self> {
        let folder = folder.canonicalize()?;
        let path = free(&folder, stem)?;
        Self::nameless(folder, path)
    }

    fn nameless(folder: PathBuf, path: PathBuf) -> io::Result<Self> {
        let private = Permissions::from_mode(0o600);
        let file = tempfile::Builder::new()
            .prefix(".api-tokens-")
            .suffix(".part")
            .permissions(private.clone())
            .tempfile_in(&folder)?;
        // The umask may have taken from the mode.
        file.as_file().set_permissions(private)?;
        Ok(Self { file, folder, path })
    }

    /// Makes an empty file beside that path, to be called so; nothing may be there yet.
    pub(super) fn named(path: &Path) -> io::Result<Self> {
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.canonicalize()?,
            _ => Path::new(".").canonicalize()?,
        };
        let path = folder.join(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
        if path.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Self::nameless(folder, path)
    }

    /// The path it will have, from the root.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it, makes it last and gives it its name. Where any of this fails there
    /// is no such file.
    pub(super) fn complete(
        self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<PathBuf> {
        let Self { file, folder, path } = self;
        let mut buffer = BufWriter::new(file.as_file());
        write(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        file.as_file().sync_all()?;
        file.persist_noclobber(&path).map_err(|failed| failed.error)?;
        private::sync_folder(&folder).map_err(io::Error::other).inspect_err(|_| {
            // A name that may not last is as good as none.
            let _ = std::fs::remove_file(&path);
        })?;
        Ok(path)
    }
}

fn free(folder: &Path, stem: &str) -> io::Result<PathBuf> {
    let first = std::iter::once(format!("{stem}.csv"));
    let names = first.chain((2..=NAMES).map(|number| format!("{stem}-{number}.csv")));
    for name in names {
        let path = folder.join(name);
        match path.symlink_metadata() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(path),
            Err(error) => return Err(error),
            Ok(_) => {}
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
