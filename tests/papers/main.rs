//! What is written down about the program, made from the program: the key table of
//! the README, the schema of the settings and the pictures. Each test fails where
//! its paper is behind; `UPDATE=1 cargo test --test papers` writes them anew. What the
//! papers tell people to type is typed.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail there and say so"
)]

mod blocks;
mod keys;
mod machine;
mod pictures;
#[path = "../terminal/pty.rs"]
#[expect(dead_code, reason = "the tests of the terminal use the rest")]
mod pty;
mod schema;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the tests of requirements use the rest")]
mod support;
mod svg;

use std::fs;
use std::path::{Path, PathBuf};

use support::Door;

/// What the decks of the pictures talk to.
const DOOR: Door = Door::Local;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Fails unless the file holds this text, or writes it where that is asked for.
fn hold(name: &str, text: &str) {
    let path = path(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let held = fs::read_to_string(&path).unwrap_or_default();
    // Whole files on the screen would hide what to do.
    assert!(held == text, "{name} is behind: UPDATE=1 cargo test --test papers, and look at it");
}
