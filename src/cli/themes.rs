//! The themes of the operator: files in the folder `themes` of the settings, or
//! one named by its path. Reads them; what a theme means is the screen's word.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config;
use crate::tui::Themes;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The themes that can be used, those that ship among them.
    pub(super) themes: Themes,
    /// Those that can't, by name, each with all that is wrong.
    pub(super) broken: Vec<(String, Vec<String>)>,
}

impl Shelf {
    /// The themes that ship, those in the operator's folder, and the chosen one
    /// where it is named by its path.
    pub(super) fn read(chosen: &str) -> Self {
        let mut shelf = Self::default();
        for path in own_files() {
            if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
                shelf.put(name, &path);
            }
        }
        if is_path(chosen) {
            shelf.put(chosen, &config::expand(Path::new(chosen)));
        }
        shelf
    }

    fn put(&mut self, name: &str, path: &Path) {
        let read = fs::read_to_string(path).map_err(|error| vec![error.to_string()]);
        if let Err(wrong) = read.and_then(|text| self.themes.add(name, &text)) {
            let told = wrong.iter().map(|wrong| format!("{}: {wrong}", path.display()));
            self.broken.push((name.to_owned(), told.collect()));
        }
    }

    /// Why the theme of that name can't be used.
    pub(super) fn faults(&self, name: &str) -> Vec<String> {
        match self.broken.iter().find(|(broken, _)| broken == name) {
            Some((_, wrong)) => wrong.clone(),
            None => self.themes.missing(name).into_iter().collect(),
        }
    }
}

fn is_path(name: &str) -> bool {
    name.contains('/') || Path::new(name).extension().is_some_and(|ending| ending == "toml")
}

/// No folder is no fault, and neither is one that can't be read: whoever names a
/// theme in it is told that it is not there.
fn own_files() -> Vec<PathBuf> {
    let Some(folder) = config::themes_folder() else { return vec![] };
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(io::Result::ok);
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    files
}
