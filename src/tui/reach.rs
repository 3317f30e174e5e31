//! Whether the backend answers, and how old that makes what is on screen. Pure: what an
//! answer says about it, and since when there is none.

use std::collections::BTreeMap;
use std::time::Duration;

use super::moment::Moment;
use super::screen::Screen;
use crate::backend::{BackendError, Cause};
use crate::domain::{Refusal, Time};

/// For so long it has to answer before the next silence is another one.
const SETTLED: Duration = Duration::from_secs(5);

/// What is known of the connection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// When it first did not answer, by its clock; none while it answers.
    pub(super) silent_since: Option<Time>,
    /// Whether it no longer knows who asks: the credential ended or was revoked.
    pub(super) signed_out: bool,
    /// Why something could not be read, as the operator was last told.
    told: Option<String>,
    /// When it last answered again.
    back_at: Option<Moment>,
    /// What was read for each screen.
    readings: BTreeMap<Screen, Reading>,
}

/// What is known of the rows of a screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Reading {
    /// When they were read, by the backend's clock.
    as_of: Option<Time>,
    /// Whether newer ones were asked for in vain.
    behind: bool,
}

/// How far what is on screen can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// As far as what was read last.
    Fresh,
    /// Newer rows were asked for in vain, though the backend answers.
    Behind,
    /// The backend no longer knows who asks, so that nothing newer can be had.
    SignedOut,
    /// The backend has not answered since then.
    Silent(Time),
}

impl Reach {
    /// The rows of a screen were read; as of when, where that is known.
    pub(super) fn read(&mut self, screen: Screen, as_of: Option<Time>) {
        self.readings.insert(screen, Reading { as_of, behind: false });
    }

    /// They could not be.
    pub(super) fn missed(&mut self, screen: Screen) {
        self.readings.entry(screen).or_default().behind = true;
    }

    /// How far they can be relied on, and when they were read.
    pub(super) fn age(&self, screen: Screen) -> (Age, Option<Time>) {
        let reading = self.readings.get(&screen).copied().unwrap_or_default();
        let age = match (self.silent_since, reading.behind) {
            (Some(since), _) => Age::Silent(since),
            (None, _) if self.signed_out => Age::SignedOut,
            (None, true) => Age::Behind,
            (None, false) => Age::Fresh,
        };
        (age, reading.as_of)
    }

    /// It answers; since when it did not, if that is news. One that answers some calls
    /// and others not must not have all read again and again.
    pub(super) fn answers(&mut self, now: Moment) -> Option<Time> {
        self.signed_out = false;
        let since = self.silent_since.take()?;
        self.told = None;
        let before = self.back_at.replace(now);
        before.is_none_or(|at| now.since(at) >= SETTLED).then_some(since)
    }

    /// Notes why something could not be read; says whether the operator knows already.
    pub(super) fn tell(&mut self, error: &BackendError) -> bool {
        let why = error.to_string();
        self.told.replace(why.clone()) == Some(why)
    }

    /// The operator asks anew, and is to be told anew.
    pub(super) fn forget_told(&mut self) {
        self.told = None;
    }
}

/// What a result tells of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// The backend answered, be it with a refusal.
    Answer,
    /// It answered that it does not know who asks.
    SignedOut,
    /// It did not.
    Silence,
}

impl Sign {
    /// What an error tells; nothing where nobody waited for the answer, or what became
    /// of a change is unknown: that has many reasons, and what is read next tells.
    pub(super) fn of(error: &BackendError) -> Option<Self> {
        match &error.cause {
            Cause::Stopped | Cause::NotAwaited | Cause::Open => None,
            Cause::Refused(Refusal::NotSignedIn) => Some(Self::SignedOut),
            Cause::Silent(_) => Some(Self::Silence),
            Cause::Refused(_)
            | Cause::Server(_)
            | Cause::Store(_)
            | Cause::File
            | Cause::FileOnly
            | Cause::Listen
            | Cause::Settings
            | Cause::Fault => Some(Self::Answer),
        }
    }
}
