//! Names that stand for two types or more, so that a reader has to ask which is meant. A
//! type that its own module alone can name is no answer to that, and not counted.

use std::collections::{BTreeMap, BTreeSet};

use super::Figure;
use crate::source::Program;

pub(super) fn figure(program: &Program) -> Figure {
    // Two of a name in one file stand for one thing on two systems.
    let mut places: BTreeMap<&str, BTreeMap<&str, String>> = BTreeMap::new();
    for source in program.sources.values() {
        for named in source.types.iter().filter(|named| !named.is_private) {
            let place = format!("{} {}:{}", named.kind, source.path, named.line);
            places.entry(&named.name).or_default().insert(&source.path, place);
        }
    }
    let all = places.len();
    let twice: Vec<_> = places.into_iter().filter(|(_, places)| places.len() > 1).collect();
    let lines = twice.iter().map(|(name, places)| {
        let places: BTreeSet<_> = places.values().map(String::as_str).collect();
        format!("{name}: {}", places.into_iter().collect::<Vec<_>>().join(", "))
    });
    Figure { now: format!("{} of {all}", twice.len()), lines: lines.collect() }
}

#[test]
fn a_name_that_two_files_define_is_found() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let program = Program::of([
        file("lib.rs", "mod a; mod b; pub struct Alone;"),
        file(
            "a.rs",
            "#[cfg(unix)] pub struct Own; #[cfg(not(unix))] pub struct Own; pub enum Twice {}
             struct Private;",
        ),
        file(
            "b.rs",
            "fn f() { pub(super) struct Twice; }\n#[cfg(test)] mod tests { pub struct Alone; }
             pub struct Private;",
        ),
    ]);
    let Figure { now, lines } = figure(&program);
    assert_eq!(now, "1 of 4");
    assert_eq!(lines, ["Twice: enum a.rs:1, struct b.rs:1"]);
}
