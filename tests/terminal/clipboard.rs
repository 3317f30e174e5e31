//! The bytes that give a text to the terminal's clipboard (OSC 52).

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::pty::{Pty, command};

const GUID: &str = "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321";

/// Presses `y` on robot-1 and returns all that was sent since.
fn copied(environment: &[(&str, &str)]) -> String {
    let mut deck = Pty::demo_with(80, 24, environment);
    deck.send("/robot-1\r");
    deck.wait_for("text:robot-1");
    deck.settle();
    let before = deck.count();
    deck.send("y");
    deck.wait_for("GUID of robot-1 sent to the terminal's clipboard");
    deck.settle();
    String::from_utf8_lossy(&deck.bytes()[before..]).into_owned()
}

/// What a terminal without anything in between gets.
fn sequence() -> String {
    format!("\x1b]52;c;{}\x07", encoded(GUID))
}

fn encoded(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(text)
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
    let wrapped = format!("\x1bPtmux;\x1b{}\x1b\\", sequence());
    // One elsewhere, of which only the name came along.
    let bytes = copied(&[("SSH_TTY", "/dev/pts/9"), ("TERM", "tmux-256color")]);
    assert!(bytes.contains(&wrapped), "{bytes:?}");
    let tmux = fake_tmux("3.3a|/dev/pts/9|vt220|title|1", "");
    let mut deck = demo_beside(tmux.path(), INSIDE);
    deck.send("y");
    deck.wait_for("GUID of robot-1 sent to the terminal's clipboard");
    deck.settle();
    let bytes = String::from_utf8_lossy(&deck.bytes()).into_owned();
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
    deck.wait_for("text:robot-1");
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
/// A folder with a `tmux` that answers this, keeps what it was told, and does the rest.
fn fake_tmux(answer: &str, rest: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().display();
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> {at}/said\n\
         case \"$1\" in display-message) echo '{answer}' ;; load-buffer) cat >> {at}/taken ;; esac\n\
         {rest}\n"
    );
    fs::write(folder.path().join("tmux"), script).unwrap();
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(folder.path().join("tmux"), mode).unwrap();
    folder
}

/// The demo at robot-1, with that folder before all others.
fn demo_beside(tmux: &Path, environment: &[(&str, &str)]) -> Pty {
    let path = format!("{}:{}", tmux.display(), std::env::var("PATH").unwrap());
    let mut deck = Pty::demo_with(80, 24, &[&[("PATH", path.as_str())], environment].concat());
    deck.send("/robot-1\r");
    deck.wait_for("text:robot-1");
    deck.settle();
    deck
}

const INSIDE: &[(&str, &str)] =
    &[("TMUX", "/nowhere/tmux,1,0"), ("TMUX_PANE", "%7"), ("TERM", "screen-256color")];

#[test]
fn a14_tmux_is_given_the_value_by_standard_input_and_keeps_none() {
    let tmux = fake_tmux("3.3a|/dev/pts/9|xterm|bpaste,clipboard|0", "");
    let mut deck = demo_beside(tmux.path(), INSIDE);
    deck.send("Y");
    deck.wait_for("Value of robot-1 sent to the terminal's clipboard");
    let said = fs::read_to_string(tmux.path().join("said")).unwrap();
    let said: Vec<_> = said.lines().collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("display-message -p -t %7 #{version}"), "{said:?}");
    let words: Vec<_> = said[1].split(' ').collect();
    let [
        "load-buffer",
        "-b",
        name,
        "-t",
        "/dev/pts/9",
        "-w",
        "-",
        ";",
        "delete-buffer",
        "-b",
        again,
    ] = words[..]
    else {
        panic!("{words:?}")
    };
    assert!(name == again && name.starts_with("tokendeck-"), "{words:?}");
    let taken = fs::read_to_string(tmux.path().join("taken")).unwrap();
    assert_eq!(taken, value());
    assert!(!String::from_utf8_lossy(&deck.bytes()).contains("\x1b]52"));
}

#[test]
fn a14_a_tmux_that_fails_keeps_no_buffer_and_the_plain_box_shows_the_text() {
    for (rest, why) in
        [("exit 1", "tmux ended with exit status: 1"), ("sleep 600", "did not answer in 2 s")]
    {
        let rest = format!("[ \"$1\" = load-buffer ] && {rest}");
        let tmux = fake_tmux("3.3a|/dev/pts/9|xterm|clipboard|0", &format!("{rest}\nexit 0"));
        let mut deck = demo_beside(tmux.path(), INSIDE);
        deck.send("y");
        if rest.contains("sleep") {
            // Nobody waits for it: the screen goes on.
            deck.send("?");
            deck.wait_for("Help");
        }
        deck.wait_for("GUID of robot-1");
        assert!(deck.text().contains(why), "{}", deck.text());
        let said = tmux.path().join("said");
        let removed =
            || fs::read_to_string(&said).unwrap().contains("\ndelete-buffer -b tokendeck");
        while !removed() {
            std::thread::yield_now();
        }
    }
}

#[test]
fn a14_where_this_is_no_pane_of_tmux_it_is_not_run() {
    let tmux = fake_tmux("3.3a|/dev/pts/9|xterm|clipboard|1", "");
    for term in ["xterm", "tmux-256color"] {
        let mut deck = demo_beside(tmux.path(), &[("TERM", term), ("TMUX", "")]);
        deck.send("y");
        deck.wait_for("GUID of robot-1 sent to the terminal's clipboard");
        deck.settle();
        assert!(!tmux.path().join("said").exists(), "{term}");
    }
}

/// A real tmux on a socket of its own, with these settings and the demo in its pane.
struct Tmux {
    deck: Pty,
}

