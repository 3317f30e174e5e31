//! Comma-separated values (RFC 4180) that a spreadsheet takes for text.

use std::io::{self, Write};

use super::sheet::Sheet;
use crate::text::cell;

/// The system's error itself, so that a reader who has enough is known as one.
fn plain(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes the header and the rows.
pub(super) fn write(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(&mut *out);
    let header = sheet.titles.iter().map(|title| title.to_lowercase().replace(' ', "_"));
    writer.write_record(header).map_err(plain)?;
    writer.flush()?;
    drop(writer);
    write_rows(out, sheet)
}

/// Writes the rows.
pub(super) fn write_rows(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|text| cell(text))).map_err(plain)?;
    }
    writer.flush()
}
