//! The log of a server on its way to standard error. Whoever logs never waits: lines
//! go into a queue, and a thread of its own writes them. Where nobody reads, or the
//! reader went away, lines are dropped, and how many is said once writing works again.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use chrono::{SecondsFormat, Utc};
use serde_json::json;

use super::exit;

/// Lines that wait to be written: some 2 MB of them.
const MOST: usize = 8_192;

/// What waits to be written.
enum Entry {
    Line(Vec<u8>),
    /// So many lines were dropped here.
    Dropped(u64),
}

impl Entry {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Line(line) => line.clone(),
            Self::Dropped(lines) => {
                let at = Utc::now().to_rfc3339_opts(SecondsFormat::Micros, true);
                let message = "lines of the log could not be written";
                let line =
                    json!({ "timestamp": at, "level": "WARN", "message": message, "lines": lines });
                format!("{line}\n").into_bytes()
            }
        }
    }

    /// How many lines are lost with it.
    fn lines(&self) -> u64 {
        match self {
            Self::Line(_) => 1,
            Self::Dropped(lines) => *lines,
        }
    }
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Entry>,
    /// Lines that were dropped and not told of yet.
    dropped: u64,
    /// Whether an entry is being written.
    writing: bool,
    /// Whether the last one could not be.
    failed: bool,
}

impl State {
    fn push(&mut self, line: Vec<u8>) {
        // A place for the number is kept, so that it stands where the lines are missing.
        if self.waiting.len() + 1 >= MOST {
            self.dropped = self.dropped.saturating_add(1);
            return;
        }
        if self.dropped > 0 {
            self.waiting.push_back(Entry::Dropped(std::mem::take(&mut self.dropped)));
        }
        self.waiting.push_back(Entry::Line(line));
    }

    fn next(&mut self) -> Option<Entry> {
        let untold = |state: &mut Self| {
            // After a failure it is tried again with the next line, not for ever.
            let lines = Some(state.dropped).filter(|lines| *lines > 0 && !state.failed)?;
            state.dropped = 0;
            Some(Entry::Dropped(lines))
        };
        let entry = self.waiting.pop_front().or_else(|| untold(self))?;
        self.writing = true;
        Some(entry)
    }

    fn wrote(&mut self, entry: &Entry, written: &io::Result<()>) {
        self.writing = false;
        self.failed = written.is_err();
        if self.failed {
            self.dropped = self.dropped.saturating_add(entry.lines());
        }
    }
}

/// The queue. Clones are the same one.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<(Mutex<State>, Condvar)>);

impl Log {
    /// Takes over the log of this process: one JSON object a line. What a panic says
    /// may hold data, so only its place is logged.
    pub(super) fn to_standard_error() -> io::Result<Self> {
        let log = Self::default();
        // Not the handle of the standard library: a writer that waits would hold its lock.
        let to = File::from(io::stderr().as_fd().try_clone_to_owned()?);
        let writer = log.clone();
        thread::Builder::new().name("log".to_owned()).spawn(move || writer.write_to(to))?;
        let lines = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .json()
            .flatten_event(true)
            .with_target(false)
            .log_internal_errors(false)
            .with_writer(move || lines.clone())
            .with_max_level(tracing::Level::INFO)
            .finish();
        // A second log in one process would change nothing.
        let _ = tracing::subscriber::set_global_default(subscriber);
        std::panic::set_hook(Box::new(|panic| {
            tracing::error!(place = exit::place(panic), "a fault of ours");
        }));
        Ok(log)
    }

    /// Waits until all is written, but not for long: whether it is.
    pub(super) fn end(&self, patience: Duration) -> bool {
        let waits = |state: &mut State| state.writing || !state.waiting.is_empty();
        let ended = self.0.1.wait_timeout_while(self.state(), patience, waits);
        let (_state, waited) = ended.unwrap_or_else(PoisonError::into_inner);
        !waited.timed_out()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn next(&self) -> Entry {
        let mut state = self.state();
        loop {
            if let Some(entry) = state.next() {
                return entry;
            }
            state = self.0.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn write_to(&self, mut to: impl Write) {
        loop {
            let entry = self.next();
            let written = to.write_all(&entry.bytes());
            self.state().wrote(&entry, &written);
            self.0.1.notify_all();
        }
    }
}

/// A line comes whole, in one piece.
impl Write for Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.state().push(line.to_vec());
        self.0.1.notify_all();
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(state: &mut State) -> Vec<String> {
        let text = |entry: Entry| String::from_utf8_lossy(&entry.bytes()).into_owned();
        std::iter::from_fn(|| state.next()).map(text).collect()
    }

    #[test]
    fn what_does_not_fit_is_counted_and_told_of_where_it_is_missing() {
        let mut state = State::default();
        for number in 0..MOST + 5 {
            state.push(format!("{number}\n").into_bytes());
        }
        for _ in 0..10 {
            assert!(state.next().is_some());
        }
        state.push(b"later\n".to_vec());
        let all = texts(&mut state);
        assert_eq!(all.last().map(String::as_str), Some("later\n"));
        let told = all.iter().rev().nth(1).is_some_and(|lost| lost.contains("\"lines\":6"));
        assert!(told, "{all:?}");
    }

    #[test]
    fn what_could_not_be_written_is_told_of_with_the_next_line_that_can() {
        let mut state = State::default();
        let broken = Err(io::Error::from(io::ErrorKind::BrokenPipe));
        for _ in 0..3 {
            state.push(b"lost\n".to_vec());
            while let Some(entry) = state.next() {
                state.wrote(&entry, &broken);
            }
        }
        assert_eq!((state.dropped, state.waiting.len()), (3, 0), "and nothing turns in circles");
        state.push(b"there\n".to_vec());
        let all = texts(&mut state);
        assert_eq!(all.len(), 2, "{all:?}");
        assert!(all.first().is_some_and(|lost| lost.contains("\"lines\":3")), "{all:?}");
    }
}
