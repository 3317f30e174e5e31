//! A task that looks every second whether something changed on the server, and wakes
//! those who wait: also when the server is back after it was away.

use std::sync::{Arc, Weak};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::client::Client;
use super::exchange::Ask;
use crate::wire::http::{HeadBody, calls};

/// The longest pause while the server does not answer.
const LONGEST: Duration = Duration::from_secs(15);

/// The task at work. Dropping this stops it.
pub(super) struct Follower {
    changes: watch::Receiver<u64>,
    task: JoinHandle<()>,
}

impl Follower {
    pub(super) fn start(client: &Arc<Client>) -> Self {
        let (wake, changes) = watch::channel(0);
        let task = tokio::spawn(follow(Arc::downgrade(client), client.patience.look, wake));
        Self { changes, task }
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.clone()
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn follow(client: Weak<Client>, look: Duration, wake: watch::Sender<u64>) {
    let mut seen = None;
    let mut pause = look;
    loop {
        tokio::time::sleep(pause).await;
        let Some(client) = client.upgrade() else { return };
        let head = client.ask::<HeadBody>(Ask::of(&calls::HEAD)).await.ok();
        match head {
            // What happened before the first look was read by whoever asked since.
            Some(now) if seen.is_none() && pause == look => seen = Some(now),
            Some(now) => {
                if pause > look || seen.as_ref() != Some(&now) {
                    wake.send_modify(|count| *count += 1);
                }
                seen = Some(now);
                pause = look;
            }
            None => pause = (pause * 2).min(LONGEST),
        }
    }
}
