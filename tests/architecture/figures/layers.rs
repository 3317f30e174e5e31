//! In how many files each kind of thing that can lie over the screen is named: what
//! implements the trait of places.

use std::collections::BTreeSet;

use super::Figure;
use crate::source::{Program, Source};

pub(super) fn figure(program: &Program) -> Figure {
    let kinds: BTreeSet<_> = program.room("tui").flat_map(implementors).collect();
    let mut counted: Vec<_> = kinds
        .into_iter()
        .map(|kind| {
            let files = program.room("tui").filter(|source| names(source, &kind));
            let files: BTreeSet<_> = files.map(|source| source.path.as_str()).collect();
            (files.len(), kind, files)
        })
        .collect();
    counted.sort();
    let counts = counted.iter().map(|(count, ..)| count);
    let (least, most) = (counts.clone().min(), counts.max());
    let lines = counted.iter().map(|(count, kind, files)| {
        let files: Vec<_> = files.iter().copied().collect();
        format!("{count:>2} {kind}: {}", files.join(" "))
    });
    Figure {
        now: format!("{} to {}", least.unwrap_or(&0), most.unwrap_or(&0)),
        lines: lines.collect(),
    }
}

/// What a source makes a place: `impl Place for Menu`.
fn implementors(source: &Source) -> Vec<String> {
    let places = source.tokens.windows(4).filter_map(|four| match four {
        [first, place, sign, kind]
            if first.is("impl") && place.is("Place") && sign.is("for") && kind.is_word() =>
        {
            Some(kind.0.clone())
        }
        _ => None,
    });
    places.collect()
}

/// Whether a source names it; the lines that only pass a name on count, too.
fn names(source: &Source, kind: &str) -> bool {
    source.tokens.iter().any(|token| token.is(kind))
}

#[test]
fn places_are_found_by_what_makes_them_one() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let program = Program::of([
        file("lib.rs", "mod tui;"),
        file("tui/mod.rs", "mod a; mod b; trait Place {}"),
        file("tui/a.rs", "struct Help; impl Place for Help {} struct Menu; impl Place for Menu {}"),
        file("tui/b.rs", "fn a() { stack.push(super::a::Menu) }"),
    ]);
    let Figure { now, lines } = figure(&program);
    assert_eq!(now, "1 to 2");
    assert_eq!(lines, [" 1 Help: tui/a.rs", " 2 Menu: tui/a.rs tui/b.rs"]);
}
