//! Which file names something that another one defines.

use std::collections::{BTreeMap, BTreeSet};

use super::Program;
use super::take::Source;
use super::token::Token;

/// For each file the files it imports from.
#[derive(Debug, Default)]
pub(crate) struct Arrows(pub(crate) BTreeMap<String, BTreeSet<String>>);

impl Arrows {
    /// Between all files: `use` and paths written out in code, each followed to the file
    /// that defines what it names. To declare a module, or to import it, is none; what is
    /// named by it later is.
    pub(crate) fn of(program: &Program) -> Self {
        let arrows = program.sources.values().map(|source| {
            let mut to: BTreeSet<String> = BTreeSet::new();
            let words = words_used(&source.tokens);
            let imported = program.modules.imported(source, |name| words.contains(name));
            to.extend(imported.into_iter().map(str::to_owned));
            for path in paths(source) {
                to.extend(program.modules.file_of(&source.path, &path).map(str::to_owned));
            }
            to.remove(&source.path);
            (source.path.clone(), to)
        });
        Self(arrows.collect())
    }

    /// The circles, the largest first: sets of two files or more, of which each comes to
    /// each other one by arrows among the files that `counts` lets through.
    pub(crate) fn circles(&self, counts: impl Fn(&str) -> bool) -> Vec<Vec<&str>> {
        let files: Vec<&str> =
            self.0.keys().map(String::as_str).filter(|file| counts(file)).collect();
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            files.iter().map(|file| (*file, self.reached(file, &counts))).collect();
        let reach = |from: &str, to: &str| reached.get(from).is_some_and(|all| all.contains(to));
        let mut circles: Vec<Vec<&str>> = Vec::new();
        for file in &files {
            if !reach(file, file) || circles.iter().flatten().any(|known| known == file) {
                continue;
            }
            let others = files.iter().copied();
            circles.push(others.filter(|other| reach(file, other) && reach(other, file)).collect());
        }
        circles.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
        circles
    }

    /// What a file comes to, itself only where an arrow leads back.
    fn reached(&self, from: &str, counts: impl Fn(&str) -> bool) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&str> = vec![from];
        while let Some(file) = next.pop() {
            for to in self.0.get(file).into_iter().flatten() {
                if counts(to) && reached.insert(to.as_str()) {
                    next.push(to);
                }
            }
        }
        reached
    }
}

/// The words of a source outside of what it imports.
fn words_used(tokens: &[Token]) -> BTreeSet<&str> {
    let mut in_import = false;
    let mut words = BTreeSet::new();
    for token in tokens {
        in_import = (in_import || token.is("use")) && !token.is(";");
        if !in_import && token.is_word() {
            words.insert(token.0.as_str());
        }
    }
    words
}

/// The paths of two names or more that stand in a source outside of what it imports, in
/// macros too.
fn paths(source: &Source) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let mut in_import = false;
    let mut path: Vec<String> = Vec::new();
    let mut joined = false;
    for token in &source.tokens {
        let was_in_import = in_import;
        in_import = (in_import || token.is("use")) && !token.is(";");
        if token.is("::") {
            joined = true;
            continue;
        }
        let goes_on = joined && !path.is_empty() && token.is_word();
        if !goes_on {
            if path.len() > 1 && !was_in_import {
                found.insert(std::mem::take(&mut path));
            }
            path.clear();
        }
        // `<X as Y>::name` begins with a sign: what it names belongs to X.
        if token.is_word() && (goes_on || !joined) {
            path.push(token.0.clone());
        }
        joined = false;
    }
    found
}
