//! A bulk action whose process is killed: the next start offers the job, and it ends
//! with each token revoked once.

use std::collections::BTreeSet;
use std::path::Path;

use super::pty::{Pty, command};

const BINARY: &str = env!("CARGO_BIN_EXE_tokendeck");

/// What a command answers on the store of that home.
fn ask(home: &Path, arguments: &str) -> String {
    let asked = std::process::Command::new(BINARY)
        .args(arguments.split(' '))
        .env_clear()
        .env("HOME", home)
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", String::from_utf8_lossy(&asked.stderr));
    String::from_utf8(asked.stdout).unwrap()
}

/// The tokens that were revoked or, as requests, cancelled: one for each event.
fn ended(home: &Path) -> Vec<String> {
    let events = ask(home, "audit list --limit 1000000 --output jsonl");
    let events = events.lines().map(|line| serde_json::from_str(line).unwrap());
    let ends =
        |event: &serde_json::Value| event["action"] == "revoked" || event["action"] == "cancelled";
    events.filter(ends).map(|event| event["subject"].to_string()).collect()
}

fn start(home: &Path) -> Pty {
    Pty::start(80, 24, |_| command(BINARY, &[], home))
}

/// Waits until a dialog takes keys.
fn read(deck: &Pty, text: &str) {
    deck.wait_for(text);
    deck.settle();
    deck.settle();
}

#[test]
fn a_bulk_action_whose_process_was_killed_is_offered_at_the_next_start_and_resumed() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    ask(home, "store fill --tokens 20000 --accounts 1");
    let before = ended(home).len();
    let mut deck = start(home);
    deck.wait_for("All accounts");
    deck.settle();
    deck.send("o");
    deck.settle();
    deck.send("\x1b[B\r");
    deck.wait_for("ACC-0001-0001");
    deck.settle();
    deck.send("!a");
    read(&deck, "Type revoke");
    let text = deck.text();
    let phrase = text.split("Type ").nth(1).unwrap().split(':').next().unwrap();
    let count: usize = phrase.rsplit(' ').next().unwrap().parse().unwrap();
    // As slowly as a hand types: what comes in one piece is taken for a paste.
    for (at, letter) in phrase.char_indices() {
        deck.send(&letter.to_string());
        deck.wait_for(format!("Type {phrase}: {}{letter}", &phrase[..at]).trim_end());
    }
    deck.send("\r");
    deck.wait_for("Ctrl-c stop");
    deck.signal(rustix::process::Signal::KILL);
    deck.wait_exit();
    let half_way = ended(home).len();
    assert!(half_way > before && half_way < before + count, "{before} {half_way} {count}");

    let mut deck = start(home);
    read(&deck, "was interrupted at");
    deck.send("\x1b[C");
    deck.settle();
    deck.send("\r");
    deck.wait_for(&format!("{} tokens revoked", tokendeck::text::thousands(count)));
    deck.send("q");
    assert!(deck.wait_exit().success());
    let after = ended(home);
    assert_eq!(after.len(), before + count);
    assert_eq!(after.iter().collect::<BTreeSet<_>>().len(), after.len(), "one event each");
}
