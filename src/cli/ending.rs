//! The one place where errors are said, and where the exit code follows from them. Knows
//! nothing of what the command was.

use std::process::ExitCode;

use serde::Serialize;

use super::exit::{FAULT, place};
use super::failure::Ended;
use super::output::{Format, say, to_line};
use crate::domain::FieldError;
use crate::text::Safe;

#[derive(Serialize)]
struct ErrorObject<'e> {
    code: &'e str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<&'e [FieldError]>,
    /// The command that tells whether it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<&'e str>,
}

/// Says on standard error what went wrong, and returns the exit code.
pub(super) fn report(outcome: Ended, format: Format) -> ExitCode {
    let failure = match outcome {
        Ok(exit) => return exit.into(),
        Err(failure) if failure.is_broken_pipe() => return ExitCode::SUCCESS,
        Err(failure) => failure,
    };
    if format.is_json() {
        let (code, message, fields) = (failure.code(), failure.message(), failure.fields());
        let look = failure.look();
        say(&Safe::line(&to_line(&ErrorObject { code, message, fields, look })));
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
        let place = place(panic);
        let said =
            format!("tokendeck: a fault of ours at {place}. Please report it; no data is shown");
        say(&Safe::line(&said));
    }));
    Ok(())
}

/// Says what broke before anything began.
pub fn fault(message: &str) -> ExitCode {
    say(&Safe::line(&format!("tokendeck: {message}")));
    ExitCode::from(FAULT)
}
