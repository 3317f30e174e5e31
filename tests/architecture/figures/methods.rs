//! The type that can do most: its methods, and the functions beside it that change it.

use std::collections::{BTreeMap, BTreeSet};

use super::Figure;
use crate::source::Program;
use crate::tui_rooms::tui_room_of;

/// Types that are listed.
const LISTED: usize = 12;

#[derive(Default)]
struct Size<'a> {
    functions: usize,
    files: BTreeSet<&'a str>,
}

pub(super) fn figure(program: &Program) -> Figure {
    // By the file that defines the type, for two may have one name.
    let mut sizes: BTreeMap<(&str, &str), Size> = BTreeMap::new();
    for source in program.room("tui") {
        for function in source.functions.iter().filter(|function| !function.of_trait) {
            let types = match &function.owner {
                Some(owner) => std::slice::from_ref(owner),
                None => &function.changes[..],
            };
            for path in types {
                let Some(file) = program.modules.file_of(&source.path, path) else { continue };
                let Some(name) = path.last() else { continue };
                let size = sizes.entry((file, name)).or_default();
                size.functions += 1;
                size.files.insert(&source.path);
            }
        }
    }
    let mut sizes: Vec<_> = sizes.into_iter().collect();
    sizes.sort_by_key(|(_, size)| std::cmp::Reverse(size.functions));
    let told = |((_, name), size): &((&str, &str), Size)| {
        let rooms: BTreeSet<_> = size.files.iter().filter_map(|file| tui_room_of(file)).collect();
        let (files, rooms) = (size.files.len(), rooms.len());
        format!("{name}: {} in {files} files of {rooms} rooms", size.functions)
    };
    let lines = sizes.iter().take(LISTED);
    let lines = lines.map(|size| format!("{} ({})", told(size), size.0.0)).collect();
    Figure { now: sizes.first().map(told).unwrap_or_default(), lines }
}

#[test]
fn methods_and_functions_that_change_a_type_are_counted() {
    let program = Program::of([
        ("lib.rs".to_owned(), "mod tui;".to_owned()),
        ("tui/mod.rs".to_owned(), "mod a; mod other;".to_owned()),
        (
            "tui/a.rs".to_owned(),
            "struct A; impl A { fn new() {} fn b(&self) {} } fn c(a: &mut A) {}
             impl Clone for A { fn clone(&self) {} } struct B; impl B { fn a(a: &mut A) {} }"
                .to_owned(),
        ),
        (
            "tui/other.rs".to_owned(),
            "use super::a::A; impl A { fn d() {} } struct B; impl B { fn e() {} }".to_owned(),
        ),
    ]);
    let Figure { now, lines } = figure(&program);
    assert_eq!(now, "A: 4 in 2 files of 2 rooms");
    assert_eq!(
        lines,
        [
            "A: 4 in 2 files of 2 rooms (tui/a.rs)",
            "B: 1 in 1 files of 1 rooms (tui/a.rs)",
            "B: 1 in 1 files of 1 rooms (tui/other.rs)"
        ]
    );
}
