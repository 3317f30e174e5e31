//! One line on standard error that says how far something long is. Nobody but a
//! terminal gets it.

use std::io::{self, IsTerminal, Write};

use super::printer::Output;
use crate::text::{Safe, thousands};

/// The line; it is gone when this is dropped.
pub(in crate::cli) struct Progress {
    shown: bool,
    last: String,
}

impl Progress {
    /// A line for output of this form; none with JSON, where only errors are said.
    pub(in crate::cli) fn new(output: Output) -> Self {
        let shown = !output.format().is_json() && io::stderr().is_terminal();
        Self { shown, last: String::new() }
    }

    /// "revoke: 45,000 of 100,000".
    pub(in crate::cli) fn show(&mut self, what: &str, ended: u64, total: u64) {
        let line = format!("{what}: {} of {}", thousands(ended), thousands(total));
        if self.shown && line != self.last {
            // Where nobody listens, nothing is lost.
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K{}", Safe::line(&line));
            self.last = line;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if !self.last.is_empty() {
            let _ = write!(io::stderr().lock(), "\r\u{1b}[K");
        }
    }
}
