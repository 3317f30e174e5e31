//! The clipboard of the desktop. Its calls block, so one thread makes them; it
//! keeps the handle, for some desktops forget what was copied when that goes, and
//! takes a value away again after a while.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;
use zeroize::Zeroizing;

use crate::tui::clipboard::{Copying, KEPT, Missed, Payload};

/// How long the end of the program waits for the clipboard to let go.
const PARTING: Duration = Duration::from_secs(1);

/// A clipboard as the thread uses it.
trait Desktop {
    /// Puts a text there; a secret stays out of histories where that can be asked.
    fn put(&mut self, text: &str, secret: bool) -> Result<(), String>;
    /// What is there now, if it is text.
    fn text(&mut self) -> Option<String>;
    /// Empties it.
    fn clear(&mut self);
}

struct Job {
    payload: Payload,
    done: oneshot::Sender<Result<(), String>>,
}

/// The thread, once there is something to copy.
#[derive(Debug, Default)]
pub(super) struct Native {
    thread: Option<Started>,
}

#[derive(Debug)]
struct Started {
    jobs: Sender<Job>,
    /// Closed when the thread has ended.
    ended: Receiver<()>,
}

impl Native {
    pub(super) fn copy(&mut self, payload: Payload) -> Copying {
        let (done, answer) = oneshot::channel();
        let given = self.jobs().and_then(|jobs| {
            jobs.send(Job { payload, done }).map_err(|_| "its thread has ended".to_owned())
        });
        Box::pin(async move {
            given?;
            let answer = answer.await.unwrap_or_else(|_| Err("its thread has ended".to_owned()));
            answer.map_err(Missed::from)
        })
    }

    fn jobs(&mut self) -> Result<&Sender<Job>, String> {
        let started = match self.thread.take() {
            Some(started) => started,
            None => start().map_err(|error| error.to_string())?,
        };
        Ok(&self.thread.insert(started).jobs)
    }
}

impl Drop for Native {
    /// A value must not outlive the program in the clipboard, but a desktop that
    /// does not answer must not keep the program from ending.
    fn drop(&mut self) {
        if let Some(Started { jobs, ended }) = self.thread.take() {
            drop(jobs);
            let _ = ended.recv_timeout(PARTING);
        }
    }
}

fn start() -> std::io::Result<Started> {
    let (jobs, to_do) = channel();
    let (ending, ended) = channel();
    thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        serve(desktop::open, &to_do, KEPT);
        drop(ending);
    })?;
    Ok(Started { jobs, ended })
}

