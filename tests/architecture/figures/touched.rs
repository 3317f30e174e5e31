//! The files that a command touches which asks the backend something new. Counted on one
//! that the program has, to copy a token's value: those in `src/tui` and `src/backend` that
//! name a link of its way from the key over call and backend to what is done with the answer.

use super::Figure;
use crate::source::{Program, Source};

/// The links: a variant as `Enum::Variant`, else tokens as they follow each other, such as the
/// name of a function. To be kept as the program names them; what is nowhere is told.
const LINKS: &[&str] =
    &["Command::CopyValue", "Call::CopyValue", "Revealed ( Revealed )", "reveal", "value_came"];

/// The rooms that such a command may touch.
const ROOMS: [&str; 2] = ["tui", "backend"];

pub(super) fn figure(program: &Program) -> Figure {
    let mut lines = Vec::new();
    for source in ROOMS.into_iter().flat_map(|room| program.room(room)) {
        let here = LINKS.iter().filter(|link| match link.split_once("::") {
            Some((kind, variant)) => names(source, kind, variant) || defines(source, kind, variant),
            None => says(source, link),
        });
        let here: Vec<_> = here.copied().collect();
        if !here.is_empty() {
            lines.push((&source.path, here));
        }
    }
    let nowhere = |link: &&&str| !lines.iter().any(|(_, here)| here.contains(*link));
    let nowhere: Vec<_> = LINKS.iter().filter(nowhere).copied().collect();
    let now = match nowhere[..] {
        [] => lines.len().to_string(),
        _ => format!("{}, without {}, which is nowhere", lines.len(), nowhere.join(", ")),
    };
    let lines = lines.iter().map(|(path, here)| format!("{path}: {}", here.join(", "))).collect();
    Figure { now, lines }
}

/// Whether these tokens stand in a source.
fn says(source: &Source, link: &str) -> bool {
    let wanted: Vec<_> = link.split(' ').collect();
    let mut places = source.tokens.windows(wanted.len());
    places.any(|tokens| tokens.iter().zip(&wanted).all(|(token, text)| token.is(text)))
}

/// Whether a source defines the enum of that variant.
fn defines(source: &Source, kind: &str, variant: &str) -> bool {
    let mut enums = source.types.iter().filter(|named| named.name == kind);
    enums.any(|named| named.variants.iter().any(|one| one == variant))
}

/// Whether a source names that variant: by the enum, or by `Self` where it has its methods.
fn names(source: &Source, kind: &str, variant: &str) -> bool {
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
fn files_that_name_a_link_are_counted_and_lost_links_are_told() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let program = Program::of([
        file("lib.rs", "mod tui; mod backend; mod cli;"),
        file("tui/mod.rs", "mod a; mod b; mod c; fn f() { Call::CopyValue(id) }"),
        file("tui/a.rs", "impl Call { fn f() { matches!(self, Self::CopyValue(_)) } }"),
        file("tui/b.rs", "impl Other { fn f() { Self::CopyValue } }"),
        file("tui/c.rs", "enum Call { Other, CopyValue(TokenId) } enum Revealed {}"),
        file("backend/mod.rs", "trait Backend { fn reveal(); }"),
        file("cli/mod.rs", "fn f() { backend.reveal() }"),
    ]);
    let Figure { now, lines } = figure(&program);
    let lost = "Command::CopyValue, Revealed ( Revealed ), value_came";
    assert_eq!(now, format!("4, without {lost}, which is nowhere"));
    let call =
        ["tui/a.rs", "tui/c.rs", "tui/mod.rs"].map(|path| format!("{path}: Call::CopyValue"));
    assert_eq!(lines, [&call[..], &["backend/mod.rs: reveal".to_owned()]].concat());
}
