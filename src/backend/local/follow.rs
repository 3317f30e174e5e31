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
pub(super) struct LocalFollower {
    changes: watch::Receiver<u64>,
    running: Option<Running>,
}

struct Running {
    // What is sent says that something just changed; its end is the sign to stop.
    wake: mpsc::Sender<()>,
    thread: JoinHandle<()>,
}

impl LocalFollower {
    /// One that `keeps` moves the mark of time on too: it may write.
    pub(super) fn start(authority: Arc<Authority>, keeps: bool) -> Result<Self, StoreError> {
        let (wake, changes) = watch::channel(0);
        let (nudge, nudges) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("follower".to_owned())
            .spawn(move || follow(&authority, keeps, &wake, &nudges))
            .map_err(|error| StoreError::Fault(format!("cannot start a thread: {error}")))?;
        Ok(Self { changes, running: Some(Running { wake: nudge, thread }) })
    }

    /// Has the thread look at once: this process changed something that others here
    /// wait to see.
    pub(super) fn waker(&self) -> Option<mpsc::Sender<()>> {
        self.running.as_ref().map(|running| running.wake.clone())
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Drop for LocalFollower {
    fn drop(&mut self) {
        if let Some(Running { wake, thread }) = self.running.take() {
            drop(wake);
            // A panic of the thread has been reported by the panic hook already.
            let _ = thread.join();
        }
    }
}

fn follow(
    authority: &Authority,
    keeps: bool,
    wake: &watch::Sender<u64>,
    nudges: &mpsc::Receiver<()>,
) {
    let mut seen = authority.head().ok();
    loop {
        let stopped = nudges.recv_timeout(PERIOD) == Err(RecvTimeoutError::Disconnected);
        // Several at once are one look.
        while nudges.try_recv().is_ok() {}
        // A failure here, such as a busy store, shows again in the next call of
        // somebody who can be told; until then uses stay in memory.
        let _ = authority.flush_uses();
        if stopped {
            return;
        }
        let head = authority.head().ok();
        if let Some(head) = head.filter(|_| keeps) {
            // The next look tries again.
            let _ = authority.move_mark_on(head);
        }
        let is_news = head.is_some_and(|head| seen.is_none_or(|seen| !head.is_state_of(seen)));
        if is_news && authority.follow().is_ok() {
            seen = head;
            wake.send_modify(|count| *count += 1);
        }
    }
}
