//! Names around a file: its folder, and what lies beside it. Looks at nothing.

use std::path::{Path, PathBuf};

/// The folder a file lies in; "." for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// `path` with `ending` added to its last name: `a.db` and `-wal` give `a.db-wal`.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
