//! How much one operator, or one address that can't sign in, may ask in a time: a
//! bucket each, that fills up again. Timers are real whatever the store's clock says.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::options::Limits;
use crate::domain::UserId;

/// Buckets kept at once; those that are full again are the first to go.
const BUCKETS: usize = 10_000;

/// Whose bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// An operator's.
    User(UserId),
    /// An address's that was refused.
    Refused(IpAddr),
}

struct Bucket {
    left: f64,
    at: Instant,
}

pub(super) struct Rate {
    limits: Limits,
    buckets: Mutex<HashMap<Who, Bucket>>,
}

impl Rate {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, buckets: Mutex::default() }
    }

    /// Takes one, or says after how many seconds there is one again.
    pub(super) fn take(&self, who: Who) -> Result<(), u64> {
        self.take_at(who, Instant::now())
    }

    fn take_at(&self, who: Who, now: Instant) -> Result<(), u64> {
        let (size, speed) = self.measure(who);
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS {
            buckets.retain(|who, bucket| !self.is_full(*who, bucket, now));
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: size, at: now });
        let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left = (bucket.left + passed * speed).min(size);
        bucket.at = now;
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        let wait = std::time::Duration::from_secs_f64((1.0 - bucket.left) / speed);
        Err(wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
    }

    fn measure(&self, who: Who) -> (f64, f64) {
        match who {
            Who::User(_) => (self.limits.burst, self.limits.per_second),
            Who::Refused(_) => (self.limits.refusals, 1.0),
        }
    }

    fn is_full(&self, who: Who, bucket: &Bucket, now: Instant) -> bool {
        let (size, speed) = self.measure(who);
        let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
        bucket.left + passed * speed >= size
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_empties_and_fills_and_is_nobody_elses() {
        let limits = Limits { per_second: 2.0, burst: 3.0, ..Limits::default() };
        let (rate, start) = (Rate::new(limits), Instant::now());
        let (kim, ada) = (Who::User(UserId::new(1)), Who::User(UserId::new(2)));
        for _ in 0..3 {
            assert_eq!(rate.take_at(kim, start), Ok(()));
        }
        assert_eq!(rate.take_at(kim, start), Err(1));
        assert_eq!(rate.take_at(ada, start), Ok(()));
        assert_eq!(rate.take_at(kim, start + Duration::from_millis(500)), Ok(()));
        assert_eq!(rate.take_at(kim, start + Duration::from_millis(500)), Err(1));
    }

    #[test]
    fn a_clock_that_jumps_back_gives_and_takes_nothing() {
        let limits = Limits { per_second: 1.0, burst: 1.0, ..Limits::default() };
        let (rate, start) = (Rate::new(limits), Instant::now());
        let kim = Who::User(UserId::new(1));
        assert_eq!(rate.take_at(kim, start + Duration::from_secs(9)), Ok(()));
        assert_eq!(rate.take_at(kim, start), Err(1));
    }
}
