//! The program's own sources, read once for all that is held or counted of their shape:
//! code alone, for tests and comments have another.

mod arrows;
mod planted;
mod resolve;
mod strip;
mod take;
mod token;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

pub(crate) use arrows::Arrows;
pub(crate) use resolve::Modules;
pub(crate) use take::{Function, Source};
pub(crate) use token::Token;

use super::{root, sources};

/// All sources that the program is built from, by their path under `src`.
pub(crate) struct Program {
    pub(crate) sources: BTreeMap<String, Source>,
    pub(crate) modules: Modules,
}

/// This program.
pub(crate) static PROGRAM: LazyLock<Program> = LazyLock::new(|| {
    let under = |path: &Path| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    let texts = sources(&root());
    Program::of(texts.iter().map(|path| (under(path), fs::read_to_string(path).unwrap())))
});

/// Which of its files names something of which.
pub(crate) static ARROWS: LazyLock<Arrows> = LazyLock::new(|| Arrows::of(&PROGRAM));

impl Program {
    /// The program of those paths and texts, from `lib.rs` on. What no module declares
    /// outside of tests is no part of it.
    pub(crate) fn of(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut all: BTreeMap<_, _> = texts
            .into_iter()
            .map(|(path, text)| (path.clone(), Source::read(path, &text)))
            .collect();
        let modules = Modules::of(&all);
        all.retain(|path, _| modules.reaches(path));
        Self { sources: all, modules }
    }

    /// The sources of a room: a folder of `src`, such as `tui`.
    pub(crate) fn room<'a>(&'a self, room: &'a str) -> impl Iterator<Item = &'a Source> {
        self.sources.values().filter(move |source| room_of(&source.path) == Some(room))
    }

    /// The rooms of `src`.
    pub(crate) fn rooms(&self) -> Vec<&str> {
        let mut rooms: Vec<_> = self.sources.keys().filter_map(|path| room_of(path)).collect();
        rooms.dedup();
        rooms
    }
}

/// The folder of `src` that a source lies in; none for `main.rs` and `lib.rs`.
pub(crate) fn room_of(path: &str) -> Option<&str> {
    path.split_once('/').map(|(room, _)| room)
}
