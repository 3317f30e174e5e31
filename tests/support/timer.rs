//! A clock that a test moves by hand.

use std::sync::Arc;
use std::time::Duration;

use tokendeck::tui::moment::Moment;
use tokendeck::tui::runtime::Timer;
use tokio::sync::watch;

#[derive(Clone)]
pub(crate) struct HandTimer(Arc<watch::Sender<Duration>>);

impl Default for HandTimer {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Duration::ZERO)))
    }
}

impl HandTimer {
    pub(crate) fn advance(&self, time: Duration) {
        self.0.send_modify(|now| *now += time);
    }
}

impl Timer for HandTimer {
    fn now(&self) -> Moment {
        Moment::new(*self.0.borrow())
    }

    async fn until(&self, moment: Moment) {
        let mut hand = self.0.subscribe();
        // The sender lives as long as self.
        let _ = hand.wait_for(|now| *now >= moment.since_start()).await;
    }
}
