//! Why a backend did not do what it was asked: what decides by an error decides by one of
//! these. The words of scripts are their codes, and nobody compares those.

use std::fmt;

use strum::{EnumString, IntoEnumIterator as _};

use crate::domain::Refusal;
use crate::store::{StoreError, Trouble};

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// The rules refused it.
    Refused(Refusal),
    /// The backend did not answer, or the answer did not come from it.
    Silent(Silence),
    /// It is a change, and nobody knows whether it was done.
    Open,
    /// The same, because the operator gave up waiting for the answer.
    NotAwaited,
    /// The operator gave up waiting for what changes nothing.
    Stopped,
    /// The server answered that it does not take this request.
    Server(Complaint),
    /// The store could not do it.
    Store(Trouble),
    /// A file for the operator could not be written, so that nothing was changed.
    File,
    /// The file is written, and what it is about was refused.
    FileOnly,
    /// A server can't be reached there, as it can't listen.
    Listen,
    /// The settings or the command line do not say what to ask, or with what credential.
    Settings,
    /// A fault of this program, here or at the server.
    Fault,
}

/// How a backend did not answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Silence {
    /// Nothing was sent: no connection could be made.
    Unreachable,
    /// Something was sent, and no whole answer came back.
    BrokenOff,
    /// No whole answer came in time.
    #[strum(serialize = "timeout")]
    Late,
    /// What answered is no Tokendeck server.
    NotTokendeck,
    /// What answered sends elsewhere.
    Redirected,
    /// No connection can be made ready.
    Tls,
}

/// What a server says of a request that it does not take, where no rule refused it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Complaint {
    /// It came too soon after others.
    TooManyRequests,
    /// Its store does not answer yet.
    NotReady,
    /// It can't read the request.
    Malformed,
    /// The request or the answer is too long.
    TooLarge,
    /// The key of the request belongs to another.
    IdempotencyKeyReused,
    /// It was done under the same key before, and its values are not to be had any more.
    ValuesGone,
    /// It speaks another interface.
    ApiVersion,
    /// Anything else, told in words.
    ServerError,
}

impl Cause {
    /// What the code of a server's problem stands for, where that is no refusal.
    pub fn of_code(code: &str) -> Self {
        if code == FAULT {
            return Self::Fault;
        }
        match Trouble::iter().find(|trouble| trouble.code() == code) {
            Some(trouble) => Self::Store(trouble),
            None => Self::Server(code.parse().unwrap_or(Complaint::ServerError)),
        }
    }

    /// The stable code, for scripts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Silent(silence) => silence.into(),
            Self::Open => "outcome_unknown",
            Self::NotAwaited => "answer_not_awaited",
            Self::Stopped => "cancelled",
            Self::Server(complaint) => complaint.into(),
            Self::Store(trouble) => trouble.code(),
            Self::File | Self::FileOnly => "file",
            Self::Listen => "listen",
            Self::Settings => "usage",
            Self::Fault => FAULT,
        }
    }

    /// The exit code of a command that ends with it.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Refused(refusal) => refusal.exit_code(),
            Self::Settings => 2,
            Self::Open | Self::NotAwaited | Self::FileOnly => 5,
            Self::Silent(_)
            | Self::Stopped
            | Self::Server(_)
            | Self::Store(_)
            | Self::File
            | Self::Listen => 6,
            Self::Fault => 70,
        }
    }

    /// The status of a server's reply that carries it (RFC 9110 section 15).
    pub fn http_status(&self) -> u16 {
        match self {
            Self::Refused(refusal) => refusal.http_status(),
            Self::Fault => 500,
            Self::Silent(_)
            | Self::Open
            | Self::NotAwaited
            | Self::Stopped
            | Self::Server(_)
            | Self::Store(_)
            | Self::File
            | Self::FileOnly
            | Self::Listen
            | Self::Settings => 503,
        }
    }

    /// Whether a change that failed like this may have been done all the same.
    pub fn is_open(&self) -> bool {
        match self {
            Self::Open | Self::NotAwaited | Self::Silent(Silence::Late) => true,
            Self::Silent(
                Silence::Unreachable
                | Silence::BrokenOff
                | Silence::NotTokendeck
                | Silence::Redirected
                | Silence::Tls,
            )
            | Self::Refused(_)
            | Self::Stopped
            | Self::Server(_)
            | Self::Store(_)
            | Self::File
            | Self::FileOnly
            | Self::Listen
            | Self::Settings
            | Self::Fault => false,
        }
    }
}

/// The code of a fault of ours.
const FAULT: &str = "fault";

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl From<&StoreError> for Cause {
    fn from(error: &StoreError) -> Self {
        error.trouble().map_or(Self::Fault, Self::Store)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::http::{BUSY, LATE, MALFORMED, TOO_LARGE};

    #[test]
    fn a_code_of_a_server_stands_for_the_cause_that_has_it() {
        for trouble in Trouble::iter() {
            assert_eq!(Cause::of_code(trouble.code()), Cause::Store(trouble));
        }
        for (code, complaint) in [
            (BUSY, Complaint::TooManyRequests),
            (MALFORMED, Complaint::Malformed),
            (TOO_LARGE, Complaint::TooLarge),
            ("not_ready", Complaint::NotReady),
            ("idempotency_key_reused", Complaint::IdempotencyKeyReused),
        ] {
            let cause = Cause::of_code(code);
            assert_eq!((cause.code(), cause), (code, Cause::Server(complaint)));
        }
        assert_eq!(Cause::of_code("fault"), Cause::Fault);
        assert_eq!(Cause::of_code("of_a_newer_server"), Cause::Server(Complaint::ServerError));
        assert_eq!(Cause::Silent(Silence::Late).code(), LATE);
    }

    #[test]
    fn only_what_may_have_been_done_is_open() {
        let open = [Cause::Open, Cause::NotAwaited, Cause::Silent(Silence::Late)];
        assert!(open.iter().all(Cause::is_open));
        let over = [
            Cause::Silent(Silence::Unreachable),
            Cause::Stopped,
            Cause::Refused(Refusal::ReadOnly),
        ];
        assert!(!over.iter().any(Cause::is_open));
    }
}
