//! In how many files each kind of thing that lies over the screen is named.

use std::collections::BTreeSet;

use super::Figure;
use crate::source::{Program, Source};

/// What the enum of them may be called.
const ENUMS: &[&str] = &["Layer", "Overlay"];

pub(super) fn figure(program: &Program) -> Figure {
    let types = program.room("tui").flat_map(|source| &source.types);
    let found =
        types.filter(|named| named.kind == "enum").find(|named| ENUMS.contains(&&*named.name));
    let Some(found) = found else {
        return Figure { now: format!("no enum {}", ENUMS.join(" or ")), lines: vec![] };
    };
    let mut counted: Vec<_> = found
        .variants
        .iter()
        .map(|variant| {
            let files = program.room("tui").filter(|source| names(source, &found.name, variant));
            let files: BTreeSet<_> = files.map(|source| source.path.as_str()).collect();
            (files.len(), variant, files)
        })
        .collect();
    counted.sort();
    let counts = counted.iter().map(|(count, ..)| count);
    let (least, most) = (counts.clone().min(), counts.max());
    let lines = counted.iter().map(|(count, variant, files)| {
        let files: Vec<_> = files.iter().copied().collect();
        format!("{count:>2} {}::{variant}: {}", found.name, files.join(" "))
    });
    Figure {
        now: format!("{} to {}", least.unwrap_or(&0), most.unwrap_or(&0)),
        lines: lines.collect(),
    }
}

/// Whether a source names that variant: by the enum, or by `Self` where it has its methods.
pub(super) fn names(source: &Source, kind: &str, variant: &str) -> bool {
    let is_it = |tokens: &[crate::source::Token], kind: &str| {
        tokens.windows(3).any(|three| match three {
            [first, sign, last] => first.is(kind) && sign.is("::") && last.is(variant),
            _ => false,
        })
    };
    let own = source.functions.iter().filter(|function| {
        function.owner.as_ref().and_then(|owner| owner.last()).is_some_and(|owner| owner == kind)
    });
    is_it(&source.tokens, kind) || own.into_iter().any(|function| is_it(&function.body, "Self"))
}

#[test]
fn variants_are_found_by_the_enum_and_by_self() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let program = Program::of([
        file("lib.rs", "mod tui;"),
        file("tui/mod.rs", "mod a; mod b; enum Overlay { Help, Menu { cursor: usize } }"),
        file("tui/a.rs", "impl Overlay { fn a() { match self { Self::Help => Self::menu() } } }"),
        file("tui/b.rs", "fn a() { matches!(x, Overlay::Help | super::Overlay::Menu { .. }) }"),
    ]);
    let Figure { now, lines } = figure(&program);
    assert_eq!(now, "1 to 2");
    assert_eq!(lines, [" 1 Overlay::Menu: tui/b.rs", " 2 Overlay::Help: tui/a.rs tui/b.rs"]);
}
