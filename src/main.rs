//! The program `tokendeck`: arguments, error report, dispatch.

use std::process::ExitCode;

use tokendeck::cli::{self, exit, process};

fn main() -> ExitCode {
    process::guard_memory();
    if let Err(report) = exit::install_reports() {
        return exit::fault(&report.to_string());
    }
    if let Err(error) = process::tell_of_file_limits() {
        return exit::fault(&format!("cannot handle signals: {error}"));
    }
    exit::guard(|| cli::run(std::env::args_os().collect()))
}
