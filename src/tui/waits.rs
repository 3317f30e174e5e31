//! How long the backend has been asked in vain, and whether that can be given up. Pure:
//! counts what was asked and not answered; what was asked is not known here.

use std::time::Duration;

use super::moment::Moment;

/// From here on the operator is told.
const SHOWN: Duration = Duration::from_secs(1);
/// From here on it counts as not answering: longer than a slow answer takes.
const SILENCE: Duration = Duration::from_secs(8);

/// How a call is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// Nobody waits for it: it works by itself.
    None,
    /// The operator may give it up.
    Loose,
    /// Its answer may hold a value that nothing else ever shows.
    Firm,
}

/// What is under way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Waits {
    loose: usize,
    firm: usize,
    /// When the backend last gave a sign, or was first asked after that.
    since: Moment,
}

impl Waits {
    /// A call was sent.
    pub(super) fn asked(&mut self, tie: Tie, now: Moment) {
        if tie != Tie::None && self.since(now).is_none() {
            self.since = now;
        }
        match tie {
            Tie::None => {}
            Tie::Loose => self.loose += 1,
            Tie::Firm => self.firm += 1,
        }
    }

    /// An answer to one came, or will not come.
    pub(super) fn answered(&mut self, tie: Tie, now: Moment) {
        match tie {
            Tie::None => return,
            Tie::Loose => self.loose = self.loose.saturating_sub(1),
            Tie::Firm => self.firm = self.firm.saturating_sub(1),
        }
        self.since = now;
    }

    /// How long there has been no answer, where one is waited for.
    fn since(&self, now: Moment) -> Option<Duration> {
        (self.loose + self.firm > 0).then(|| now.since(self.since))
    }

    /// For how many seconds, where that is worth telling.
    pub(super) fn seconds(&self, now: Moment) -> Option<u64> {
        let waited = self.since(now).filter(|waited| *waited >= SHOWN)?;
        Some(waited.as_secs())
    }

    /// For how long, where it counts as a silence.
    pub(super) fn silence(&self, now: Moment) -> Option<Duration> {
        self.since(now).filter(|waited| *waited >= SILENCE)
    }

    /// Whether anything can be given up of what the operator is told.
    pub(super) fn can_stop(&self, now: Moment) -> bool {
        self.loose > 0 && self.seconds(now).is_some()
    }

    /// When there is another second to tell.
    pub(super) fn due(&self, now: Moment) -> Option<Moment> {
        let waited = self.since(now)?;
        Some(self.since.after(Duration::from_secs(waited.as_secs() + 1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment::new(Duration::from_secs(seconds))
    }

    #[test]
    fn a_wait_is_told_after_a_second_and_counts_as_silence_later() {
        let mut waits = Waits::default();
        assert_eq!((waits.seconds(at(9)), waits.due(at(9))), (None, None));
        waits.asked(Tie::Loose, at(10));
        assert_eq!((waits.seconds(at(10)), waits.due(at(10))), (None, Some(at(11))));
        assert_eq!((waits.seconds(at(13)), waits.due(at(13))), (Some(3), Some(at(14))));
        assert!(waits.silence(at(17)).is_none() && waits.silence(at(18)).is_some());
        waits.answered(Tie::Loose, at(19));
        assert_eq!((waits.seconds(at(30)), waits.due(at(30))), (None, None));
    }

    #[test]
    fn an_answer_to_another_call_is_a_sign_of_life() {
        let mut waits = Waits::default();
        waits.asked(Tie::Loose, at(0));
        waits.asked(Tie::Loose, at(3));
        assert_eq!(waits.seconds(at(4)), Some(4));
        waits.answered(Tie::Loose, at(5));
        assert_eq!((waits.seconds(at(5)), waits.seconds(at(7))), (None, Some(2)));
    }

    #[test]
    fn what_may_bring_a_value_is_not_given_up() {
        let mut waits = Waits::default();
        waits.asked(Tie::None, at(0));
        assert_eq!(waits.due(at(5)), None);
        waits.asked(Tie::Firm, at(0));
        assert!(!waits.can_stop(at(5)));
        waits.asked(Tie::Loose, at(1));
        assert!(waits.can_stop(at(5)));
    }
}
