//! A thread that looks twice a second whether the store changed, be it by another
//! process, wakes those who wait for changes, and writes last uses in batches.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use tokio::sync::watch;

use crate::authority::Authority;
use crate::store::StoreError;

/// A change elsewhere shows, and a use is written, within two seconds; this leaves
/// room for a busy machine.
const PERIOD: Duration = Duration::from_millis(500);

/// The thread at work. Dropping this stops it, after a last batch of uses.
pub(super) struct Follower {
    changes: watch::Receiver<u64>,
    running: Option<Running>,
}

struct Running {
    // Never sent on: its end is the sign to stop.
    alive: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl Follower {
    pub(super) fn start(authority: Arc<Authority>) -> Result<Self, StoreError> {
        let (wake, changes) = watch::channel(0);
        let (alive, stop) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("follower".to_owned())
            .spawn(move || follow(&authority, &wake, &stop))
            .map_err(|error| StoreError::Fault(format!("cannot start a thread: {error}")))?;
        Ok(Self { changes, running: Some(Running { alive, thread }) })
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        if let Some(Running { alive, thread }) = self.running.take() {
            drop(alive);
            // A panic of the thread has been reported by the panic hook already.
            let _ = thread.join();
        }
    }
}

fn follow(authority: &Authority, wake: &watch::Sender<u64>, stop: &mpsc::Receiver<()>) {
    let mut seen = authority.head().ok();
    loop {
        let stopped = stop.recv_timeout(PERIOD) != Err(RecvTimeoutError::Timeout);
        // A failure here, such as a busy store, shows again in the next call of
        // somebody who can be told; until then uses stay in memory.
        let _ = authority.flush_uses();
        if stopped {
            return;
        }
        let head = authority.head().ok();
        if head.is_some() && head != seen && authority.follow().is_ok() {
            seen = head;
            wake.send_modify(|count| *count += 1);
        }
    }
}
