//! A list of tokens in a file, as it is shown: private from its first byte, never in
//! place of another file. It holds no value, for no view of a token does.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{BackendError, Cause};
use crate::domain::Column;
use crate::store::beside::folder_of;
use crate::store::private;
use crate::text::{cell, is_hidden};
use crate::wire::TokenView;

/// The form of the file, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListForm {
    /// Comma-separated values with a header (RFC 4180).
    Csv,
    /// An array of objects.
    Json,
}

impl ListForm {
    /// The form that a name asks for.
    pub fn of(path: &Path) -> Result<Self, String> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        match ending.to_ascii_lowercase().as_str() {
            "csv" => Ok(Self::Csv),
            "json" => Ok(Self::Json),
            _ => Err("let its name end in .csv or .json".to_owned()),
        }
    }
}

/// Writes these columns of the tokens to a new file and says where it is. Blocks. The
/// error says what happened; then there is no such file.
pub fn save(
    path: &Path,
    columns: &[Column],
    tokens: &[TokenView],
) -> Result<PathBuf, BackendError> {
    let form = ListForm::of(path).map_err(|why| failure(path, &why))?;
    let path = std::path::absolute(at_home(path)).map_err(|why| failure(path, &why))?;
    let file = private::create_file(&path).map_err(|error| match error {
        crate::store::StoreError::Missing(_) => failure(&path, &"there is no such folder"),
        error => error.into(),
    })?;
    let mut out = BufWriter::new(file);
    let written = match form {
        ListForm::Csv => write_csv(&mut out, columns, tokens),
        ListForm::Json => write_json(&mut out, columns, tokens),
    };
    let kept = written
        .and_then(|()| out.flush())
        .and_then(|()| out.get_ref().sync_all())
        .map_err(|error| failure(&path, &error))
        .and_then(|()| Ok(private::sync_folder(folder_of(&path))?));
    if kept.is_err() {
        // Half a list would be taken for a whole one.
        let _ = std::fs::remove_file(&path);
    }
    kept.map(|()| path)
}

/// As many names as are looked at: more than anybody goes through.
const MOST_NAMES: usize = 2_000;

/// What is in a folder, in its order by name, a folder with a slash at its end; nothing where
/// it can't be read. Names that no line takes are left out. Blocks.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(at_home(folder)).into_iter().flatten().flatten();
    let readable = entries.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        let typed = !name.chars().any(is_hidden);
        let slash = if entry.path().is_dir() { "/" } else { "" };
        typed.then(|| format!("{name}{slash}"))
    });
    let mut names: Vec<_> = readable.take(MOST_NAMES).collect();
    names.sort();
    names
}

/// `~/` at the start is the operator's home, as in a shell.
pub(super) fn at_home(path: &Path) -> PathBuf {
    let home = path.strip_prefix("~").ok().zip(std::env::var_os("HOME"));
    home.map_or_else(|| path.to_owned(), |(rest, home)| Path::new(&home).join(rest))
}

fn write_csv(out: &mut impl Write, columns: &[Column], tokens: &[TokenView]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|column| column.key().replace('-', "_")))?;
    for view in tokens {
        writer.write_record(columns.iter().map(|column| cell(&view.cell(*column))))?;
    }
    writer.flush()
}

fn write_json(out: &mut impl Write, columns: &[Column], tokens: &[TokenView]) -> io::Result<()> {
    let row = |view: &TokenView| -> Map<String, Value> {
        let field =
            |column: &Column| (column.key().replace('-', "_"), Value::String(view.cell(*column)));
        columns.iter().map(field).collect()
    };
    let rows: Vec<_> = tokens.iter().map(row).collect();
    serde_json::to_writer_pretty(&mut *out, &rows)?;
    writeln!(out)
}

pub(super) fn failure(path: &Path, why: &impl std::fmt::Display) -> BackendError {
    BackendError::new(Cause::File, format!("cannot write: {why}: '{}'", path.display()))
}
