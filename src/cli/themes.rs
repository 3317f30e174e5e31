//! The themes of the operator: files in the folder `themes` of the settings, or
//! one named by its path. Reads them; what a theme means is the screen's word.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config;
use crate::tui::Themes;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct ThemeShelf {
    /// The themes that can be used, those that ship among them.
    pub(super) themes: Themes,
    /// Those that can't, by name, each with all that is wrong.
    pub(super) broken: Vec<(String, Vec<String>)>,
    /// Why the operator's folder could not be looked at.
    pub(super) unread: Option<String>,
}

impl ThemeShelf {
    /// The themes that ship, those in the operator's folder, and the chosen one
    /// where it is named by its path.
    pub(super) fn read(chosen: &str) -> Self {
        let mut shelf = Self::default();
        let own = own_files().unwrap_or_else(|why| {
            shelf.unread = Some(why);
            vec![]
        });
        for path in own {
            if let Some(name) = path.file_stem().and_then(|name| name.to_str()) {
                shelf.put(name, &path);
            }
        }
        if config::is_theme_path(chosen) {
            shelf.put(chosen, Path::new(chosen));
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
            // What is in the folder comes before what ships, so nobody knows which it is.
            None if self.unread.is_some() && !config::is_theme_path(name) => {
                self.unread.iter().cloned().collect()
            }
            None => self.themes.missing(name).into_iter().collect(),
        }
    }
}

/// No folder is no fault; one that can't be read is.
fn own_files() -> Result<Vec<PathBuf>, String> {
    let Some(folder) = config::themes_folder() else { return Ok(vec![]) };
    let told = |error: io::Error| format!("cannot read '{}': {error}", folder.display());
    let entries = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return config::dead_link(&folder).map_or(Ok(vec![]), Err);
        }
        entries => entries.map_err(told)?,
    };
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>();
    let mut files = paths.map_err(told)?;
    files.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    files.sort();
    Ok(files)
}
