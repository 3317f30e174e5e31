//! A command that should print a credential and does not, at a terminal: Ctrl-c ends it
//! before there is a screen, and leaving the screen ends it too.

use std::fs;
use std::path::Path;

use rustix::process::{Pid, test_kill_process};

use super::pty::{Pty, command};

/// Tells its process and goes on for ever, whatever Ctrl-c says to it.
const WAITS: &str = "trap '' INT; echo $$ > pid.new; mv pid.new pid; while :; do sleep 1; done";

fn start(arguments: &[&str]) -> Pty {
    Pty::start(80, 24, |home| {
        let folder = home.join(".config/tokendeck");
        fs::create_dir_all(&folder).unwrap();
        let text = format!(
            "[backends.team]\nkind = \"remote\"\nurl = \"http://127.0.0.1:9\"\n\
             credential_command = [\"sh\", \"-c\", \"{WAITS}\"]\n"
        );
        fs::write(folder.join("config.toml"), text).unwrap();
        command(env!("CARGO_BIN_EXE_tokendeck"), arguments, home)
    })
}

/// The process of the command, once it is there.
fn waiting(home: &Path) -> Pid {
    let file = home.join("pid");
    while !file.exists() {
        std::thread::yield_now();
    }
    let id = fs::read_to_string(file).unwrap();
    Pid::from_raw(id.trim().parse().unwrap()).unwrap()
}

fn gone(pid: Pid) {
    let stat = format!("/proc/{}/stat", pid.as_raw_nonzero());
    while test_kill_process(pid).is_ok() {
        if fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") Z ")) {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a20_ctrl_c_ends_a_command_that_waits_and_the_program() {
    for arguments in [&["--backend", "team", "token", "list"][..], &["--backend", "team"]] {
        let mut deck = start(arguments);
        let pid = waiting(deck.home());
        deck.send("\x03");
        assert_eq!(deck.wait_exit().exit_code(), 130);
        gone(pid);
        deck.assert_restored();
    }
}

#[test]
fn a20_on_screen_a_command_that_waits_holds_nobody_up_and_ends_with_the_screen() {
    let mut deck = start(&[]);
    deck.wait_for("No API tokens yet");
    deck.settle();
    deck.send("pteam\r");
    deck.wait_for("opening team ...");
    let pid = waiting(deck.home());
    deck.send("?");
    deck.wait_for("Help");
    deck.send("q");
    deck.wait_until("the list", |screen| !screen.contains("Help"));
    deck.send("q");
    assert!(deck.wait_exit().success());
    gone(pid);
}

#[test]
fn a20_on_screen_a_command_that_waits_is_ended_and_named_in_time() {
    let mut deck = start(&[]);
    deck.wait_for("No API tokens yet");
    deck.settle();
    deck.send("pteam\r");
    let pid = waiting(deck.home());
    deck.wait_for("Could not switch to team");
    gone(pid);
    deck.send("M");
    deck.wait_for("within 10 s");
}
