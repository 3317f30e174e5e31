//! A new file that only its owner can read: for a credential, or the names of people.
//! What is there already is never written over.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// A file that is taken away again unless something is written to it.
#[derive(Debug)]
pub(super) struct NewFile {
    path: PathBuf,
    file: Option<File>,
}

impl NewFile {
    /// Makes the file, of mode 600, so that what can't be kept is never made.
    pub(super) fn create(path: &Path) -> Result<Self, Failure> {
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let file = file.map_err(|error| Failure::Write { path: path.to_owned(), error })?;
        Ok(Self { path: path.to_owned(), file: Some(file) })
    }

    /// Writes all of it, down to the disk.
    pub(super) fn write(mut self, text: &str) -> Result<(), Failure> {
        let written = self.file.as_mut().map_or(Ok(()), |file| write_all(file, text));
        written.map_err(|error| Failure::Write { path: self.path.clone(), error })?;
        self.file = None;
        Ok(())
    }
}

fn write_all(file: &mut File, text: &str) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            // An empty file that stays is a nuisance, and no harm.
            let _ = std::fs::remove_file(&self.path);
        }
    }
}
