//! What an operator on a slow link feels: bytes per key, and silence.

use std::time::Duration;

use super::pty::Pty;

#[test]
fn an_idle_program_sends_nothing() {
    let deck = Pty::demo();
    // Past every message, guard and follow-up the program might wait for.
    deck.quiet_for(Duration::from_secs(6));
    let before = deck.count();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(deck.count(), before);
}

#[test]
fn a_move_within_the_view_costs_at_most_60_bytes() {
    within_sixty(Pty::demo());
    // A theme of all colours says each in more bytes.
    within_sixty(Pty::demo_with(80, 24, &[("TOKENDECK_THEME", "dark")]));
}

fn within_sixty(mut deck: Pty) {
    deck.bytes_of("j");
    for key in ["j", "j", "k", "\x1b[B", "\x1b[A"] {
        let bytes = deck.bytes_of(key);
        assert!((1..=60).contains(&bytes), "{key:?} took {bytes} bytes");
    }
}

#[test]
fn a_key_without_effect_costs_nothing_or_a_message() {
    let mut deck = Pty::demo();
    deck.bytes_of("k");
    assert_eq!(deck.bytes_of("k"), 0, "the cursor is on the first row already");
}

#[test]
fn the_terminal_is_asked_nothing() {
    let mut deck = Pty::demo();
    deck.send("jj\r?");
    deck.settle();
    let bytes = String::from_utf8_lossy(&deck.bytes()).into_owned();
    // Cursor position, device attributes, terminal version, colours.
    for question in ["\x1b[6n", "\x1b[c", "\x1b[>c", "\x1b[>q", "\x1b]10;?", "\x1b]11;?", "\x1b[?u"]
    {
        assert!(!bytes.contains(question), "{question:?} was sent");
    }
}

#[test]
fn colours_are_those_every_console_knows() {
    let deck = Pty::demo();
    let bytes = String::from_utf8_lossy(&deck.bytes()).into_owned();
    assert!(bytes.contains("\x1b[32m") || bytes.contains(";32m"), "no green in sight");
    assert!(!bytes.contains("38;5") && !bytes.contains("48;5") && !bytes.contains(";2;"));
}

#[test]
fn r003_without_colour_the_reversed_name_survives() {
    let deck = Pty::demo_with(80, 24, &[("NO_COLOR", "1")]);
    let bytes = String::from_utf8_lossy(&deck.bytes()).into_owned();
    for colour in 30..38 {
        assert!(!bytes.contains(&format!("\x1b[{colour}m")), "colour {colour} was sent");
        assert!(!bytes.contains(&format!(";{colour}m")), "colour {colour} was sent");
    }
    let reversed = (0..24).any(|row| (0..80).any(|column| deck.cell(row, column).inverse()));
    assert!(reversed, "the row under the cursor is not marked");
}

#[test]
fn scrolling_a_row_costs_at_most_200_bytes() {
    // A low window, so that rows of one status scroll past and the footer rests.
    let mut deck = Pty::demo_with(80, 12, &[]);
    deck.send("jjjjjj");
    deck.settle();
    for key in ["j", "j", "j"] {
        let bytes = deck.bytes_of(key);
        assert!((1..=200).contains(&bytes), "scrolling on took {bytes} bytes");
    }
    deck.send("kkkkkk");
    deck.settle();
    for key in ["k", "k", "k"] {
        let bytes = deck.bytes_of(key);
        assert!((1..=200).contains(&bytes), "scrolling back took {bytes} bytes");
    }
}

/// The lines on screen, without what is blank at their ends.
fn lines(deck: &Pty) -> Vec<String> {
    deck.text().lines().map(|line| line.trim_end().to_owned()).collect()
}

#[test]
fn what_scrolled_looks_as_if_it_had_been_painted() {
    let mut deck = Pty::demo();
    let (on, back) = ("j".repeat(20), "k".repeat(19));
    for keys in [on.as_str(), back.as_str(), "G", "gg", "\x04", "\x15", "\x1b[6~"] {
        deck.send(keys);
        deck.settle();
        let scrolled = lines(&deck);
        deck.send("\x0c");
        deck.settle();
        assert_eq!(scrolled, lines(&deck), "after {keys:?}");
    }
}

#[test]
fn a_move_in_a_picker_costs_at_most_60_bytes() {
    let mut deck = Pty::demo();
    deck.bytes_of("f");
    for key in ["j", "j", "k", "\x1b[B"] {
        let bytes = deck.bytes_of(key);
        assert!((1..=60).contains(&bytes), "{key:?} took {bytes} bytes");
    }
}
