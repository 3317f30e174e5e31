//! Aligned columns for people. On a terminal the least important columns are left
//! out where they do not fit; nothing is ever cut, and a pipe gets everything.

use std::io::{self, Write};

use super::sheet::Sheet;
use crate::text::{Safe, pad, width};

/// Blanks between two columns.
const GAP: usize = 2;

/// Writes the titles and the rows.
pub(super) fn write(out: &mut impl Write, sheet: &Sheet, room: Option<usize>) -> io::Result<()> {
    let heads: Vec<String> =
        sheet.titles.iter().map(|title| Safe::line(title).as_str().to_uppercase()).collect();
    let rows: Vec<Vec<String>> = sheet.rows.iter().map(|row| safe(row)).collect();
    let widths = widths(&heads, &rows);
    let shown = match room {
        Some(room) if sheet.may_drop => fitting(&widths, room),
        _ => widths.len(),
    };
    let widths = widths.get(..shown).unwrap_or(&widths);
    std::iter::once(&heads).chain(&rows).try_for_each(|row| write_row(out, row, widths))
}

/// Writes the rows one by one, for whoever gets more of them later.
pub(super) fn write_lines(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    sheet.rows.iter().try_for_each(|row| write_row(out, &safe(row), &vec![0; row.len()]))
}

/// Writes a record as labels and texts.
pub(super) fn write_record(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    let label = sheet.titles.iter().map(|title| width(title)).max().unwrap_or(0);
    for row in &sheet.rows {
        for (title, text) in sheet.titles.iter().zip(safe(row)) {
            let line = format!("{}  {text}", pad(Safe::line(title).as_str(), label));
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}

fn safe(row: &[String]) -> Vec<String> {
    row.iter().map(|cell| Safe::line(cell).into_string()).collect()
}

fn widths(heads: &[String], rows: &[Vec<String>]) -> Vec<usize> {
    let mut widths: Vec<usize> = heads.iter().map(|head| width(head)).collect();
    for row in rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    widths
}

/// How many columns fit; the first one always stays.
fn fitting(widths: &[usize], room: usize) -> usize {
    let ends = widths.iter().scan(0, |end, width| {
        *end += width + GAP;
        Some(*end - GAP)
    });
    ends.take_while(|end| *end <= room).count().max(1)
}

fn write_row(out: &mut impl Write, row: &[String], widths: &[usize]) -> io::Result<()> {
    let mut line = String::new();
    for (cell, width) in row.iter().zip(widths) {
        line.push_str(&pad(cell, *width));
        line.push_str(&" ".repeat(GAP));
    }
    writeln!(out, "{}", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(sheet: &Sheet, room: Option<usize>) -> String {
        let mut out = Vec::new();
        let done = write(&mut out, sheet, room);
        assert!(done.is_ok());
        String::from_utf8_lossy(&out).into_owned()
    }

    fn sheet() -> Sheet {
        let rows = vec![
            vec!["令牌".to_owned(), "Active".to_owned()],
            vec!["a".to_owned(), "Revoked".to_owned()],
        ];
        Sheet::by_importance(vec!["Name", "Status"], rows)
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(written(&sheet(), None), "NAME  STATUS\n令牌  Active\na     Revoked\n");
    }

    #[test]
    fn a_narrow_terminal_loses_columns_but_no_letter() {
        assert_eq!(written(&sheet(), Some(12)), "NAME\n令牌\na\n");
        assert_eq!(written(&sheet(), Some(1)), "NAME\n令牌\na\n");
        assert!(written(&sheet(), Some(13)).contains("Revoked"));
    }
}
