//! A task that looks every second whether something changed on the server, and wakes
//! those who wait: also when the server stops to answer, and when it is back.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::client::Client;
use super::exchange::Ask;
use super::options::Patience;
use crate::wire::http::{HeadBody, calls};

/// Looks in vain after which a server counts as away: one may fall into a restart.
const AWAY: u32 = 2;
/// The longest pause while the server does not answer.
const LONGEST: Duration = Duration::from_secs(15);

/// How far the store had come when it was last looked at.
type Seen = Arc<Mutex<Option<String>>>;

/// The task at work. Dropping this stops it.
pub(super) struct RemoteFollower {
    changes: watch::Receiver<u64>,
    seen: Seen,
    task: JoinHandle<()>,
}

impl RemoteFollower {
    pub(super) fn start(client: &Arc<Client>) -> Self {
        let (wake, changes) = watch::channel(0);
        let seen = Seen::default();
        let looking = Looking { client: Arc::downgrade(client), seen: Arc::clone(&seen), wake };
        let task = tokio::spawn(looking.follow(client.patience));
        Self { changes, seen, task }
    }

    /// Takes this for the place from which on something is news, unless there is one.
    pub(super) fn begin_at(&self, head: String) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get_or_insert(head);
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Drop for RemoteFollower {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// What a follower works with.
struct Looking {
    client: Weak<Client>,
    seen: Seen,
    wake: watch::Sender<u64>,
}

impl Looking {
    async fn follow(self, Patience { look, sign, .. }: Patience) {
        let mut pause = look;
        let mut failures = 0_u32;
        loop {
            tokio::time::sleep(pause).await;
            let Some(client) = self.client.upgrade() else { return };
            let asked = client.ask::<HeadBody>(Ask::of(&calls::HEAD));
            let looked = tokio::time::timeout(sign, asked).await;
            if let Ok(Ok(HeadBody { head })) = looked {
                if self.is_news(head) || failures > 0 {
                    self.wake.send_modify(|count| *count += 1);
                }
                pause = look;
                failures = 0;
                continue;
            }
            // A server that takes what it is sent and keeps silent is not restarting.
            failures = if looked.is_err() { failures.max(AWAY - 1) } else { failures } + 1;
            // Told once, so that whoever looks on learns how old it is.
            if failures == AWAY {
                self.wake.send_modify(|count| *count += 1);
            }
            pause = (pause * 2).min(LONGEST);
        }
    }

    fn is_news(&self, head: String) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let news = seen.as_ref().is_some_and(|before| *before != head);
        *seen = Some(head);
        news
    }
}
