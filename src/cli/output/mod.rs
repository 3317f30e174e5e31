//! Results on standard output, in the form that was asked for, and notes on
//! standard error. Everything from a store is made safe here, whatever the form.

mod csv;
mod json;
mod lines;
mod progress;
mod sheet;
mod table;

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd as _;

use serde::Serialize;
use zeroize::Zeroizing;

pub(super) use json::to_line;
pub(super) use lines::{Lines, nobody_reads};
pub(super) use progress::Progress;
pub(super) use sheet::Sheet;

use super::failure::Failure;
use crate::domain::{OperatorSecret, TokenValue, leak};
use crate::text::Safe;

/// The form of the output.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum, strum::Display, strum::EnumString,
)]
#[strum(serialize_all = "lowercase")]
pub(super) enum Format {
    /// Columns for people
    #[default]
    Table,
    /// One JSON object
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header (RFC 4180)
    Csv,
}

impl Format {
    /// Whether errors are JSON too.
    pub(super) fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl)
    }
}

/// Where results go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    format: Format,
    /// Columns of the terminal; none = no terminal, so that nothing is left out.
    columns: Option<usize>,
}

impl Output {
    /// Output in this form to the process's standard output.
    pub(super) fn new(format: Format) -> Self {
        let columns = Some(io::stdout()).filter(IsTerminal::is_terminal).and_then(|terminal| {
            // A terminal that does not know its width says 0.
            let size = rustix::termios::tcgetwinsize(terminal).ok()?;
            Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
        });
        Self { format, columns }
    }

    /// The form.
    pub(super) fn format(self) -> Format {
        self.format
    }

    /// Columns of the terminal, if standard output is one.
    pub(super) fn columns(self) -> Option<usize> {
        self.columns
    }

    /// A list: `whole` as one JSON object, or its items as lines or rows.
    pub(super) fn list<W: Serialize, I: Serialize>(
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
            Format::Table => table::write(&mut out, &sheet(Format::Table), self.columns)?,
        }
        Ok(out.flush()?)
    }

    /// One record: a JSON object, a row, or a label and a text a line.
    pub(super) fn record<W: Serialize>(
        self,
        whole: &W,
        sheet: impl FnOnce(Format) -> Sheet,
    ) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(standard_output()?);
        match self.format {
            Format::Json | Format::Jsonl => json::write(&mut out, whole)?,
            Format::Csv => csv::write(&mut out, &sheet(Format::Csv))?,
            Format::Table => table::write_record(&mut out, &sheet(Format::Table))?,
        }
        Ok(out.flush()?)
    }

    /// Warns on standard error, in the form of an error, of what does not change how the
    /// command ends.
    pub(super) fn warn(self, code: &str, message: &str) {
        if self.format.is_json() {
            say(&Safe::line(&to_line(&Warning { code, message })));
        } else {
            say(&Safe::line(&format!("tokendeck: {message}")));
        }
    }

    /// Says something on standard error. With JSON nothing is said there but errors.
    pub(super) fn note(self, text: &str) {
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

/// Says something on standard error, where nothing ever stands that looks like a value.
/// Where nobody listens, nothing is lost.
pub(super) fn say(text: &Safe) {
    let _ = writeln!(io::stderr().lock(), "{}", leak::hide(text.as_str()));
}

/// Standard output as the system has it: the library's own takes a stream that can't be
/// written to for one that swallowed everything, and keeps what was written in a buffer.
fn standard_output() -> io::Result<File> {
    Ok(File::from(io::stdout().as_fd().try_clone_to_owned()?))
}

/// A text of this program's own on standard output, as it stands.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    Ok(standard_output()?.write_all(text.as_bytes())?)
}

/// Refuses a standard output that was closed when the program started, where a secret is about
/// to be written: nobody would get it. By then the null device stands in its place, opened both
/// ways, as no redirection of a shell opens it.
pub(super) fn must_be_open() -> Result<(), Failure> {
    if stands_in(&standard_output()?)? {
        return Err(io::Error::from(rustix::io::Errno::BADF).into());
    }
    Ok(())
}

fn stands_in(out: &File) -> io::Result<bool> {
    use rustix::fs::{FileType, OFlags, fcntl_getfl, fstat, stat};
    let (this, null) = (fstat(out)?, stat("/dev/null")?);
    Ok(FileType::from_raw_mode(this.st_mode) == FileType::CharacterDevice
        && this.st_rdev == null.st_rdev
        && fcntl_getfl(out)? & OFlags::RWMODE == OFlags::RDWR)
}

/// A value and nothing else on standard output, so that a script can take it.
pub(super) fn print_value(value: &TokenValue) -> Result<(), Failure> {
    print_secret(value.expose())
}

/// An operator credential and nothing else on standard output.
pub(super) fn print_operator_secret(secret: &OperatorSecret) -> Result<(), Failure> {
    print_secret(secret.expose())
}

fn print_secret(secret: &str) -> Result<(), Failure> {
    must_be_open()?;
    print(&Zeroizing::new(format!("{secret}\n")))
}
