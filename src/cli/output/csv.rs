//! Comma-separated values (RFC 4180) that a spreadsheet takes for text: a cell
//! that could be read as a formula gets an apostrophe in front.

use std::io::{self, Write};

use super::Sheet;
use crate::text::Safe;

/// Writes the header and the rows.
pub(super) fn write(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    let header = sheet.titles.iter().map(|title| title.to_lowercase().replace(' ', "_"));
    writer.write_record(header)?;
    for row in &sheet.rows {
        writer.write_record(row.iter().map(|cell| guarded(cell)))?;
    }
    writer.flush()
}

fn guarded(cell: &str) -> String {
    let safe = Safe::line(cell).into_string();
    let risky = |c: char| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let formula = cell.starts_with(['\t', '\r', '\n']) || safe.trim_start().starts_with(risky);
    if formula { format!("'{safe}") } else { safe }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_text() {
        for cell in ["=1+1", "+1", "-1", "@sum", "\t=1", "\rx", " =1", "＝1"] {
            assert!(guarded(cell).starts_with('\''), "{cell:?} came out as {:?}", guarded(cell));
        }
        assert_eq!(guarded("robot-1"), "robot-1");
        assert_eq!(guarded("a\u{1b}[0m"), "a<U+001B>[0m");
    }
}
