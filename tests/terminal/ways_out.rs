//! Every way out of the program gives the terminal back.

use std::io::Read;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::pty::Pty;

#[test]
fn quitting_restores_the_terminal() {
    let mut deck = Pty::demo();
    assert!(deck.on_alternate_screen() && deck.takes_pastes_whole() && !deck.line_is_cooked());
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.settle();
    deck.assert_restored();
}

#[test]
fn ctrl_c_twice_quits() {
    let mut deck = Pty::demo();
    deck.send("\x03");
    deck.settle();
    deck.send("\x03");
    assert!(deck.wait_exit().success());
    deck.settle();
    deck.assert_restored();
}

fn ends_by(signal: Signal) {
    let mut deck = Pty::demo();
    deck.signal(signal);
    deck.wait_exit();
    deck.settle();
    deck.assert_restored();
}

#[test]
fn sigterm_restores_the_terminal() {
    ends_by(Signal::TERM);
}

#[test]
fn sighup_restores_the_terminal() {
    ends_by(Signal::HUP);
}

#[test]
fn sigint_restores_the_terminal() {
    ends_by(Signal::INT);
}

#[test]
fn sigquit_restores_the_terminal() {
    ends_by(Signal::QUIT);
}

/// Without a controlling terminal no SIGHUP is sent when the line goes, which is
/// also what a program sees that was started under nohup.
#[test]
fn a_lost_terminal_ends_the_program_even_where_no_sighup_arrives() {
    let home = tempfile::tempdir().unwrap();
    let (mut master, slave) = super::pty::bare_pair();
    let line = || std::process::Stdio::from(slave.try_clone().unwrap());
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_tokendeck"))
        .args(["demo", "--now", "2026-03-10T12:00:00Z"])
        .env("TMPDIR", home.path())
        .env("TERM", "xterm-256color")
        .stdin(line())
        .stdout(line())
        .stderr(line())
        .spawn()
        .unwrap();
    drop(slave);
    let (mut seen, mut chunk) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&seen).contains("leaked-key") {
        let count = master.read(&mut chunk).unwrap();
        seen.extend_from_slice(&chunk[..count]);
    }
    drop(master);
    let start = Instant::now();
    while program.try_wait().unwrap().is_none() {
        if start.elapsed() > Duration::from_secs(30) {
            program.kill().unwrap();
            panic!("the program lives on without its terminal");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_and_fg_paints_it_again() {
    let mut deck = Pty::demo();
    deck.send("\x1a");
    deck.wait_stopped();
    deck.settle();
    deck.assert_restored();
    deck.signal(Signal::CONT);
    deck.wait_for("bulk-01");
    assert!(deck.on_alternate_screen() && deck.takes_pastes_whole() && !deck.line_is_cooked());
    deck.send("q");
    assert!(deck.wait_exit().success());
}

#[test]
fn the_demo_leaves_nothing_behind() {
    let mut deck = Pty::demo();
    let folders = |deck: &Pty| -> Vec<_> {
        let all = std::fs::read_dir(deck.home()).unwrap();
        all.map(|entry| entry.unwrap().file_name()).collect()
    };
    assert!(!folders(&deck).is_empty(), "the demo's store lies in the temporary folder");
    deck.send("z");
    deck.wait_for("10 rows");
    deck.send("q");
    deck.wait_exit();
    assert_eq!(folders(&deck), Vec::<std::ffi::OsString>::new());
}

/// The signal of a file that grew too large would end the program with the terminal in its
/// hands; the limit is an error of the store instead.
#[test]
#[cfg(target_os = "linux")]
fn d10_a_limit_of_the_size_of_files_is_an_error_on_screen() {
    use rustix::process::{Resource, Rlimit, prlimit};
    let mut deck = Pty::demo();
    let none = Rlimit { current: Some(0), maximum: None };
    prlimit(Some(deck.pid()), Resource::Fsize, none).unwrap();
    deck.send("/robot-2\r");
    deck.wait_for("text:robot-2");
    deck.settle();
    deck.send("t");
    deck.wait_for("Disable API token");
    deck.settle();
    deck.send("\x1b[C");
    deck.wait_for("> Disable <");
    deck.send("\r");
    deck.wait_for("Could not disable robot-2");
    assert!(deck.on_alternate_screen());
    deck.send("q");
    deck.wait_exit();
    deck.settle();
    deck.assert_restored();
}

#[test]
#[cfg(target_os = "linux")]
fn d03_a_crash_with_a_value_on_screen_leaves_no_core() {
    let line = r#"ulimit -c "$(ulimit -H -c)"; exec "$0" demo --now 2026-03-10T12:00:00Z"#;
    let mut deck = Pty::start(80, 24, |home| {
        super::pty::command("sh", &["-c", line, env!("CARGO_BIN_EXE_tokendeck")], home)
    });
    deck.wait_for("bulk-01");
    deck.settle();
    deck.send("/robot-1\r");
    deck.wait_for("text:robot-1");
    deck.settle();
    deck.send("x");
    deck.wait_for("tdk_");
    deck.signal(Signal::ABORT);
    deck.wait_exit();
    let left: Vec<_> = std::fs::read_dir(deck.home()).unwrap().collect();
    let core = |name: std::ffi::OsString| name.to_string_lossy().starts_with("core");
    assert!(left.into_iter().all(|entry| !core(entry.unwrap().file_name())));
}
