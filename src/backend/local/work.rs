//! Threads of this process that work on jobs, so that whoever started one is not
//! kept waiting. Closing the backend lets each end its chunk; the rest can be
//! resumed, here or elsewhere.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use crate::authority::{Authority, Caller, JobTurn};
use crate::store::StoreError;

/// The threads at work. Dropping this waits for the chunks under way.
#[derive(Default)]
pub(super) struct Workers {
    ending: Arc<AtomicBool>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

impl Workers {
    /// Works on a job until it is over or the backend closes; `wake` is told of
    /// each chunk.
    pub(super) fn put_to_work(
        &self,
        authority: &Arc<Authority>,
        (caller, turn): (Caller, JobTurn),
        wake: Sender<()>,
    ) -> Result<(), StoreError> {
        let (authority, ending) = (Arc::clone(authority), Arc::clone(&self.ending));
        let thread = thread::Builder::new()
            .name("job".to_owned())
            .spawn(move || {
                let goes_on = || {
                    // Nobody listens any more where the backend is going.
                    let _ = wake.send(());
                    !ending.load(Ordering::Relaxed)
                };
                // Why it broke off is told with the job.
                let _ = authority.work(&caller, &turn, goes_on);
                let _ = wake.send(());
            })
            .map_err(|error| StoreError::Fault(format!("cannot start a thread: {error}")))?;
        let mut threads = self.threads();
        threads.retain(|thread| !thread.is_finished());
        threads.push(thread);
        Ok(())
    }

    /// Lets each thread end its chunk, and waits for that.
    pub(super) fn end(&self) {
        self.ending.store(true, Ordering::Relaxed);
        let threads = std::mem::take(&mut *self.threads());
        for thread in threads {
            // A panic of the thread has been reported by the panic hook already.
            let _ = thread.join();
        }
    }

    fn threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.end();
    }
}
