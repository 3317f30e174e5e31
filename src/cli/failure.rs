//! Why a command failed: the stable code, the exit code and the sentence for
//! people, for every kind of failure there is.

use std::io;
use std::path::PathBuf;

use super::exit::{FAULT, Finish};
use crate::backend::{BackendError, Cause};
use crate::config::ConfigError;
use crate::domain::{FieldError, Refusal, leak};
use crate::text::Safe;

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The backend refused it, or could not do it.
    Backend {
        /// "revoke robot-1": what was tried, where that is not plain from the command.
        doing: Option<String>,
        /// What the backend said.
        error: BackendError,
    },
    /// Nobody knows whether it was done.
    Unknown {
        /// What the backend said.
        why: Box<Failure>,
        /// The command that tells.
        look: String,
    },
    /// The command line can't be read.
    Arguments(clap::Error),
    /// The arguments do not make sense together.
    Usage(String),
    /// A file that was given does not hold what it should.
    Unreadable(String),
    /// The settings do not.
    Config(ConfigError),
    /// The question was answered with no.
    Declined,
    /// Standard output could not be written, or standard input not be read.
    Stream(io::Error),
    /// Something was done, and its secret or the report of it could not be written.
    Undelivered {
        /// What was done, and what to do now: a sentence each.
        done: String,
        /// Why it could not be written.
        why: String,
    },
    /// The folder of the demo could not be made.
    Folder(io::Error),
    /// A file could not be written.
    Write {
        /// Where.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
    /// The terminal program ended with an error.
    Screen(String),
}

/// What a command returns.
pub(super) type Ended = Result<Finish, Failure>;

impl Failure {
    /// A refusal, with what was tried.
    pub(super) fn refused(doing: impl Into<String>, refusal: Refusal) -> Self {
        Self::Backend { doing: Some(doing.into()), error: refusal.into() }
    }

    /// The same with the command that tells what became of it, where nobody knows.
    pub(super) fn with_look(self, look: Option<String>) -> Self {
        match look {
            Some(look) if self.is_open() => Self::Unknown { why: Box::new(self), look },
            _ => self,
        }
    }

    /// The same where the settings of the backend are why nothing may be changed there.
    pub(super) fn with_hold(self, held: Option<String>) -> Self {
        match (self, held) {
            (Self::Backend { doing, error }, Some(why))
                if error.cause == Cause::Refused(Refusal::ReadOnly) =>
            {
                Self::Backend { doing, error: BackendError::new(error.cause, why) }
            }
            (failure, _) => failure,
        }
    }

    fn is_open(&self) -> bool {
        matches!(self, Self::Backend { error, .. } if error.cause == Cause::Open)
    }

    /// The command that tells what became of it.
    pub(super) fn look(&self) -> Option<&str> {
        match self {
            Self::Unknown { look, .. } => Some(look),
            _ => None,
        }
    }

    /// A secret of something that was done could not be written: whoever only looks at
    /// the code must not do it again unawares, nor think that all is well.
    pub(super) fn undelivered(self, done: impl FnOnce() -> String) -> Self {
        let why = match &self {
            Self::Stream(error) => format!("Standard output failed: {error}"),
            Self::Write { path, error } => format!("Cannot write '{}': {error}", path.display()),
            _ => return self,
        };
        Self::Undelivered { done: done(), why }
    }

    /// The report of something that was done could not be written. A reader who has
    /// enough of it is none who misses it.
    pub(super) fn unreported(self, done: impl FnOnce() -> String) -> Self {
        if self.is_broken_pipe() { self } else { self.undelivered(done) }
    }

