//! Keeps the thread that reads the terminal from it while a program has it: two that read
//! one terminal each get a part of what is typed.

use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// How long the reader may take to rest: it may be handing on what was typed before.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether the terminal is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// It is.
    Goes,
    /// The reader is asked to rest.
    Ending,
    /// The reader rests.
    Rests,
}

type State = Arc<(Mutex<Reading>, Condvar)>;

/// Who else needs the terminal has this.
#[derive(Debug)]
pub struct Gate {
    state: State,
    /// Wakes the reader, who waits for keys.
    wake: PipeWriter,
}

/// The reader has this.
pub(super) struct Rest {
    state: State,
    pub(super) woken: PipeReader,
}

/// Both ends.
pub(super) fn pair() -> io::Result<(Gate, Rest)> {
    let (woken, wake) = io::pipe()?;
    let state: State = Arc::new((Mutex::new(Reading::Goes), Condvar::new()));
    Ok((Gate { state: Arc::clone(&state), wake }, Rest { state, woken }))
}

impl Gate {
    /// Does something while nobody else reads the terminal.
    pub(super) fn closed<T>(&self, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        self.close()?;
        let done = work();
        self.set(Reading::Goes);
        done
    }

    fn close(&self) -> io::Result<()> {
        self.set(Reading::Ending);
        (&self.wake).write_all(&[0])?;
        let (state, changed) = &*self.state;
        let reading = state.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(reading, PATIENCE, |now| *now == Reading::Ending);
        let (reading, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if *reading == Reading::Rests {
            return Ok(());
        }
        drop(reading);
        self.set(Reading::Goes);
        Err(io::Error::other("keys are still being taken: try again"))
    }

    fn set(&self, to: Reading) {
        let (state, changed) = &*self.state;
        *state.lock().unwrap_or_else(PoisonError::into_inner) = to;
        changed.notify_all();
    }
}

impl Rest {
    /// Rests as long as somebody wants the terminal.
    pub(super) fn rest(&mut self) {
        // One byte a call; who asked may have given up meanwhile.
        let _ = self.woken.read(&mut [0]);
        let (state, changed) = &*self.state;
        let mut reading = state.lock().unwrap_or_else(PoisonError::into_inner);
        if *reading == Reading::Ending {
            *reading = Reading::Rests;
            changed.notify_all();
            drop(changed.wait_while(reading, |now| *now == Reading::Rests));
        }
    }
}
