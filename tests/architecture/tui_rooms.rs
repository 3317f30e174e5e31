//! The rooms of the terminal program, files or folders of `src/tui`, and which may import
//! from which: `call, orders, text <- link, list_view <- shared <- place <- layers, screens
//! <- program`.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{ARROWS, Arrows, PROGRAM, Program};

/// For each room that is held, the rooms it may name things of. A room that is not entered
/// here is held by one rule alone: no circle comes of it.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("key", &[]),
    ("input", &[]),
    ("moment", &[]),
    ("glyphs", &[]),
    ("hue", &[]),
    ("theme", &["hue"]),
    ("clipboard", &[]),
    ("memory", &[]),
    ("columns", &[]),
    ("wish", &["command"]),
    ("command", &[]),
    ("line", &["key"]),
    ("notice", &["moment", "theme"]),
    ("keymap", &["key", "command", "own"]),
    ("options", &["clipboard", "keymap", "own", "theme"]),
    ("own", &["command"]),
    ("layout", &["options"]),
    ("paint", &["columns", "glyphs", "line", "theme"]),
    ("heading", &["paint", "shared", "theme"]),
    ("hint", &["theme"]),
    ("stage", &[]),
    ("ticket", &[]),
    ("orders", &[]),
    ("copied", &["clipboard"]),
    ("waits", &["moment"]),
    ("reach", &["moment", "screen"]),
    ("search", &["line"]),
    ("details", &["moment", "shared", "ticket"]),
    ("list_view", &["command", "options"]),
    ("list", &["list_view", "orders"]),
    ("state", &["options", "unconfirmed"]),
    ("unconfirmed", &["bulk", "moment", "orders"]),
    ("bulk", &["notice", "stage"]),
    ("jobs", &["moment"]),
    ("deed", &["bulk", "jobs", "orders", "own"]),
    ("call", &["bulk", "command", "jobs", "orders", "sought", "state", "unconfirmed", "waits"]),
    ("effect", &["call", "clipboard", "own", "ticket"]),
    ("link", &["call", "moment", "reach", "ticket", "waits"]),
    ("backends", &["hue", "ticket"]),
    ("seat", &["command", "shared"]),
    ("overlap", &["shared", "since"]),
    ("users", &["bulk", "command", "filters", "list", "list_view", "offer", "shared", "stage"]),
    ("catalog", &["command", "list", "list_view", "offer", "shared"]),
    ("offer", &[]),
    ("verbs", &["shared"]),
    ("screen", &[]),
    ("focus", &[]),
    ("sought", &[]),
    ("since", &[]),
    ("needs", &["command", "screen"]),
    ("form", &["command", "key", "line", "moment", "options", "orders", "theme", "ticket"]),
    ("terminal", &["clipboard", "input", "options", "own", "program"]),
];

/// The room of a source: `keymap` for `tui/keymap.rs` and what lies in `tui/keymap`. What
/// stands in `tui/mod.rs` itself belongs to all of it, and to no room.
pub(crate) fn tui_room_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("tui/")?;
    let room = inside.split('/').next().unwrap_or(inside);
    Some(room.strip_suffix(".rs").unwrap_or(room)).filter(|room| *room != "mod")
}

/// The arrows between rooms, by their ends, and the files that they are made of.
fn between_rooms(arrows: &Arrows) -> BTreeMap<(&str, &str), BTreeSet<(&str, &str)>> {
    let mut rooms: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for (from, all) in &arrows.0 {
        let Some(room) = tui_room_of(from) else { continue };
        for to in all {
            if let Some(other) = tui_room_of(to).filter(|other| *other != room) {
                rooms.entry((room, other)).or_default().insert((from.as_str(), to.as_str()));
            }
        }
    }
    rooms
}

fn offences(arrows: &Arrows, allowed: &[(&str, &[&str])]) -> Vec<String> {
    let allowed: BTreeMap<_, _> = allowed.iter().copied().collect();
    between_rooms(arrows)
        .iter()
        .filter(|((from, to), _)| allowed.get(from).is_some_and(|may| !may.contains(to)))
        .flat_map(|((room, _), files)| files.iter().map(move |(from, to)| (room, from, to)))
        .map(|(room, from, to)| {
            format!("src/{from} names something of src/{to}, and {room} may not")
        })
        .collect()
}

#[test]
fn rooms_of_the_terminal_program_import_one_way() {
    let wrong = offences(&ARROWS, MAY_IMPORT);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Rooms that name things of each other, however far around.
fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, to) in between_rooms(arrows).into_keys() {
        rooms.entry(from.to_owned()).or_default().insert(to.to_owned());
    }
    let owned = |circle: Vec<&str>| circle.into_iter().map(str::to_owned).collect();
    Arrows(rooms).circles(|_| true).into_iter().map(owned).collect()
}

#[test]
fn rooms_of_the_terminal_program_stand_in_no_circle() {
    let circles = circles(&ARROWS);
    assert!(circles.is_empty(), "rooms of src/tui that can only be read together: {circles:?}");
}

/// Rooms that a table names and that are not there.
fn gone<'a>(program: &Program, table: &[(&'a str, &[&'a str])]) -> BTreeSet<&'a str> {
    let rooms: BTreeSet<_> = program.sources.keys().filter_map(|path| tui_room_of(path)).collect();
    let named = table.iter().flat_map(|(room, may)| std::iter::once(*room).chain(may.to_vec()));
    named.filter(|room| !rooms.contains(room)).collect()
}

#[test]
fn the_table_names_rooms_that_are_there() {
    let gone = gone(&PROGRAM, MAY_IMPORT);
    assert!(gone.is_empty(), "src/tui has no {gone:?}: strike them from the table");
}

#[test]
fn this_test_notices_an_import_that_points_back() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let program = Program::of([
        file("lib.rs", "mod tui;"),
        file("tui/mod.rs", "mod call; mod link; mod layers; mod loose; pub use layers::Menu;"),
        file("tui/call.rs", "mod row; pub struct Call; fn f() { row::of(super::link::ask()) }"),
        file("tui/call/row.rs", "use super::Call; use crate::tui::Menu; pub fn of(call: Call) {}"),
        file("tui/link.rs", "use super::call::Call; pub fn ask() -> Call {}"),
        file("tui/layers/mod.rs", "mod menu; pub use menu::Menu;"),
        file("tui/layers/menu.rs", "pub struct Menu; use crate::tui::link;"),
        file("tui/loose.rs", "use super::Menu;"),
    ]);
    let allowed: &[(&str, &[&str])] = &[("call", &[]), ("link", &["call"]), ("layers", &[])];
    let wrong = offences(&Arrows::of(&program), allowed);
    // To import a room names nothing of it, and what is not entered is not held.
    assert_eq!(
        wrong,
        [
            "src/tui/call/row.rs names something of src/tui/layers/menu.rs, and call may not",
            "src/tui/call.rs names something of src/tui/link.rs, and call may not",
        ]
    );
    assert_eq!(circles(&Arrows::of(&program)), [["call", "link"]]);
    assert!(gone(&program, allowed).is_empty());
    let moved: &[(&str, &[&str])] = &[("call", &["left"]), ("away", &["link"])];
    assert_eq!(gone(&program, moved), BTreeSet::from(["away", "left"]));
}
