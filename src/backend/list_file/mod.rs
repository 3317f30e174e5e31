//! A list of tokens in a file, with the fields that `token list -o csv` has: private from its
//! first byte, whole or not there, never in place of another file. It holds no value, for no
//! view of a token does.

pub mod fields;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::{BackendError, Cause};
use crate::store::draft::FileDraft;
use crate::store::{StoreError, private};
use crate::text::{cell, is_hidden};
use crate::wire::{Descriptors, TokenView};

/// The form of the file, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListForm {
    /// Comma-separated values with a header (RFC 4180).
    Csv,
    /// An array of objects, a line for each.
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

/// A list that is being written: under a name of its own until it is whole, so that no part
/// of it is ever taken for all. Dropping it leaves no file. All of it blocks.
#[derive(Debug)]
pub struct ListDraft {
    to: PathBuf,
    form: ListForm,
    said: Descriptors,
    draft: FileDraft,
    rows: usize,
}

impl ListDraft {
    /// Begins one for that path, with the fields that such a backend has. The error says why
    /// there can be no such file: its folder is not there, or the name is taken.
    pub fn begin(path: &Path, said: Descriptors) -> Result<Self, BackendError> {
        let form = ListForm::of(path).map_err(|why| failure(path, &why))?;
        let to = std::path::absolute(at_home(path)).map_err(|why| failure(path, &why))?;
        if std::fs::symlink_metadata(&to).is_ok() {
            return Err(StoreError::Exists(to).into());
        }
        let draft = FileDraft::of(&to).map_err(|error| match error {
            StoreError::Missing(_) => failure(&to, &"there is no such folder"),
            error => error.into(),
        })?;
        let mut begun = Self { to, form, said, draft, rows: 0 };
        let head = match form {
            ListForm::Csv => csv_rows([fields::titles(&begun.said)]),
            ListForm::Json => Ok(b"[".to_vec()),
        };
        begun.write(head)?;
        Ok(begun)
    }

    /// Writes more rows.
    pub fn add(&mut self, tokens: &[TokenView]) -> Result<(), BackendError> {
        let rows = tokens.iter().map(|view| fields::cells(&self.said, view));
        let text = match self.form {
            ListForm::Csv => csv_rows(rows.map(|row| row.iter().map(|text| cell(text)).collect())),
            ListForm::Json => json_rows(&fields::titles(&self.said), rows, self.rows == 0),
        };
        self.write(text)?;
        self.rows += tokens.len();
        Ok(())
    }

    /// Gives it its name, and says where it is and how many rows it has. The error says why
    /// there is no such file.
    pub fn finish(mut self) -> Result<(PathBuf, usize), BackendError> {
        if self.form == ListForm::Json {
            self.write(Ok(if self.rows == 0 { &b"]\n"[..] } else { b"\n]\n" }.to_vec()))?;
        }
        self.draft.sync()?;
        self.draft.publish(&self.to)?;
        Ok((self.to, self.rows))
    }

    fn write(&mut self, text: io::Result<Vec<u8>>) -> Result<(), BackendError> {
        let written = text.and_then(|text| self.draft.file().write_all(&text));
        written.map_err(|error| private::failure(&self.to, error).into())
    }
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

fn csv_rows(rows: impl IntoIterator<Item = Vec<String>>) -> io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn json_rows(
    titles: &[String],
    rows: impl Iterator<Item = Vec<String>>,
    mut first: bool,
) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for row in rows {
        let fields = titles.iter().cloned().zip(row.into_iter().map(Value::String));
        let object: Map<String, Value> = fields.collect();
        text.extend_from_slice(if first { b"\n  " } else { b",\n  " });
        serde_json::to_writer(&mut text, &object)?;
        first = false;
    }
    Ok(text)
}

pub(super) fn failure(path: &Path, why: &impl std::fmt::Display) -> BackendError {
    BackendError::new(Cause::File, format!("cannot write: {why}: '{}'", path.display()))
}
