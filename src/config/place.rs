//! Where the settings file, the store and the view state lie on this platform, and
//! what `~` means.

use std::path::{Component, Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};

fn folders() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "tokendeck")
}

/// The settings file; none where the user has no home folder.
pub fn config_file() -> Option<PathBuf> {
    folders().map(|folders| folders.config_dir().join("config.toml"))
}

/// The folder of the operator's own themes; none where there is no home folder.
pub fn themes_folder() -> Option<PathBuf> {
    folders().map(|folders| folders.config_dir().join("themes"))
}

/// The store of a backend that names no path; none where the user has no home folder.
pub fn data_file() -> Option<PathBuf> {
    folders().map(|folders| folders.data_dir().join("store.db"))
}

/// What the screens remember between runs: in the state folder, or in the local
/// data folder where the platform has none; none where the user has no home folder.
pub fn state_file() -> Option<PathBuf> {
    let folders = folders()?;
    let folder = folders.state_dir().unwrap_or_else(|| folders.data_local_dir());
    Some(folder.join("state.toml"))
}

/// The path from the root: `~` is the home folder, and what is relative is meant from
/// `base`. An empty one stays empty, to be told as such.
pub(super) fn from(base: &Path, path: &Path) -> PathBuf {
    if path.as_os_str().is_empty() {
        return PathBuf::new();
    }
    let path = base.join(expand(path));
    std::path::absolute(&path).unwrap_or(path)
}

/// The path as it is meant on the command line and in the environment: from the folder
/// that the program was started in.
pub fn from_here(path: &Path) -> PathBuf {
    from(Path::new(""), path)
}

/// Whether a theme is named by the path of its file.
pub fn is_theme_path(name: &str) -> bool {
    name.contains('/') || Path::new(name).extension().is_some_and(|ending| ending == "toml")
}

/// The path with a leading `~` replaced by the user's home folder. `~other` is a
/// plain name, as another user's files are no place for one's settings.
pub fn expand(path: &Path) -> PathBuf {
    let mut parts = path.components();
    match (parts.next(), BaseDirs::new()) {
        (Some(Component::Normal(first)), Some(folders)) if first == "~" => {
            folders.home_dir().join(parts.as_path())
        }
        _ => path.to_owned(),
    }
}