    /// The reader of our output went away, as `head` does when it has enough.
    pub(super) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Stream(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::Backend { error, .. } => error.code(),
            Self::Unknown { why, .. } => why.code(),
            Self::Arguments(_) | Self::Usage(_) => "usage",
            Self::Unreadable(_) => "unreadable",
            Self::Config(_) => "config",
            Self::Declined => "not_confirmed",
            Self::Stream(_) => "stream",
            Self::Undelivered { .. } => "undelivered",
            Self::Folder(_) => "folder",
            Self::Write { .. } => "file",
            Self::Screen(_) => "screen",
        }
    }

    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::Backend { error, .. } => error.exit_code(),
            Self::Unknown { why, .. } => why.exit_code(),
            Self::Arguments(_)
            | Self::Usage(_)
            | Self::Unreadable(_)
            | Self::Config(_)
            | Self::Declined => 2,
            Self::Undelivered { .. } => 5,
            Self::Stream(_) | Self::Folder(_) | Self::Write { .. } => 6,
            Self::Screen(_) => FAULT,
        }
    }

    /// What is said of it. What it repeats of files, variables and arguments may hold a value.
    pub(super) fn message(&self) -> String {
        leak::hide(&self.plain_message())
    }

    fn plain_message(&self) -> String {
        match self {
            Self::Backend { doing: Some(doing), error } => {
                format!("could not {doing}: {}", said(error))
            }
            Self::Backend { doing: None, error } => said(error),
            Self::Unknown { why, look } => format!("{}; look: {look}", why.plain_message()),
            Self::Usage(message) | Self::Unreadable(message) | Self::Screen(message) => {
                message.clone()
            }
            Self::Arguments(error) => first_sentence(error),
            Self::Config(error) => error.to_string(),
            Self::Declined => "not confirmed: nothing was changed".to_owned(),
            Self::Stream(error) => format!("standard input or output failed: {error}"),
            Self::Undelivered { done, why } => format!("{done} {why}"),
            Self::Write { path, error } if error.kind() == io::ErrorKind::AlreadyExists => {
                let path = path.display();
                format!("cannot write '{path}': it exists already, choose another name")
            }
            Self::Write { path, error } => format!("cannot write '{}': {error}", path.display()),
            Self::Folder(error) => format!("cannot make a folder for the demo: {error}"),
        }
    }

    /// The message for people. Only what clap says of the arguments and a parser of
    /// a file has lines of its own; a line break in a name must not look like
    /// a message of ours.
    pub(super) fn text(&self) -> Safe {
        let message = format!("tokendeck: {}", self.message());
        match self {
            Self::Arguments(error) => {
                Safe::lines(leak::hide(error.to_string().trim_end()).as_str())
            }
            Self::Config(_) | Self::Unreadable(_) => Safe::lines(&message),
            _ => Safe::line(&message),
        }
    }

    pub(super) fn fields(&self) -> Option<&[FieldError]> {
        match self {
            Self::Backend { error, .. } => match error.refusal() {
                Some(Refusal::Invalid(fields)) => Some(fields),
                _ => None,
            },
            _ => None,
        }
    }
}

impl From<BackendError> for Failure {
    fn from(error: BackendError) -> Self {
        Self::Backend { doing: None, error }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        BackendError::from(refusal).into()
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

/// What a backend said; where it is about a time, the flag is named that gave it, as
/// nobody here typed the field's own name.
fn said(error: &BackendError) -> String {
    let Some(Refusal::Invalid(fields)) = error.refusal() else { return error.to_string() };
    let named = |error: &FieldError| {
        let flag = match error.field.as_str() {
            "valid_to" | "expires" => "--expires",
            "valid_from" => "--valid-from",
            field => field,
        };
        FieldError::new(flag, error.message.clone())
    };
    Refusal::Invalid(fields.iter().map(named).collect()).to_string()
}

/// What clap says without its usage and hints.
fn first_sentence(error: &clap::Error) -> String {
    let text = error.to_string();
    let said = text.lines().map(str::trim).take_while(|line| !line.is_empty());
    said.collect::<Vec<_>>().join(" ").trim_start_matches("error: ").to_owned()
}
