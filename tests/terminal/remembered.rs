//! What the real binary keeps between two runs, and where.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::pty::{Pty, command};

fn start(home: &Path) -> Pty {
    let deck = Pty::start(80, 24, |_| command(env!("CARGO_BIN_EXE_tokendeck"), &[], home));
    deck.wait_for("No API tokens yet");
    deck.settle();
    deck
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find_map(|path| {
        if path.is_dir() { find(&path, name) } else { path.ends_with(name).then_some(path) }
    })
}

fn leave(mut deck: Pty) {
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn r035_a_column_taken_away_is_gone_after_a_restart() {
    let home = tempfile::tempdir().unwrap();
    let mut deck = start(home.path());
    deck.wait_for("MODULES");
    assert_eq!(find(home.path(), "state.toml"), None, "nothing was chosen yet");
    deck.send("c/modules\r \x1b");
    deck.wait_until("the column to go", |screen| !screen.contains("MODULES"));
    deck.settle();
    deck.send("\x1b");
    deck.settle();
    leave(deck);
    let state = find(home.path(), "state.toml").unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&state), mode(state.parent().unwrap())), (0o600, 0o700));
    let deck = start(home.path());
    assert!(!deck.text().contains("MODULES"), "{}", deck.text());
    leave(deck);
}
