//! The file that keeps the view state of the terminal program. Knows nothing of
//! what is in it.

use std::fs::{self, DirBuilder};
use std::io::{self, Write as _};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use crate::config;
use crate::domain::view::{SavedView, Views};
use crate::tui::Memory;

/// More than any view state needs.
const LARGEST: u64 = 1 << 20;

/// A file of one user, made when there is something to keep.
#[derive(Debug)]
pub struct StateFile {
    path: PathBuf,
    views: PathBuf,
}

impl StateFile {
    /// The file at that path.
    pub fn new(path: PathBuf) -> Self {
        Self { views: config::views_file(&path), path }
    }

    /// The same with the views in another file than the one beside it.
    #[must_use]
    pub fn with_views(self, views: PathBuf) -> Self {
        Self { views, ..self }
    }
}

impl Memory for StateFile {
    fn read(&self) -> io::Result<Option<String>> {
        match fs::metadata(&self.path) {
            Ok(found) if found.len() > LARGEST || !found.is_file() => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "it is no view state"))
            }
            Ok(_) => fs::read_to_string(&self.path).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                config::dead_link(&self.path).map_or(Ok(None), |why| Err(io::Error::other(why)))
            }
            Err(error) => Err(error),
        }
    }

    fn write(&self, text: &str) -> io::Result<()> {
        write(&self.path, text)
    }

    fn views(&self) -> Result<Views, String> {
        config::read_views(&self.views).map_err(|error| error.to_string())
    }

    fn keep_view(&self, name: &str, view: Option<SavedView>) -> Result<Views, String> {
        // As they are by now: another program may have been there.
        let mut views = self.views()?;
        match view {
            Some(view) => drop(views.insert(name.to_owned(), view)),
            None => drop(views.remove(name)),
        }
        let text = config::views_text(&views).map_err(|error| error.to_string())?;
        // A link stays one: what it leads to is written.
        let is_link = self.views.is_symlink();
        let file = if is_link { self.views.canonicalize() } else { Ok(self.views.clone()) };
        let written = file.and_then(|file| write(&file, &text));
        written.map_err(|error| format!("cannot write '{}': {error}", self.views.display()))?;
        Ok(views)
    }
}

/// All of it or nothing, and for its user alone.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    // A name of its own for every writer, 0600 from the first byte.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_text_is_kept_for_its_user_alone_and_leaves_nothing_beside_it() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("new/state.toml");
        let file = StateFile::new(path.clone());
        assert_eq!(file.read()?, None);
        file.write("a = 1\n")?;
        file.write("a = 2\n")?;
        assert_eq!(file.read()?.as_deref(), Some("a = 2\n"));
        let inside = folder.path().join("new");
        assert_eq!(fs::metadata(&path)?.permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&inside)?.permissions().mode() & 0o777, 0o700);
        assert_eq!(fs::read_dir(&inside)?.count(), 1);
        Ok(())
    }

    #[test]
    fn a16_a_link_that_leads_nowhere_is_not_taken_for_no_view() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("state.toml");
        std::os::unix::fs::symlink(folder.path().join("gone"), &path)?;
        assert!(StateFile::new(path).read().is_err());
        Ok(())
    }

    #[test]
    fn a_folder_in_its_place_is_an_error_and_not_a_panic() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let file = StateFile::new(folder.path().to_owned());
        assert!(file.read().is_err());
        assert!(file.write("a = 1\n").is_err());
        Ok(())
    }
}
