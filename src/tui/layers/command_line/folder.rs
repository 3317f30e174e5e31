//! What there is in the folder that a path on the line leads into: asked for once as the path
//! is typed, and told by the runtime.

use std::path::{Path, PathBuf};

use crate::backend::Answer;
use crate::backend::list_file::ListForm;
use crate::tui::call::Call;
use crate::tui::prompt::Completion;
use crate::tui::shared::Shared;

/// A folder, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Which was asked for last.
    asked: Option<PathBuf>,
    /// What is in it; a folder ends in a slash.
    names: Vec<String>,
}

/// The folder of a path, and what of a name stands behind it.
fn parts(path: &str) -> (&str, &str) {
    path.rfind('/').and_then(|at| path.split_at_checked(at + 1)).unwrap_or(("", path))
}

impl Folder {
    /// Asks for what is there, unless that was asked for last.
    pub(super) fn follow(&mut self, path: &str, shared: &mut Shared) {
        let folder = match parts(path) {
            ("", _) => PathBuf::from("."),
            (folder, _) => PathBuf::from(folder),
        };
        if self.asked.as_ref() == Some(&folder) {
            return;
        }
        self.names.clear();
        shared.ask(Call::Folder(folder.clone()));
        self.asked = Some(folder);
    }

    /// What is there has come. What can't be read has nothing to offer; whoever goes there
    /// all the same is told why.
    pub(super) fn came(&mut self, folder: &Path, names: Answer<Vec<String>>) {
        if self.asked.as_deref() == Some(folder) {
            self.names = names.unwrap_or_default();
        }
    }

    /// The folders and the lists there whose names begin with what was typed.
    pub(super) fn offers(&self, before: &str, path: &str) -> Vec<Completion> {
        let (folder, begun) = parts(path);
        let fits = |name: &&String| {
            let hidden = name.starts_with('.') && !begun.starts_with('.');
            name.starts_with(begun) && !hidden
        };
        let is_folder = |name: &str| name.ends_with('/');
        let of_use = |name: &&String| is_folder(name) || ListForm::of(Path::new(name)).is_ok();
        let offer = |name: &String| {
            let meaning =
                if is_folder(name) { "folder" } else { "there already: take another name" };
            Completion::new(format!("{before}{folder}{name}"), name, meaning)
        };
        self.names.iter().filter(fits).filter(of_use).map(offer).collect()
    }
}
