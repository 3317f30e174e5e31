//! The bytes that give a text to the terminal's clipboard (OSC 52).

use super::pty::Pty;

const GUID: &str = "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321";

/// Presses `y` on robot-1 and returns all that was sent since.
fn copied(environment: &[(&str, &str)]) -> String {
    let mut deck = Pty::demo_with(80, 24, environment);
    deck.send("/robot-1\r");
    deck.wait_for("name:robot-1");
    deck.settle();
    let before = deck.count();
    deck.send("y");
    deck.wait_for("GUID sent to the terminal's clipboard");
    deck.settle();
    String::from_utf8_lossy(&deck.bytes()[before..]).into_owned()
}

/// What a terminal without anything in between gets.
fn sequence() -> String {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(GUID);
    format!("\x1b]52;c;{encoded}\x07")
}

#[test]
fn r078_the_guid_is_sent_to_the_terminal() {
    let bytes = copied(&[]);
    assert_eq!(bytes.matches(&sequence()).count(), 1, "{bytes:?}");
    assert!(!bytes.contains("\x1bP"), "{bytes:?}");
}

#[test]
fn r078_over_ssh_the_display_of_the_far_machine_is_not_asked() {
    let bytes = copied(&[("SSH_TTY", "/dev/pts/9"), ("DISPLAY", "localhost:10.0")]);
    assert!(bytes.contains(&sequence()), "{bytes:?}");
}

#[test]
fn r078_tmux_is_told_to_hand_it_on() {
    let bytes = copied(&[("TMUX", "/tmp/tmux-0/default,1,0"), ("TERM", "screen-256color")]);
    let wrapped = format!("\x1bPtmux;\x1b{}\x1b\\", sequence());
    assert!(bytes.contains(&wrapped), "{bytes:?}");
}

#[test]
fn r078_screen_is_told_to_hand_it_on() {
    let bytes = copied(&[("STY", "1234.pts-0.host"), ("TERM", "screen-256color")]);
    assert!(bytes.contains(&format!("\x1bP{}\x1b\\", sequence())), "{bytes:?}");
}

#[test]
fn r078_a_setting_turns_it_off_and_the_plain_box_shows_the_text() {
    let mut deck = Pty::demo_with(80, 24, &[("TOKENDECK_CLIPBOARD", "off")]);
    deck.send("/robot-1\r");
    deck.wait_for("name:robot-1");
    deck.settle();
    deck.send("y");
    deck.wait_for("GUID of robot-1");
    assert!(deck.text().lines().any(|line| line.trim_end() == GUID), "{}", deck.text());
    assert!(!String::from_utf8_lossy(&deck.bytes()).contains("\x1b]52"));
}

/// There is a display in name only: the desktop's clipboard can't be opened, and
/// the terminal's is used instead of ending in an error.
#[test]
fn r078_a_desktop_that_does_not_answer_is_no_end() {
    let bytes = copied(&[("DISPLAY", ":97")]);
    assert!(bytes.contains(&sequence()), "{bytes:?}");
}