/// Copies what comes until nothing can come any more.
fn serve<D: Desktop>(open: impl Fn() -> Result<D, String>, jobs: &Receiver<Job>, keep: Duration) {
    let mut desktop: Option<D> = None;
    let mut secret: Option<(Payload, Instant)> = None;
    loop {
        let job = match &secret {
            Some((_, until)) => jobs.recv_timeout(until.saturating_duration_since(Instant::now())),
            None => jobs.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match job {
            Ok(Job { payload, done }) => {
                let result = put(&open, &mut desktop, &payload);
                if result.is_ok() {
                    secret = payload.is_secret().then(|| (payload, Instant::now() + keep));
                }
                // Nobody waits any more where the program is ending.
                let _ = done.send(result);
            }
            Err(end) => {
                if let (Some((payload, _)), Some(desktop)) = (secret.take(), &mut desktop) {
                    take_away(desktop, &payload);
                }
                if end == RecvTimeoutError::Disconnected {
                    return;
                }
            }
        }
    }
}

fn put<D: Desktop>(
    open: &impl Fn() -> Result<D, String>,
    desktop: &mut Option<D>,
    payload: &Payload,
) -> Result<(), String> {
    let opened = match desktop.take() {
        Some(opened) => opened,
        None => open()?,
    };
    desktop.insert(opened).put(payload.expose(), payload.is_secret())
}

/// Empties the clipboard if it still holds the value, and nobody's text else.
fn take_away(desktop: &mut impl Desktop, payload: &Payload) {
    let there = Zeroizing::new(desktop.text().unwrap_or_default());
    if there.as_str() == payload.expose() {
        desktop.clear();
    }
}

#[cfg(feature = "clipboard")]
mod desktop {
    use arboard::Clipboard;
    #[cfg(target_os = "macos")]
    use arboard::SetExtApple as _;
    #[cfg(all(unix, not(target_os = "macos")))]
    use arboard::SetExtLinux as _;

    pub(super) fn open() -> Result<Clipboard, String> {
        Clipboard::new().map_err(|error| error.to_string())
    }

    impl super::Desktop for Clipboard {
        fn put(&mut self, text: &str, secret: bool) -> Result<(), String> {
            let set = self.set();
            let set = if secret { set.exclude_from_history() } else { set };
            set.text(text).map_err(|error| error.to_string())
        }

        fn text(&mut self) -> Option<String> {
            self.get_text().ok()
        }

        fn clear(&mut self) {
            // What can't be emptied can't be helped; the message said how long.
            let _ = Clipboard::clear(self);
        }
    }
}

#[cfg(not(feature = "clipboard"))]
mod desktop {
    /// There is none in a program built without it.
    pub(super) enum Absent {}

    pub(super) fn open() -> Result<Absent, String> {
        Err("this program was built without the desktop's clipboard".to_owned())
    }

    impl super::Desktop for Absent {
        fn put(&mut self, _: &str, _: bool) -> Result<(), String> {
            match *self {}
        }

        fn text(&mut self) -> Option<String> {
            match *self {}
        }

        fn clear(&mut self) {
            match *self {}
        }
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;
    use crate::domain::{Guid, TokenValue};

    #[derive(Clone, Default)]
    struct Fake(Arc<Mutex<Option<String>>>);

    impl Desktop for Fake {
        fn put(&mut self, text: &str, _: bool) -> Result<(), String> {
            *self.0.lock().expect("the text") = Some(text.to_owned());
            Ok(())
        }

        fn text(&mut self) -> Option<String> {
            self.0.lock().expect("the text").clone()
        }

        fn clear(&mut self) {
            *self.0.lock().expect("the text") = None;
        }
    }

    fn secret() -> Payload {
        let fill = |bytes: &mut [u8]| {
            bytes.fill(1);
            Ok::<_, ()>(())
        };
        let value = TokenValue::generate("tdk", Guid::from_bytes([7; 16]), fill);
        Payload::Value(Arc::new(value.expect("a value")))
    }

    fn give(jobs: &Sender<Job>, payload: Payload) -> Result<(), String> {
        let (done, answer) = oneshot::channel();
        jobs.send(Job { payload, done }).expect("a thread");
        answer.blocking_recv().expect("an answer")
    }

    /// Runs the thread's loop while `work` gives it jobs, and returns what is in the
    /// clipboard after it has ended.
    fn after(fake: &Fake, keep: Duration, work: impl FnOnce(Sender<Job>)) -> Option<String> {
        let (jobs, to_do) = channel();
        let opened = fake.clone();
        let thread = thread::spawn(move || serve(|| Ok(opened.clone()), &to_do, keep));
        work(jobs);
        thread.join().expect("the end");
        fake.clone().text()
    }

    #[test]
    fn a_value_is_taken_away_when_its_time_is_over() {
        let fake = Fake::default();
        let there = after(&fake, Duration::ZERO, |jobs| {
            assert_eq!(give(&jobs, secret()), Ok(()));
            while fake.clone().text().is_some() {
                thread::yield_now();
            }
        });
        assert_eq!(there, None);
    }

    #[test]
    fn a_value_goes_with_the_program() {
        let there = after(&Fake::default(), KEPT, |jobs| {
            assert_eq!(give(&jobs, secret()), Ok(()));
        });
        assert_eq!(there, None);
    }

    #[test]
    fn what_is_no_secret_stays_and_so_does_what_others_copied() {
        let there = after(&Fake::default(), KEPT, |jobs| {
            assert_eq!(give(&jobs, secret()), Ok(()));
            assert_eq!(give(&jobs, Payload::Plain("a GUID".to_owned())), Ok(()));
        });
        assert_eq!(there.as_deref(), Some("a GUID"));
        let fake = Fake::default();
        let there = after(&fake, KEPT, |jobs| {
            assert_eq!(give(&jobs, secret()), Ok(()));
            *fake.0.lock().expect("the text") = Some("another's".to_owned());
        });
        assert_eq!(there.as_deref(), Some("another's"));
    }

    #[test]
    fn a_desktop_that_is_not_there_is_an_answer() {
        let (jobs, to_do) = channel();
        let thread =
            thread::spawn(move || serve(|| Err::<Fake, _>("no display".to_owned()), &to_do, KEPT));
        assert_eq!(give(&jobs, secret()), Err("no display".to_owned()));
        drop(jobs);
        thread.join().expect("the end");
    }
}
