//! Holds the shape of the program: which folder may import which, which files may import
//! each other, how large a file may grow, and that there is one terminal library.
#![expect(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that cannot go on should fail there and say so"
)]

mod circles;
mod coverage;
mod figures;
mod source;
mod tui_rooms;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// For each folder of `src`, the folders it may name. Nothing else is allowed, so
/// a new folder must be entered here first.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("domain", &["text"]),
    ("wire", &["domain", "text"]),
    ("store", &["domain", "text", "wire"]),
    ("seal", &["domain", "text", "store"]),
    ("search", &["domain", "text", "wire", "store"]),
    ("authority", &["domain", "text", "wire", "store", "seal", "search"]),
    ("example", &["domain", "wire", "store", "seal"]),
    ("backend", &["domain", "text", "wire", "store", "seal", "authority", "example"]),
    ("server", &["domain", "text", "wire", "backend"]),
    ("config", &["domain", "text"]),
    ("tui", &["domain", "text", "wire", "backend"]),
    ("cli", &["domain", "text", "wire", "backend", "config", "server", "tui"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The folder of `src` a file lies in; none for main.rs and lib.rs.
fn folder(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root()).unwrap();
    (inside.components().count() > 1)
        .then(|| inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned())
}

/// The folders that a source names after `crate::`, comments left out.
fn named(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        for rest in code.split("crate::").skip(1) {
            let word: String =
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if word.is_empty() {
                // `use crate::{a, b};` would hide the names from this test.
                found.push((number + 1, "{".to_owned()));
            } else {
                found.push((number + 1, word));
            }
        }
    }
    found
}

fn offences(allowed: &BTreeMap<&str, &[&str]>, path: &Path, source: &str) -> Vec<String> {
    let Some(folder) = folder(path) else { return vec![] };
    let Some(may) = allowed.get(folder.as_str()) else {
        return vec![format!("src/{folder} is not in the table of this test")];
    };
    named(source)
        .into_iter()
        .filter(|(_, name)| *name != folder && !may.contains(&name.as_str()))
        .map(|(line, name)| format!("{}:{line}: src/{folder} names crate::{name}", path.display()))
        .collect()
}

#[test]
fn imports_point_one_way() {
    let allowed: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    let wrong: Vec<_> = sources(&root())
        .iter()
        .flat_map(|path| offences(&allowed, path, &fs::read_to_string(path).unwrap()))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn this_test_notices_an_import_that_points_back() {
    let allowed: BTreeMap<_, _> = MAY_IMPORT.iter().copied().collect();
    let planted =
        "use crate::tui::Setup;\nuse crate::{backend, text};\n// crate::cli is a comment\n";
    let wrong = offences(&allowed, &root().join("domain/planted.rs"), planted);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}

/// Words that stand for a door to the world, and the folders that may say them.
const DOORS: &[(&str, &[&str])] = &[
    ("std::fs", &["store", "seal", "backend", "config", "cli", "authority"]),
    ("std::net", &["backend", "cli", "server"]),
    ("reqwest", &["backend"]),
    ("axum", &["server"]),
    ("hyper", &["server"]),
    ("rusqlite", &["store"]),
    ("tokio", &["backend", "server", "tui", "cli"]),
    ("crossterm", &["tui"]),
    // The store stamps its own migrations, before any authority exists.
    ("Utc::now", &["authority", "cli", "store"]),
    ("SystemTime::now", &["authority", "cli", "store"]),
    ("getrandom", &["seal"]),
];

#[test]
fn only_the_folders_meant_for_it_open_a_door_to_the_world() {
    for path in sources(&root()) {
        let Some(folder) = folder(&path) else { continue };
        let source = fs::read_to_string(&path).unwrap();
        let code: String =
            source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
        for (door, may) in DOORS {
            let opens = code.contains(door) && !may.contains(&folder.as_str());
            assert!(!opens, "{} uses {door}", path.display());
        }
    }
}

/// In the terminal program only these know tokio; screens and updates are pure.
const TUI_RUNTIME: &[&str] = &["runtime", "program", "terminal", "mod.rs"];

#[test]
fn updates_and_views_know_no_runtime_and_no_clock() {
    for path in sources(&root().join("tui")) {
        let inside = path.strip_prefix(root().join("tui")).unwrap().to_string_lossy().into_owned();
        if TUI_RUNTIME.iter().any(|name| inside.starts_with(name)) {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        for word in ["tokio", "Instant::now", "dyn Backend"] {
            let said = source
                .lines()
                .any(|line| line.split("//").next().unwrap_or_default().contains(word));
            assert!(!said, "{} uses {word}", path.display());
        }
    }
}

#[test]
fn every_module_opens_with_what_it_is_for() {
    for path in sources(&root()) {
        let source = fs::read_to_string(&path).unwrap();
        assert!(source.starts_with("//!"), "{} opens with no //! line", path.display());
    }
}

#[test]
fn files_stay_small_enough_to_say_one_thing() {
    for path in sources(&root()) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 450, "{} has {lines} lines", path.display());
    }
}

