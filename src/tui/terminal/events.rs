//! Turns the terminal and the signals of the process into [`Input`].
//!
//! One thread reads the terminal, one waits for it to hang up, one task for each
//! signal. They end with the process: none holds anything that needs closing.
//!
//! The bytes are read here and not by the terminal library, which does not tell what
//! came in one piece, and takes an Esc before an arrow for no key at all.

use std::time::{Duration, Instant};
use std::{io, thread};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::Sender;

use crate::tui::input::{Input, Signal};

use super::decoder::Decoder;
use super::gate::{self, Gate, Rest};

/// The most that is read in one piece.
const PIECE: usize = 4096;

/// Starts to listen; everything arrives at `inputs` in the order it happened.
pub(super) fn listen(escape: Duration, inputs: &Sender<Input>) -> io::Result<Gate> {
    let to = inputs.clone();
    let (gate, rest) = gate::pair()?;
    thread::Builder::new().name("terminal".to_owned()).spawn(move || read(escape, rest, &to))?;
    let to = inputs.clone();
    thread::Builder::new().name("hang-up".to_owned()).spawn(move || await_hang_up(&to))?;
    let signals = [
        (SignalKind::terminate(), Signal::Terminate),
        (SignalKind::interrupt(), Signal::Terminate),
        (SignalKind::quit(), Signal::Terminate),
        (SignalKind::hangup(), Signal::HangUp),
        (SignalKind::from_raw(rustix::process::Signal::TSTP.as_raw()), Signal::Suspend),
        (SignalKind::from_raw(rustix::process::Signal::CONT.as_raw()), Signal::Continue),
    ];
    for (kind, meaning) in signals {
        forward(kind, meaning, inputs.clone())?;
    }
    follow_size(inputs.clone())?;
    Ok(gate)
}

/// Tells of the window's size whenever it is another.
fn follow_size(inputs: Sender<Input>) -> io::Result<()> {
    let mut changes = signal(SignalKind::window_change())?;
    tokio::spawn(async move {
        while changes.recv().await.is_some() {
            let Ok((columns, rows)) = crossterm::terminal::size() else { continue };
            if inputs.send(Input::Resize(columns, rows)).await.is_err() {
                break;
            }
        }
    });
    Ok(())
}

fn forward(kind: SignalKind, meaning: Signal, inputs: Sender<Input>) -> io::Result<()> {
    let mut arrivals = signal(kind)?;
    tokio::spawn(async move {
        while arrivals.recv().await.is_some() {
            if inputs.send(Input::Signal(meaning)).await.is_err() {
                break;
            }
        }
    });
    Ok(())
}

fn read(escape: Duration, mut rest: Rest, inputs: &Sender<Input>) {
    let stdin = io::stdin();
    let mut decoder = Decoder::new(escape);
    let mut piece = [0; PIECE];
    loop {
        let decided = match has_come(&stdin, &rest, decoder.deadline()) {
            Ok(Come::Call) => {
                rest.rest();
                continue;
            }
            Ok(Come::Keys) => match rustix::io::read(&stdin, &mut piece) {
                Ok(0) => return hang_up(inputs),
                Ok(count) => decoder.feed(piece.get(..count).unwrap_or_default(), Instant::now()),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) => return hang_up(inputs),
            },
            Ok(Come::Nothing) => decoder.expire(),
            Err(Errno::INTR) => continue,
            Err(_) => return hang_up(inputs),
        };
        for input in decided {
            if inputs.blocking_send(input).is_err() {
                return;
            }
        }
    }
}

/// What was waited for.
enum Come {
    /// Something to read.
    Keys,
    /// Somebody wants the terminal.
    Call,
    /// The end of the wait.
    Nothing,
}

/// Waits until there is something to read, or until then.
fn has_come(stdin: &io::Stdin, rest: &Rest, deadline: Option<Instant>) -> Result<Come, Errno> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    let left = left.and_then(|left| Timespec::try_from(left).ok());
    let mut ends = [PollFd::new(&rest.woken, PollFlags::IN), PollFd::new(stdin, PollFlags::IN)];
    poll(&mut ends, left.as_ref())?;
    let [call, keys] = &ends;
    Ok(match (call.revents().is_empty(), keys.revents().is_empty()) {
        (false, _) => Come::Call,
        (true, false) => Come::Keys,
        (true, true) => Come::Nothing,
    })
}

fn hang_up(inputs: &Sender<Input>) {
    // A closed channel means that the program is ending anyway.
    let _ = inputs.blocking_send(Input::Signal(Signal::HangUp));
}

/// The terminal library polls a dead terminal for ever where SIGHUP is ignored, so
/// the line is watched here: without any flag asked for, poll reports hang-ups only.
fn await_hang_up(inputs: &Sender<Input>) {
    let stdin = io::stdin();
    loop {
        let mut line = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut line, None) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) | Err(_) => return hang_up(inputs),
        }
    }
}
