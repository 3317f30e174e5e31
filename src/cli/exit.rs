//! How a command ends: the exit code. Knows nothing of what the command was.

use std::panic::PanicHookInfo;
use std::process::ExitCode;

/// The exit code of a fault of ours.
pub const FAULT: u8 = 70;

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finish {
    /// All was done.
    Done,
    /// The answer is no, and it was given as a result: verify, a check.
    No,
    /// Something was done, and something was skipped or failed.
    Partly,
}

impl From<Finish> for ExitCode {
    fn from(exit: Finish) -> Self {
        match exit {
            Finish::Done => Self::SUCCESS,
            Finish::No => Self::from(1),
            Finish::Partly => Self::from(5),
        }
    }
}

/// Where the program broke down: "list.rs:12".
pub(super) fn place(panic: &PanicHookInfo) -> String {
    panic.location().map_or_else(
        || "an unknown place".to_owned(),
        |place| {
            let file = place.file().rsplit('/').next().unwrap_or_default();
            format!("{file}:{}", place.line())
        },
    )
}

/// Runs the program; a panic ends it with [`FAULT`].
pub fn guard(program: impl FnOnce() -> ExitCode + std::panic::UnwindSafe) -> ExitCode {
    std::panic::catch_unwind(program).unwrap_or_else(|_| ExitCode::from(FAULT))
}
