//! Where the loop reads the monotonic time and waits for it.

use tokio::time::Instant;

use crate::tui::moment::Moment;

/// Where the loop reads the time and waits for it. A test puts its own here.
pub trait Timer: Send {
    /// The present.
    fn now(&self) -> Moment;

    /// Ends when that moment has come.
    fn until(&self, moment: Moment) -> impl Future<Output = ()> + Send;
}

/// The machine's monotonic clock.
#[derive(Debug)]
pub struct SystemTimer {
    start: Instant,
}

impl SystemTimer {
    /// A clock that starts now.
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }
}

impl Timer for SystemTimer {
    fn now(&self) -> Moment {
        Moment::new(self.start.elapsed())
    }

    async fn until(&self, moment: Moment) {
        // Beyond what the clock can hold lies no deadline anyone would see.
        match self.start.checked_add(moment.since_start()) {
            Some(instant) => tokio::time::sleep_until(instant).await,
            None => std::future::pending().await,
        }
    }
}
