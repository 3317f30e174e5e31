//! Comma-separated values (RFC 4180) that a spreadsheet takes for text.

use std::io::{self, Write};

use super::Sheet;
use crate::text::cell;

/// Writes the header and the rows.
pub(super) fn write(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let header = sheet.titles.iter().map(|title| title.to_lowercase().replace(' ', "_"));
    writer.write_record(header)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|text| cell(text)))?;
    }
    writer.flush()
}
