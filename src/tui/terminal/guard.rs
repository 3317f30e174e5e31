//! Takes the terminal and gives it back, whatever happens in between.
//!
//! Raw mode, the alternate screen, bracketed paste and the hidden cursor are on
//! while a guard is; every way out turns them off once: the guard's drop, a
//! suspension, and a panic of the thread that draws.

use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use super::gate::Gate;
use super::lent;
use crate::tui::own::{OwnEnd, OwnRun};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Alternate screen, bracketed paste.
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h";
/// Plain pen, cursor shown, no bracketed paste, the screen from before.
const LEAVE: &[u8] = b"\x1b[m\x1b[?25h\x1b[?2004l\x1b[?1049l";

/// Whether the terminal is ours now. The panic hook has no other way to know.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// Holds the terminal until it is dropped.
#[derive(Debug)]
pub struct TerminalGuard(());

impl TerminalGuard {
    /// Takes the terminal.
    pub fn take() -> io::Result<Self> {
        enter()?;
        Ok(Self(()))
    }

    /// Gives the terminal to the shell and stops the whole job, as Ctrl-z does
    /// for any program; returns when the job is continued. The screen has to be
    /// painted anew then.
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        // SIGTSTP is one of our messages, so the stop that cannot be caught is used;
        // the whole group, for the shell waits for whoever started us, too.
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
        enter()?;
        stopped.map_err(io::Error::from)
    }
}

impl TerminalGuard {
    /// Gives the terminal to a program, and takes it again when that has ended. The screen
    /// has to be painted anew then.
    pub fn lend(&mut self, gate: &Gate, run: &OwnRun) -> io::Result<OwnEnd> {
        gate.closed(|| {
            leave();
            let ended = lent::run(run);
            enter()?;
            ended
        })
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        leave();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    write_all(ENTER)
}

/// Gives the terminal back if it is ours. A terminal that is gone is no error.
fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _ = write_all(LEAVE);
        let _ = disable_raw_mode();
    }
}

fn write_all(bytes: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()
}

/// Makes a panic of the thread `drawing` give the terminal back before it is
/// reported. A panic of another thread must not: the program lives on and would
/// draw over the shell; it comes back as a message instead.
pub(super) fn restore_on_panic_of(drawing: ThreadId) {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let taken = TAKEN.load(Ordering::SeqCst);
        if thread::current().id() == drawing {
            leave();
            report(panic);
        } else if !taken {
            report(panic);
        }
    }));
}
