//! The program `tokendeck`: arguments, error report, dispatch.

use std::process::ExitCode;

use tokendeck::cli::{self, ending, exit, process};

fn main() -> ExitCode {
    process::guard_memory();
    if let Err(report) = ending::install_reports() {
        return ending::fault(&report.to_string());
    }
    if let Err(error) = process::tell_of_file_limits() {
        return ending::fault(&format!("cannot handle signals: {error}"));
    }
    exit::guard(|| cli::run(std::env::args_os().collect()))
}
