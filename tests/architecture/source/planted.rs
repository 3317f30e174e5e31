//! Sees the reading and following of names go right and wrong on sources made up for it.

use super::{Arrows, Program};

fn program(texts: &[(&str, &str)]) -> Program {
    Program::of(texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())))
}

fn arrows(texts: &[(&str, &str)]) -> Vec<String> {
    let arrows = Arrows::of(&program(texts));
    let pairs = arrows.0.iter().flat_map(|(from, all)| all.iter().map(move |to| (from, to)));
    pairs.map(|(from, to)| format!("{from} > {to}")).collect()
}

#[test]
fn an_import_is_followed_to_the_file_that_defines() {
    let found = arrows(&[
        ("lib.rs", "mod tui;"),
        ("tui/mod.rs", "mod a; mod b; mod c; pub use b::B; use c::C as Other; pub use c::*;"),
        ("tui/a.rs", "use super::{B, c::{self, C}}; fn f() -> B { c::make(C) }"),
        ("tui/b.rs", "pub struct B; pub fn g(c: super::All) {}"),
        ("tui/c.rs", "pub struct C; pub struct All; pub fn make() {}"),
    ]);
    // Passing B on is no use of it, but the import of C is one.
    assert_eq!(
        found,
        [
            "tui/a.rs > tui/b.rs",
            "tui/a.rs > tui/c.rs",
            "tui/b.rs > tui/c.rs",
            "tui/mod.rs > tui/c.rs"
        ]
    );
}

#[test]
fn what_is_passed_on_and_used_counts() {
    let found = arrows(&[
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; mod c; pub use b::B; pub use c::C; fn f(b: B) {}"),
        ("a/b.rs", "pub struct B;"),
        ("a/c.rs", "pub struct C;"),
    ]);
    assert_eq!(found, ["a/mod.rs > a/b.rs"]);
}

#[test]
fn paths_in_code_and_in_macros_count_and_tests_do_not() {
    let found = arrows(&[
        ("lib.rs", "mod a; mod b; mod c; mod d; #[cfg(test)] mod fixture; ids! { Id }"),
        ("a.rs", "mod inner { fn f() { assert!(super::super::b::ok()) } }"),
        ("b.rs", "fn ok() { let x = crate::c::Made::new(); std::fs::read(x); }"),
        ("c.rs", "ids! { Made } #[cfg(test)] mod tests { use crate::a; fn f() { a::x() } }"),
        ("d.rs", "impl D { #[cfg(test)] fn f() { crate::c::x() } }\n/// `crate::b::ok`\nstruct D;"),
        ("fixture.rs", "use crate::b::ok;"),
        ("left_over.rs", "use crate::b::ok;"),
    ]);
    assert_eq!(found, ["a.rs > b.rs", "b.rs > c.rs"]);
}

#[test]
fn a_name_that_leads_nowhere_comes_to_an_end() {
    let found = arrows(&[
        ("lib.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b::X; fn f() { X::new(); self::Y::new() }"),
        ("b.rs", "pub use crate::a::X; pub use crate::a::*;"),
    ]);
    assert!(found.len() < 3, "{found:?}");
}

#[test]
fn circles_are_found_and_chains_are_none() {
    let program = program(&[
        ("lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
        ("a.rs", "use crate::b::B; pub struct A;"),
        ("b.rs", "use crate::c::C; pub struct B;"),
        ("c.rs", "use crate::a::A; use crate::d::D; pub struct C;"),
        ("d.rs", "use crate::e::E; pub struct D;"),
        ("e.rs", "pub struct E;"),
    ]);
    let arrows = Arrows::of(&program);
    assert_eq!(arrows.circles(|_| true), [["a.rs", "b.rs", "c.rs"]]);
    assert!(arrows.circles(|file| file != "b.rs").is_empty());
}