/// Functions that say of every variant what holds of it, where one that is forgotten would
/// be unsafe: a change taken for a look, a failure for nothing. The compiler holds such a
/// `match` whole only while it has no arm for the rest.
const WHOLE: &[(&str, &[&str])] = &[
    ("authority/write.rs", &["heeds_version"]),
    ("backend/cause.rs", &["code", "exit_code", "http_status", "is_open"]),
    ("backend/remote/fault.rs", &["is_open", "may_be_repeated", "told"]),
    ("cli/look.rs", &["command", "user", "catalog"]),
    ("cli/needs.rs", &["ability", "token", "user", "catalog"]),
    ("domain/verb.rs", &["makes"]),
    ("domain/job.rs", &["is_over", "waits", "allows"]),
    ("domain/refusal/codes.rs", &["code", "exit_code", "http_status"]),
    ("server/answer.rs", &["of_error"]),
    ("store/error.rs", &["code", "trouble"]),
    ("tui/call.rs", &["row"]),
    ("tui/catalog/offers.rs", &["offers"]),
    ("tui/command/table.rs", &["row"]),
    ("tui/needs.rs", &["ability_of"]),
    ("tui/wish.rs", &["ability"]),
    ("tui/screens/tokens/offers.rs", &["offers"]),
    ("tui/users/offers.rs", &["offers"]),
    ("tui/reach.rs", &["of"]),
    ("tui/unconfirmed/attempt.rs", &["is_guarded"]),
    ("tui/unconfirmed/mod.rs", &["concerns", "may_be_repeated"]),
    ("tui/unconfirmed/settle.rs", &["look", "settle"]),
    ("tui/layers/confirm/again.rs", &["hear"]),
    ("tui/update/carry.rs", &["carry_out"]),
    ("tui/update/envelope.rs", &["take_answer"]),
    ("tui/update/mod.rs", &["heed"]),
    ("wire/ability.rs", &["row", "rests_on", "of", "of_many", "of_holders"]),
];

/// The bodies of the functions of that name, comments left out.
fn bodies(source: &str, name: &str) -> Vec<String> {
    let lines: Vec<_> =
        source.lines().map(|line| line.split("//").next().unwrap_or_default()).collect();
    let code = lines.join("\n");
    let mut found = Vec::new();
    for start in [format!("fn {name}("), format!("fn {name}<")] {
        for (at, _) in code.match_indices(&start) {
            let (mut depth, mut body) = (0, String::new());
            for letter in code.get(at..).unwrap_or_default().chars() {
                body.push(letter);
                match letter {
                    '{' => depth += 1,
                    '}' if depth == 1 => break,
                    '}' => depth -= 1,
                    _ => {}
                }
            }
            found.push(body);
        }
    }
    found
}

fn has_a_rest(body: &str) -> bool {
    ["matches!", "_ =>"].iter().any(|rest| body.contains(rest))
}

#[test]
fn what_must_not_be_forgotten_has_no_arm_for_the_rest() {
    for (file, names) in WHOLE {
        let source = fs::read_to_string(root().join(file)).unwrap();
        for name in *names {
            let bodies = bodies(&source, name);
            assert!(!bodies.is_empty(), "src/{file} has no fn {name}");
            for body in bodies {
                let rest = body.lines().find(|line| has_a_rest(line));
                assert!(rest.is_none(), "src/{file}, fn {name}: {}", rest.unwrap_or_default());
            }
        }
    }
}

#[test]
fn this_test_notices_an_arm_for_the_rest() {
    let planted = "fn whole(self) -> bool {\n match self {\n A => { true }\n _ => false,\n }\n}\n\
                   fn other() { _ => }";
    assert!(has_a_rest(&bodies(planted, "whole").join("")));
    let named = planted.replace("_ => false", "B => false // _ => is a comment");
    assert!(!has_a_rest(&bodies(&named, "whole").join("")));
}

#[test]
fn there_is_exactly_one_crossterm() {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock");
    let lock = fs::read_to_string(lock).unwrap();
    assert_eq!(lock.matches("name = \"crossterm\"").count(), 1);
}
