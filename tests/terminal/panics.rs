//! A panic of the drawing thread gives the terminal back before it is reported; a
//! panic elsewhere leaves the screen alone.
//!
//! The program has no way to be made to panic, so the test runs itself on a
//! pseudo-terminal, takes the terminal with the program's own code and panics.

use tokendeck::tui::options::Options;
use tokendeck::tui::terminal;

use super::pty::{Pty, command};

/// Which of the roles below this process plays.
const ROLE: &str = "TOKENDECK_TEST_ROLE";

fn play(role: &str) -> Pty {
    let this = std::env::current_exe().unwrap();
    Pty::start(80, 24, |home| {
        let arguments = ["--exact", "panics::player", "--nocapture"];
        let mut command = command(&this.to_string_lossy(), &arguments, home);
        command.env(ROLE, role);
        command
    })
}

/// Plays the role this process was started for; as a test of its own, none.
#[test]
fn player() {
    let Ok(role) = std::env::var(ROLE) else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let opened = terminal::open(&Options::default()).unwrap();
    if role == "task" {
        let fell = std::thread::spawn(|| panic!("a task fell")).join().is_err();
        assert!(fell);
        std::thread::sleep(std::time::Duration::from_millis(500));
        drop(opened);
        std::process::exit(0);
    }
    panic!("the drawing thread fell");
}

#[test]
fn a_panic_of_the_drawing_thread_restores_the_terminal_and_is_readable() {
    let mut player = play("drawing");
    player.wait_for("the drawing thread fell");
    assert!(!player.wait_exit().success());
    player.settle();
    player.assert_restored();
}

#[test]
fn a_panic_of_another_thread_leaves_the_screen_alone() {
    let mut player = play("task");
    assert!(player.wait_exit().success());
    player.settle();
    player.assert_restored();
    let bytes = String::from_utf8_lossy(&player.bytes()).into_owned();
    let inside: Vec<_> = bytes.split("\x1b[?1049h").collect();
    assert!(!inside[1].contains("a task fell"), "the report was written over the screen");
}
