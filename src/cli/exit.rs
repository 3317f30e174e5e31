//! How a command ends: the one place that turns errors into exit codes and
//! messages. Knows nothing of what the command was.

use std::io;
use std::process::ExitCode;

use serde::Serialize;

use super::output::{Format, say, to_line};
use crate::backend::BackendError;
use crate::config::ConfigError;
use crate::domain::{FieldError, Refusal};
use crate::text::Safe;

/// The exit code of a fault of ours.
pub const FAULT: u8 = 70;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// All was done.
    Done,
    /// The answer is no, and it was given as a result: verify, a check.
    No,
    /// Something was done, and something was skipped or failed.
    Partly,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::No => Self::from(1),
            Exit::Partly => Self::from(5),
        }
    }
}

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
    /// The command line can't be read.
    Arguments(clap::Error),
    /// The arguments do not make sense together.
    Usage(String),
    /// The settings do not.
    Config(ConfigError),
    /// The question was answered with no.
    Declined,
    /// Standard output could not be written, or standard input not be read.
    Stream(io::Error),
    /// The folder of the demo could not be made.
    Folder(io::Error),
    /// The terminal program ended with an error.
    Screen(String),
}

/// What a command returns.
pub(super) type Outcome = Result<Exit, Failure>;

impl Failure {
    /// A refusal, with what was tried.
    pub(super) fn refused(doing: impl Into<String>, refusal: Refusal) -> Self {
        Self::Backend { doing: Some(doing.into()), error: refusal.into() }
    }

    /// The reader of our output went away, as `head` does when it has enough.
    fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Stream(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Backend { error, .. } => error.code(),
            Self::Arguments(_) | Self::Usage(_) => "usage",
            Self::Config(_) => "config",
            Self::Declined => "not_confirmed",
            Self::Stream(_) => "stream",
            Self::Folder(_) => "folder",
            Self::Screen(_) => "screen",
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Backend { error, .. } => error.exit_code(),
            Self::Arguments(_) | Self::Usage(_) | Self::Config(_) | Self::Declined => 2,
            Self::Stream(_) | Self::Folder(_) => 6,
            Self::Screen(_) => FAULT,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Backend { doing: Some(doing), error } => format!("could not {doing}: {error}"),
            Self::Backend { doing: None, error } => error.to_string(),
            Self::Usage(message) | Self::Screen(message) => message.clone(),
            Self::Arguments(error) => first_sentence(error),
            Self::Config(error) => error.to_string(),
            Self::Declined => "not confirmed: nothing was changed".to_owned(),
            Self::Stream(error) => format!("cannot write the output: {error}"),
            Self::Folder(error) => format!("cannot make a folder for the demo: {error}"),
        }
    }

    /// The message for people. Only what clap says of the arguments and TOML of a
    /// settings file has lines of its own; a line break in a name must not look like
    /// a message of ours.
    fn text(&self) -> Safe {
        let message = format!("tokendeck: {}", self.message());
        match self {
            Self::Arguments(error) => Safe::lines(error.to_string().trim_end()),
            Self::Config(_) => Safe::lines(&message),
            _ => Safe::line(&message),
        }
    }

    fn fields(&self) -> Option<&[FieldError]> {
        match self {
            Self::Backend { error: BackendError::Refused(Refusal::Invalid(fields)), .. } => {
                Some(fields)
            }
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

/// What clap says without its usage and hints.
fn first_sentence(error: &clap::Error) -> String {
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    first.trim_start_matches("error: ").to_owned()
}

#[derive(Serialize)]
struct ErrorObject<'e> {
    code: &'e str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<&'e [FieldError]>,
}

/// Says on standard error what went wrong, and returns the exit code.
pub(super) fn report(outcome: Outcome, format: Format) -> ExitCode {
    let failure = match outcome {
        Ok(exit) => return exit.into(),
        Err(failure) if failure.is_broken_pipe() => return ExitCode::SUCCESS,
        Err(failure) => failure,
    };
    if format.is_json() {
        let (code, message, fields) = (failure.code(), failure.message(), failure.fields());
        say(&Safe::line(&to_line(&ErrorObject { code, message, fields })));
    } else {
        say(&failure.text());
    }
    ExitCode::from(failure.exit_code())
}

/// Installs the reports of errors and panics. What a panic says may hold data, so
/// only its place is told.
pub fn install_reports() -> color_eyre::Result<()> {
    let (_, errors) = color_eyre::config::HookBuilder::default()
        .display_env_section(false)
        .display_location_section(false)
        .into_hooks();
    errors.install()?;
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(String::new, |place| {
            let file = place.file().rsplit('/').next().unwrap_or_default();
            format!(" at {file}:{}", place.line())
        });
        let said = format!("tokendeck: a fault of ours{place}. Please report it; no data is shown");
        say(&Safe::line(&said));
    }));
    Ok(())
}

/// Runs the program; a panic ends it with [`FAULT`].
pub fn guard(program: impl FnOnce() -> ExitCode + std::panic::UnwindSafe) -> ExitCode {
    std::panic::catch_unwind(program).unwrap_or_else(|_| ExitCode::from(FAULT))
}

/// Says what broke before anything began.
pub fn fault(message: &str) -> ExitCode {
    say(&Safe::line(&format!("tokendeck: {message}")));
    ExitCode::from(FAULT)
}
