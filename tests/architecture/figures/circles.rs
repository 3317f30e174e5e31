//! The circles of files that import each other, with the arrows they are made of.

use super::Figure;
use crate::circles::MOST;
use crate::source::{Arrows, Program, room_of};

/// Those of the rooms that `counts` lets through. Of one room the largest is told, of several
/// those that are too large.
pub(super) fn figure(program: &Program, arrows: &Arrows, counts: fn(&str) -> bool) -> Figure {
    let mut lines = Vec::new();
    let mut now = Vec::new();
    let rooms: Vec<_> = program.rooms().into_iter().filter(|room| counts(room)).collect();
    for room in &rooms {
        let circles = arrows.circles(|file| room_of(file) == Some(room));
        let largest = circles.first().map_or(0, Vec::len);
        if rooms.len() == 1 {
            now.push(largest.to_string());
        } else if largest > MOST {
            now.push(format!("{room} {largest}"));
        }
        for circle in circles {
            lines.push(format!("{room}: {} files", circle.len()));
            for file in &circle {
                let to = arrows.0.get(*file).into_iter().flatten();
                let to: Vec<_> = to.filter(|to| circle.contains(&to.as_str())).cloned().collect();
                lines.push(format!("    {file} > {}", to.join(" ")));
            }
        }
    }
    let now = if now.is_empty() { "none".to_owned() } else { now.join(", ") };
    Figure { now, lines }
}

#[test]
fn circles_are_told_with_their_arrows() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let program = Program::of([
        file("lib.rs", "mod a; mod b;"),
        file("a/mod.rs", "mod c; pub struct A; fn f() { c::g() }"),
        file("a/c.rs", "use super::A; use crate::b::B; pub fn g() {}"),
        file("b/mod.rs", "pub struct B; fn f() { crate::a::c::g() }"),
    ]);
    let arrows = Arrows::of(&program);
    let Figure { now, lines } = figure(&program, &arrows, |room| room == "a");
    assert_eq!(now, "2");
    assert_eq!(lines, ["a: 2 files", "    a/c.rs > a/mod.rs", "    a/mod.rs > a/c.rs"]);
    assert_eq!(figure(&program, &arrows, |_| true).now, "none");
}
