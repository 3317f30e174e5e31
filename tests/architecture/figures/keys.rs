//! How many functions decide by what has the keys: each derives anew what the top of the
//! screen knows of itself.

use std::collections::BTreeSet;

use super::Figure;
use crate::source::{Function, Program, Token};

/// What tells who has the keys: a type, what values of it are called, and those of its
/// fields and methods that say so. To be kept as the program names them.
const TOLD_BY: &[(&str, &[&str], &[&str])] = &[
    ("Model", &["model"], &["layers", "form", "search", "at", "focus", "viewed"]),
    ("Screens", &["screens"], &["at"]),
];

/// What only changes such a field, and so asks nothing.
const CHANGES: &[&str] = &["push", "clear", "truncate", "insert", "retain"];

pub(super) fn figure(program: &Program) -> Figure {
    let mut lines = Vec::new();
    let (mut one, mut more) = (0, 0);
    for source in program.room("tui") {
        for function in &source.functions {
            let asked = asked(function);
            match asked.len() {
                0 => continue,
                1 => one += 1,
                _ => more += 1,
            }
            let asked: Vec<_> = asked.into_iter().collect();
            let Function { line, name, .. } = function;
            lines.push(format!("{}:{line} {name}: {}", source.path, asked.join(", ")));
        }
    }
    Figure { now: format!("{}, of which {more} ask two or more", one + more), lines }
}

/// What a function asks.
fn asked(function: &Function) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for (holder, values, names) in TOLD_BY {
        let owner = function.owner.as_ref().and_then(|owner| owner.last());
        let is_own = owner.is_some_and(|owner| owner == holder);
        for (at, token) in function.body.iter().enumerate() {
            let is_value = values.iter().any(|value| token.is(value)) || is_own && token.is("self");
            let (before, behind) = function.body.split_at(at);
            if let (true, [_, dot, name, rest @ ..]) = (is_value, behind) {
                let known = names.iter().find(|known| name.is(known));
                found.extend(known.filter(|_| dot.is(".") && !is_change(before, rest)));
            }
        }
    }
    found
}

/// Whether what stands around a field gives it something, or takes from it whatever it is,
/// instead of asking it.
fn is_change(before: &[Token], rest: &[Token]) -> bool {
    let is_statement =
        before.last().is_none_or(|token| ["{", "}", ";", "=>"].iter().any(|end| token.is(end)));
    match rest {
        [sign, ..] if sign.is("=") => true,
        [dot, name, open, close, end, ..] if is_statement && name.is("pop") => {
            dot.is(".") && open.is("(") && close.is(")") && end.is(";")
        }
        [dot, name, open, ..] => {
            dot.is(".") && open.is("(") && CHANGES.iter().any(|change| name.is(change))
        }
        _ => false,
    }
}

#[test]
fn only_what_is_asked_is_counted() {
    let program = Program::of([
        ("lib.rs".to_owned(), "mod tui;".to_owned()),
        (
            "tui/mod.rs".to_owned(),
            "impl Model {
                fn asks(&self) -> bool { matches!(self.layers.last(), None) && self.focus == X }
                fn changes(&mut self) { self.form = None; self.layers.push(1); self.layers.pop(); self.list.form }
            }
            fn draw(model: &Model) { if model.viewed().is_some() {} }
            impl Form { fn other(&self) { self.form.x } }"
                .to_owned(),
        ),
    ]);
    let Figure { now, lines } = figure(&program);
    assert_eq!(now, "2, of which 1 ask two or more");
    assert_eq!(lines, ["tui/mod.rs:2 asks: focus, layers", "tui/mod.rs:5 draw: viewed"]);
}
