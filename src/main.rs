//! The program `tokendeck`: arguments, error report, dispatch.

use std::process::ExitCode;

use tokendeck::cli::{self, exit};

fn main() -> ExitCode {
    if let Err(report) = exit::install_reports() {
        return exit::fault(&report.to_string());
    }
    exit::guard(|| cli::run(std::env::args_os().collect()))
}
