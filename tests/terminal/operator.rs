//! An operator at work on the real binary.

use super::pty::Pty;

#[test]
fn an_operator_finds_a_token_opens_it_revokes_it_and_leaves() {
    let mut deck = Pty::demo();
    deck.wait_for("1-");
    deck.send("/robot-1\r");
    deck.wait_for("text:robot-1");
    deck.send("\r");
    deck.wait_for("General");
    deck.wait_for("Moves");
    deck.send("!r");
    deck.wait_for("Are you sure you want to revoke robot-1?");
    // Real time passes before a dialog takes keys; dropped keys restart the wait.
    deck.settle();
    deck.settle();
    deck.send("\x1b[C");
    deck.settle();
    deck.send("\r");
    deck.wait_for("disables access to all associated products");
    deck.settle();
    deck.settle();
    deck.send("\x1b[C");
    deck.settle();
    deck.send("\r");
    deck.wait_for("API token robot-1 was successfully revoked");
    deck.wait_for("Revoked");
    deck.send("\x1b");
    deck.settle();
    deck.send("q");
    deck.wait_exit();
    deck.settle();
    deck.assert_restored();
}

#[test]
fn typing_ahead_of_a_dialog_answers_nothing() {
    let mut deck = Pty::demo();
    // All in one write, as a laggy link delivers it.
    deck.send("/robot-1\r!r\x1b[C\r\x1b[C\r");
    deck.wait_for("Are you sure you want to revoke robot-1?");
    deck.settle();
    assert!(!deck.text().contains("successfully"), "{}", deck.text());
    deck.wait_for("Active");
}

#[test]
fn an_arrow_in_two_pieces_is_an_arrow() {
    let mut deck = Pty::demo();
    deck.send("\r");
    deck.wait_for("General");
    deck.send("\x1b");
    deck.send("[B");
    deck.settle();
    assert!(deck.text().contains("General"), "the torn arrow closed the pane");
}

#[test]
fn a_resize_is_followed_and_a_tiny_window_says_so() {
    let mut deck = Pty::demo();
    deck.resize(120, 40);
    deck.wait_for("EXPIRES     GUID");
    deck.wait_for("Account Acme");
    deck.settle();
    deck.resize(30, 8);
    deck.wait_for("too small");
    deck.settle();
    deck.resize(80, 24);
    deck.wait_for("bulk-01");
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn a_storm_of_resizes_is_survived() {
    let mut deck = Pty::demo();
    for step in 0..200_u16 {
        deck.resize(1 + step * 7 % 160, 1 + step * 5 % 50);
    }
    deck.resize(80, 24);
    deck.wait_for("bulk-01");
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn pasted_text_presses_no_key() {
    let mut deck = Pty::demo();
    deck.send("\x1b[200~q!rqj\r\x1b[201~");
    deck.settle();
    assert!(deck.text().contains("bulk-01"));
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn plain_start_on_an_empty_machine_asks_nothing_and_says_what_to_do() {
    use std::os::unix::fs::PermissionsExt;

    let mut deck =
        Pty::start(80, 24, |home| super::pty::command(env!("CARGO_BIN_EXE_tokendeck"), &[], home));
    deck.wait_for("No API tokens yet");
    let store = deck.home().join(".local/share/tokendeck");
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&store), 0o700);
    for entry in std::fs::read_dir(&store).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn b14_an_esc_and_a_key_that_arrive_as_one_are_an_esc() {
    let mut deck = Pty::demo();
    // In one write as a slow line brings them, and as tmux and xterm write Alt.
    for chord in ["\x1bx", "\x1bq", "\x1bj", "\x1b[120;3u", "\x1b[27;3;120~", "\x1b\x1b[B"] {
        deck.send("\r");
        deck.wait_for("[General]");
        deck.settle();
        deck.send(chord);
        deck.wait_for("does nothing: Esc");
        assert!(!deck.text().contains("[General]"), "{chord:?}: {}", deck.text());
        assert!(!deck.text().contains("tdk_"), "{chord:?}: {}", deck.text());
    }
    // A question is left, and nothing behind the Esc presses its button.
    deck.send("!d");
    deck.wait_for("Are you sure you want to delete bulk-01?");
    deck.settle();
    deck.send("\x1b\x1b[C\r");
    deck.wait_for("Alt-Right and a key with it do nothing: Esc");
    deck.settle();
    assert!(deck.text().contains("bulk-01"), "{}", deck.text());
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn b01_a_search_typed_in_one_burst_in_the_details_is_text() {
    let mut deck = Pty::demo();
    deck.send("\r/export\r");
    deck.wait_for("text:export");
    deck.wait_for("nightly-export");
    assert!(!deck.text().contains("[Save]"), "{}", deck.text());
}

#[test]
fn b02_right_and_enter_take_the_period_that_is_shown() {
    let mut deck = Pty::demo();
    deck.send("/robot-1\r");
    deck.wait_for("text:robot-1");
    deck.settle();
    deck.send("r");
    deck.wait_for("(o) 6 months");
    deck.wait_for("Expires Never -> 2026-09-10");
    deck.settle();
    deck.send("\x1b[C");
    deck.wait_for("> Regenerate <");
    deck.send("\r");
    deck.wait_for("New value of robot-1");
    deck.settle();
    deck.send("\x1b");
    deck.wait_for("2026-09-10");
}

#[test]
fn b09_esc_in_the_first_moment_of_a_question_closes_it() {
    let mut deck = Pty::demo();
    deck.send("!d");
    deck.wait_for("Are you sure");
    deck.send("\x1b");
    deck.wait_until("the question is left", |screen| !screen.contains("Are you sure"));
    assert!(!deck.text().contains("key ignored"), "{}", deck.text());
}

#[test]
fn b24_a_word_that_comes_in_one_piece_confirms_nothing() {
    let mut deck = Pty::demo();
    deck.send("!a");
    deck.wait_for("type revoke 19, then Enter");
    deck.settle();
    deck.send("\x1b[200~revoke 19\r\x1b[201~");
    deck.wait_for("A word can't be pasted: type 'revoke 19'");
    deck.settle();
    deck.send("revoke 19\r");
    deck.wait_for("That came all at once");
    deck.settle();
    for letter in "revoke 19\r".chars() {
        deck.send(&letter.to_string());
        deck.settle();
    }
    deck.wait_for("19 tokens revoked");
}
