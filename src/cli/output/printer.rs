//! Where results go: lists and records in the form that was asked for.

use std::io::{self, IsTerminal, Write as _};

use serde::Serialize;

use super::format::Format;
use super::json::to_line;
use super::sheet::Sheet;
use super::stream::{say, standard_output};
use super::{csv, json, table};
use crate::cli::failure::Failure;
use crate::text::Safe;

/// Where results go.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct Output {
    format: Format,
    /// Columns of the terminal; none = no terminal, so that nothing is left out.
    columns: Option<usize>,
}

impl Output {
    /// Output in this form to the process's standard output.
    pub(in crate::cli) fn new(format: Format) -> Self {
        let columns = Some(io::stdout()).filter(IsTerminal::is_terminal).and_then(|terminal| {
            // A terminal that does not know its width says 0.
            let size = rustix::termios::tcgetwinsize(terminal).ok()?;
            Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
        });
        Self { format, columns }
    }

    /// The form.
    pub(in crate::cli) fn format(self) -> Format {
        self.format
    }

    /// Columns of the terminal, if standard output is one.
    pub(in crate::cli) fn columns(self) -> Option<usize> {
        self.columns
    }

    /// A list: `whole` as one JSON object, or its items as lines or rows.
    pub(in crate::cli) fn list<W: Serialize, I: Serialize>(
        self,
        whole: &W,
        items: &[I],
        sheet: impl FnOnce(Format) -> Sheet,
    ) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(standard_output()?);
        match self.format {
            Format::Json => json::write(&mut out, whole)?,
            Format::Jsonl => items.iter().try_for_each(|item| json::write(&mut out, item))?,
            Format::Csv => csv::write(&mut out, &sheet(Format::Csv))?,
            Format::Table | Format::Md => {
                table::write(&mut out, &sheet(Format::Table), self.columns)?;
            }
        }
        Ok(out.flush()?)
    }

    /// One record: a JSON object, a row, or a label and a text a line.
    pub(in crate::cli) fn record<W: Serialize>(
        self,
        whole: &W,
        sheet: impl FnOnce(Format) -> Sheet,
    ) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(standard_output()?);
        match self.format {
            Format::Json | Format::Jsonl => json::write(&mut out, whole)?,
            Format::Csv => csv::write(&mut out, &sheet(Format::Csv))?,
            Format::Table | Format::Md => table::write_record(&mut out, &sheet(Format::Table))?,
        }
        Ok(out.flush()?)
    }

    /// Warns on standard error, in the form of an error, of what does not change how the
    /// command ends.
    pub(in crate::cli) fn warn(self, code: &str, message: &str) {
        if self.format.is_json() {
            say(&Safe::line(&to_line(&Warning { code, message })));
        } else {
            say(&Safe::line(&format!("tokendeck: {message}")));
        }
    }

    /// Says something on standard error. With JSON nothing is said there but errors.
    pub(in crate::cli) fn note(self, text: &str) {
        if !self.format.is_json() {
            say(&Safe::line(text));
        }
    }
}

/// Something on standard error that a program is to know too.
#[derive(Serialize)]
struct Warning<'w> {
    code: &'w str,
    message: &'w str,
}
