//! A program that has the terminal: in the foreground, so that Ctrl-c and Ctrl-z are its own,
//! as under a shell.

use std::io::{self, Write as _};
use std::os::unix::process::CommandExt as _;
use std::process::Command;

use crossterm::terminal::enable_raw_mode;
use nix::sys::signal::{SigSet, Signal as Blocked};
use rustix::process::{
    Pid, Signal, WaitOptions, getpgrp, kill_current_process_group, kill_process_group, waitpid,
};
use rustix::termios::{OptionalActions, QueueSelector, tcflush, tcgetattr, tcsetattr, tcsetpgrp};

use crate::tui::own::{OwnEnd, OwnRun};

/// Runs it to its end. The terminal is as the shell left it, before and after.
pub(super) fn run(run: &OwnRun) -> io::Result<OwnEnd> {
    let stdin = io::stdin();
    let before = tcgetattr(&stdin);
    let ended = to_its_end(run);
    // Whatever it left the terminal like.
    if let Ok(before) = before {
        let _ = tcsetattr(&stdin, OptionalActions::Drain, &before);
    }
    let ended = ended?;
    if run.command.wait || ended != OwnEnd::Code(0) {
        wait_for_enter(&run.command.name, ended);
    }
    // What it did not read was not meant for the screen either.
    let _ = tcflush(&stdin, QueueSelector::IFlush);
    Ok(ended)
}

fn to_its_end(run: &OwnRun) -> io::Result<OwnEnd> {
    let (program, arguments) = run.command.run.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut command = Command::new(program);
    command.args(arguments).envs(run.environment()).process_group(0);
    let child = command
        .spawn()
        .map_err(|error| io::Error::new(error.kind(), format!("'{program}': {error}")))?;
    let group = Pid::from_child(&child);
    foreground(group);
    let ended = wait(group);
    foreground(getpgrp());
    ended
}

/// Gives the terminal to a group of processes, and wakes one that wanted it too early.
/// Where there is no terminal to give, nothing is lost.
fn foreground(group: Pid) {
    // Who is in the background is stopped for this, unless that is blocked.
    let mut blocked = SigSet::empty();
    blocked.add(Blocked::SIGTTOU);
    let was = blocked.thread_block();
    let _ = tcsetpgrp(io::stdin(), group);
    if was.is_ok() {
        let _ = blocked.thread_unblock();
    }
    if group != getpgrp() {
        let _ = kill_process_group(group, Signal::CONT);
    }
}

fn wait(group: Pid) -> io::Result<OwnEnd> {
    loop {
        let status = match waitpid(Some(group), WaitOptions::UNTRACED) {
            Ok(Some((_, status))) => status,
            Ok(None) | Err(rustix::io::Errno::INTR) => continue,
            Err(error) => return Err(error.into()),
        };
        if let Some(code) = status.exit_status() {
            return Ok(OwnEnd::Code(code));
        }
        if let Some(signal) = status.terminating_signal() {
            return Ok(OwnEnd::Signal(signal));
        }
        let early = [Signal::TTIN.as_raw(), Signal::TTOU.as_raw()];
        if !status.stopping_signal().is_some_and(|signal| early.contains(&signal)) {
            // It was stopped by hand: all of this steps aside for the shell with it.
            foreground(getpgrp());
            let _ = kill_current_process_group(Signal::STOP);
        }
        foreground(group);
    }
}

/// Leaves what it wrote on the screen until somebody has read it.
fn wait_for_enter(name: &str, ended: OwnEnd) {
    let how = match ended {
        OwnEnd::Code(0) => "is done".to_owned(),
        OwnEnd::Code(code) => format!("ended with {code}"),
        OwnEnd::Signal(signal) => format!("was ended by signal {signal}"),
    };
    let mut out = io::stdout().lock();
    let told = write!(out, "\r\n[{name} {how}] press Enter to go back ").and_then(|()| out.flush());
    drop(out);
    // Raw, so that Ctrl-c is a key too. Left by whoever takes the terminal again.
    if told.is_err() || enable_raw_mode().is_err() {
        return;
    }
    let stdin = io::stdin();
    let mut key = [0];
    loop {
        match rustix::io::read(&stdin, &mut key) {
            Ok(0) | Err(_) => return,
            // Enter, Ctrl-c, Ctrl-d, Esc, q.
            Ok(_) => {
                let [byte] = key;
                if b"\r\n\x03\x04\x1bq".contains(&byte) {
                    return;
                }
            }
        }
    }
}
