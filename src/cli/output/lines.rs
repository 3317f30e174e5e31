//! Output that comes bit by bit: each bit is written at once, a header only before the
//! first.

use std::io::{self, Write as _};

use serde::Serialize;

use super::format::Format;
use super::sheet::Sheet;
use super::stream::standard_output;
use super::{csv, json, table};
use crate::cli::failure::Failure;

/// Such an output.
pub(in crate::cli) struct Lines {
    format: Format,
    begun: bool,
}

impl Lines {
    /// Nothing written yet.
    pub(in crate::cli) fn new(format: Format) -> Self {
        Self { format, begun: false }
    }

    /// Writes these, down to whoever reads.
    pub(in crate::cli) fn write<I: Serialize>(
        &mut self,
        items: &[I],
        sheet: impl FnOnce(&[I]) -> Sheet,
    ) -> Result<(), Failure> {
        if items.is_empty() {
            return Ok(());
        }
        let mut out = io::BufWriter::new(standard_output()?);
        match self.format {
            Format::Json | Format::Jsonl => {
                items.iter().try_for_each(|item| json::write(&mut out, item))?;
            }
            Format::Csv if self.begun => csv::write_rows(&mut out, &sheet(items))?,
            Format::Csv => csv::write(&mut out, &sheet(items))?,
            // A row a line, for there is no last one by which columns could be laid out.
            Format::Table | Format::Md => table::write_lines(&mut out, &sheet(items))?,
        }
        self.begun = true;
        Ok(out.flush()?)
    }

    /// Ends it: where nothing came, there is the header.
    pub(in crate::cli) fn end<I: Serialize>(
        &self,
        sheet: impl FnOnce(&[I]) -> Sheet,
    ) -> Result<(), Failure> {
        if self.format == Format::Csv && !self.begun {
            csv::write(&mut standard_output()?, &sheet(&[]))?;
        }
        Ok(())
    }
}

/// Whether whoever read standard output went away. A file or a terminal never does.
pub(in crate::cli) fn nobody_reads() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    const NOW: Timespec = Timespec { tv_sec: 0, tv_nsec: 0 };
    let Ok(out) = standard_output() else { return true };
    let mut line = [PollFd::new(&out, PollFlags::empty())];
    poll(&mut line, Some(&NOW)).is_ok()
        && line.iter().any(|line| line.revents().contains(PollFlags::ERR))
}
