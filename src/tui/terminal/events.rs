//! Turns the terminal and the signals of the process into [`Input`].
//!
//! One thread reads the terminal, one waits for it to hang up, one task for each
//! signal. They end with the process: none holds anything that needs closing.

use std::io;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::Sender;

use super::joiner::Joiner;
use crate::tui::input::{Input, Signal};

/// How long a read of the terminal waits at most. A read that never returns would
/// leave a lone Esc undecided; waking up costs nothing the terminal notices.
const READ_WAIT: Duration = Duration::from_hours(1);

/// Starts to listen; everything arrives at `inputs` in the order it happened.
pub(super) fn listen(escape: Duration, inputs: &Sender<Input>) -> io::Result<()> {
    let to = inputs.clone();
    thread::Builder::new().name("terminal".to_owned()).spawn(move || read(escape, &to))?;
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

fn read(escape: Duration, inputs: &Sender<Input>) {
    let mut joiner = Joiner::new(escape);
    loop {
        let wait = joiner
            .deadline()
            .map_or(READ_WAIT, |deadline| deadline.saturating_duration_since(Instant::now()));
        let events = match event::poll(wait) {
            Ok(true) => match event::read() {
                Ok(event) => joiner.feed(event, Instant::now()),
                Err(_) => return hang_up(inputs),
            },
            Ok(false) => joiner.expire(),
            Err(_) => return hang_up(inputs),
        };
        for input in events.into_iter().filter_map(as_input) {
            if inputs.blocking_send(input).is_err() {
                return;
            }
        }
    }
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
            Ok(0) | Err(rustix::io::Errno::INTR) => {}
            Ok(_) | Err(_) => return hang_up(inputs),
        }
    }
}

fn as_input(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Input::Key(key)),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(columns, rows) => Some(Input::Resize(columns, rows)),
        Event::Key(_) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => None,
    }
}