impl Tmux {
    /// None where there is none on this machine, which is said.
    fn with(settings: &str) -> Option<Self> {
        if Command::new("tmux").arg("-V").output().is_err() {
            let said = std::io::stderr().write_all(b"!! NOT TESTED: no tmux on this machine\n");
            said.unwrap();
            return None;
        }
        let deck = Pty::start(80, 24, |home| {
            fs::write(home.join("tmux.conf"), settings).unwrap();
            let program = env!("CARGO_BIN_EXE_tokendeck");
            let demo = format!("exec '{program}' demo --now 2026-03-10T12:00:00Z");
            let (socket, conf) = (home.join("socket"), home.join("tmux.conf"));
            let arguments = ["-S", text(&socket), "-f", text(&conf), "new-session", &demo];
            command("tmux", &arguments, home)
        });
        deck.wait_for("bulk-01");
        deck.settle();
        let mut tmux = Self { deck };
        tmux.deck.send("/robot-1\r");
        tmux.deck.wait_for("text:robot-1");
        tmux.deck.settle();
        Some(tmux)
    }

    fn socket(&self) -> PathBuf {
        self.deck.home().join("socket")
    }

    /// What tmux answers from outside.
    fn says(&self, arguments: &[&str]) -> String {
        let mut tmux = Command::new("tmux");
        let output = tmux.arg("-S").arg(self.socket()).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    }

    /// What doctor says in its pane.
    fn doctor(&self) -> String {
        let here = self.says(&["display-message", "-p", "#{socket_path},#{pid},0"]);
        let mut doctor = Command::new(env!("CARGO_BIN_EXE_tokendeck"));
        doctor.arg("doctor").env("HOME", self.deck.home()).env("TMUX", here.trim());
        let output = doctor.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().filter(|line| line.contains(" clipboard ")).collect()
    }

    /// Presses the key, waits for this, and returns what the terminal outside got since.
    fn outside(&mut self, key: &str, sight: &str) -> String {
        let before = self.deck.count();
        self.deck.send(key);
        self.deck.wait_for(sight);
        self.deck.settle();
        String::from_utf8_lossy(&self.deck.bytes()[before..]).into_owned()
    }
}

impl Drop for Tmux {
    fn drop(&mut self) {
        self.says(&["kill-server"]);
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The value of robot-1.
fn value() -> String {
    let values: toml::Table =
        toml::from_str(include_str!("../../config/demo/values.toml")).unwrap();
    values["robot-1"].as_str().unwrap().to_owned()
}

#[test]
fn a14_in_a_stock_tmux_the_text_arrives_outside_and_stays_in_no_buffer() {
    let Some(mut tmux) = Tmux::with("") else { return };
    for (key, what, text) in [("y", "GUID", GUID.to_owned()), ("Y", "Value", value())] {
        let bytes =
            tmux.outside(key, &format!("{what} of robot-1 sent to the terminal's clipboard"));
        let arrived = bytes.matches(&format!("\x1b]52;;{}\x07", encoded(&text))).count();
        assert_eq!(arrived, 1, "{what}: {bytes:?}");
        assert_eq!(tmux.says(&["list-buffers"]), "");
    }
    let doctor = tmux.doctor();
    assert!(doctor.starts_with("ok") && doctor.contains("hands it on itself"), "{doctor}");
}

#[test]
fn a14_of_two_who_look_at_the_same_tmux_the_one_who_copied_gets_it() {
    let Some(mut tmux) = Tmux::with("") else { return };
    let (socket, home) = (tmux.socket(), tmux.deck.home().to_owned());
    let other = Pty::start(80, 24, |_| {
        command("tmux", &["-S", text(&socket), "-f", "/dev/null", "attach-session"], &home)
    });
    other.wait_for("robot-1");
    other.settle();
    tmux.deck.settle();
    let bytes = tmux.outside("y", "GUID of robot-1 sent to the terminal's clipboard");
    assert!(bytes.contains(&encoded(GUID)), "{bytes:?}");
    other.settle();
    assert!(!String::from_utf8_lossy(&other.bytes()).contains(&encoded(GUID)));
}

/// Takes the clipboard from every terminal that tmux knows.
const NO_CLIPBOARD: &str = "set -s terminal-features 'none:title'\n";

#[test]
fn a14_past_a_tmux_without_a_clipboard_it_goes_wrapped_where_that_is_let_through() {
    let settings = format!("{NO_CLIPBOARD}set -g allow-passthrough on\n");
    let Some(mut tmux) = Tmux::with(&settings) else { return };
    let bytes = tmux.outside("y", "GUID of robot-1 sent to the terminal's clipboard");
    assert!(bytes.contains(&sequence()), "{bytes:?}");
    let doctor = tmux.doctor();
    assert!(doctor.starts_with("ok") && doctor.contains("allow-passthrough is on"), "{doctor}");
}

#[test]
fn a14_where_tmux_lets_nothing_through_that_is_said_and_the_plain_box_shows_the_text() {
    let Some(mut tmux) = Tmux::with(NO_CLIPBOARD) else { return };
    let bytes = tmux.outside("y", "GUID of robot-1");
    assert!(!bytes.contains("\x1b]52"), "{bytes:?}");
    let screen = tmux.deck.text();
    assert!(screen.contains(GUID) && screen.contains("no clipboard feature"), "{screen}");
    assert!(!screen.contains("sent to"), "{screen}");
    let doctor = tmux.doctor();
    assert!(
        doctor.starts_with("warning") && doctor.contains("allow-passthrough is off"),
        "{doctor}"
    );
}
