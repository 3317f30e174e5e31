//! The tree of modules, and the file that a path leads to: imports are followed to where
//! the thing itself is defined, so that a `pub use` neither hides an arrow nor makes one up.

use std::collections::BTreeMap;

use super::take::{Import, Inner, Source};

/// Imports that are followed for one name before it is given up as going in a circle.
const DEPTH: usize = 12;

/// All modules of the program.
#[derive(Debug, Default)]
pub(crate) struct Modules {
    all: Vec<Module>,
    /// The module that a file is, as a place in `all`.
    files: BTreeMap<String, usize>,
}

#[derive(Debug)]
struct Module {
    file: String,
    parent: usize,
    children: BTreeMap<String, usize>,
    items: Vec<String>,
    names: BTreeMap<String, Vec<Vec<String>>>,
    globs: Vec<Vec<String>>,
}

/// Where a path leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Module(usize),
    /// Something that the module defines.
    Item(usize),
}

impl Modules {
    pub(super) fn of(sources: &BTreeMap<String, Source>) -> Self {
        let mut modules = Self::default();
        if let Some(root) = sources.get("lib.rs") {
            modules.file(sources, root, 0);
        }
        modules
    }

    /// Whether a file is a module of the program.
    pub(super) fn reaches(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Enters a file and what it declares.
    fn file(
        &mut self,
        sources: &BTreeMap<String, Source>,
        source: &Source,
        parent: usize,
    ) -> usize {
        let first = self.all.len();
        self.files.insert(source.path.clone(), first);
        let mut entered: Vec<usize> = Vec::new();
        for inner in &source.modules {
            let at = self.all.len();
            // The one it is written in was entered before it.
            let outer = source.modules.iter().position(|other| {
                inner.path.split_last().is_some_and(|(_, outer)| other.path == outer)
            });
            let outer = outer.and_then(|place| entered.get(place).copied());
            self.all.push(Module::of(inner, &source.path, outer.unwrap_or(parent)));
            if let (Some(outer), Some(name)) = (outer, inner.path.last()) {
                self.all[outer].children.insert(name.clone(), at);
            }
            entered.push(at);
        }
        for (inner, at) in source.modules.iter().zip(entered) {
            for (name, elsewhere) in &inner.declared {
                let found = files_of(&source.path, &inner.path, name, elsewhere.as_deref())
                    .into_iter()
                    .find_map(|path| sources.get(&path));
                if let Some(found) = found {
                    let child = self.file(sources, found, at);
                    self.all[at].children.insert(name.clone(), child);
                }
            }
        }
        first
    }

    /// The file that a path leads to, seen from a file's own module. None where it leads
    /// out of the program or no further than to a module.
    pub(crate) fn file_of(&self, from: &str, path: &[String]) -> Option<&str> {
        self.file_seen_from(*self.files.get(from)?, path)
    }

    fn file_seen_from(&self, from: usize, path: &[String]) -> Option<&str> {
        match self.follow(from, path, DEPTH)? {
            Place::Item(module) => Some(&self.all[module].file),
            Place::Module(_) => None,
        }
    }

    /// The files that the imports of a file lead to, those of modules within it too.
    /// What is only passed on counts where `uses` says that the name is used as well.
    pub(super) fn imported(&self, source: &Source, uses: impl Fn(&str) -> bool) -> Vec<&str> {
        let Some(&first) = self.files.get(&source.path) else { return vec![] };
        let inner = source.modules.iter().enumerate();
        let wanted = |import: &Import| {
            import.name.as_deref().is_some_and(|name| !import.is_passed_on || uses(name))
        };
        inner
            .flat_map(|(place, inner)| inner.imports.iter().map(move |import| (place, import)))
            .filter(|(_, import)| wanted(import))
            .filter_map(|(place, import)| self.file_seen_from(first + place, &import.path))
            .collect()
    }

    fn follow(&self, from: usize, path: &[String], depth: usize) -> Option<Place> {
        let (first, rest) = path.split_first()?;
        let depth = depth.checked_sub(1)?;
        let mut place = match first.as_str() {
            "crate" => Place::Module(0),
            "self" => Place::Module(from),
            "super" => Place::Module(self.all[from].parent),
            name => self.look(from, name, rest.is_empty(), depth)?,
        };
        for (at, name) in rest.iter().enumerate() {
            let Place::Module(module) = place else { break };
            place = match name.as_str() {
                "super" => Place::Module(self.all[module].parent),
                name => {
                    let last = at + 1 == rest.len();
                    // A name that a macro defines is not seen, but it is in there.
                    self.look(module, name, last, depth).unwrap_or(Place::Item(module))
                }
            };
        }
        Some(place)
    }

    /// What a module calls by that name. A module and a function may share one: whatever
    /// has a path behind it is the module.
    fn look(&self, module: usize, name: &str, is_last: bool, depth: usize) -> Option<Place> {
        let here = &self.all[module];
        let child = here.children.get(name).map(|child| Place::Module(*child));
        let item = here.items.iter().any(|item| item == name).then_some(Place::Item(module));
        let own = if is_last { item.or(child) } else { child.or(item) };
        own.or_else(|| {
            let imports = here.names.get(name).into_iter().flatten();
            let found: Vec<_> =
                imports.filter_map(|path| self.follow(module, path, depth)).collect();
            let best = found.iter().find(|place| matches!(place, Place::Item(_)) == is_last);
            best.or(found.first()).copied()
        })
        .or_else(|| {
            here.globs.iter().find_map(|path| match self.follow(module, path, depth)? {
                Place::Module(behind) if behind != module => {
                    self.look(behind, name, is_last, depth.checked_sub(1)?)
                }
                Place::Module(_) | Place::Item(_) => None,
            })
        })
    }
}

impl Module {
    fn of(inner: &Inner, file: &str, parent: usize) -> Self {
        let mut names: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
        let mut globs = Vec::new();
        for import in &inner.imports {
            match &import.name {
                // `use x;` of another crate names itself.
                Some(name) if import.path != [name.clone()] => {
                    names.entry(name.clone()).or_default().push(import.path.clone());
                }
                Some(_) => {}
                None => globs.push(import.path.clone()),
            }
        }
        let children = BTreeMap::new();
        Self { file: file.to_owned(), parent, children, items: inner.items.clone(), names, globs }
    }
}

/// Where the file of a declared module may lie.
fn files_of(path: &str, inside: &[String], name: &str, elsewhere: Option<&str>) -> Vec<String> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let join = |parts: &[&str]| {
        let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join("/")
    };
    if let Some(elsewhere) = elsewhere {
        return vec![join(&[folder, elsewhere])];
    }
    let stem = match file {
        "mod.rs" | "lib.rs" => "",
        other => other.strip_suffix(".rs").unwrap_or(other),
    };
    let inside = inside.join("/");
    let base = join(&[folder, stem, &inside, name]);
    vec![format!("{base}.rs"), format!("{base}/mod.rs")]
}
