//! Columns that a list is asked for by name: as the list shows them, or the fields of CSV.

use super::view::sheet_of;
use crate::cli::failure::Failure;
use crate::cli::output::{Format, Sheet, Title};
use crate::domain::Column;
use crate::text::did_you_mean;
use crate::wire::{Descriptors, TokenView};

/// One that is asked for.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// The column of the list.
    shown: Option<Column>,
    /// The place among the fields of CSV.
    field: Option<usize>,
    title: Title,
}

/// Reads their names, in either case.
pub(super) fn parse(said: &Descriptors, names: &[String]) -> Result<Vec<Chosen>, Failure> {
    names.iter().map(|name| one(said, name.trim())).collect()
}

fn one(said: &Descriptors, name: &str) -> Result<Chosen, Failure> {
    let sheet = sheet_of(said, &[]);
    let fields = sheet.titles();
    let shown = name.parse::<Column>().ok().and_then(|column| said.column(column));
    let is = |field: &Title| match shown.map(|column| column.key) {
        Some(own @ Column::Own(_)) => *field == own.key().replace('-', "_"),
        Some(_) | None => field.eq_ignore_ascii_case(name),
    };
    let field = fields.iter().position(is);
    let title = shown.map(|column| Title::Owned(column.title.clone()));
    match title.or_else(|| fields.get(field?).cloned()) {
        Some(title) => Ok(Chosen { shown: shown.map(|column| column.key), field, title }),
        None => Err(unknown(said, name, fields)),
    }
}

fn unknown(said: &Descriptors, name: &str, fields: &[Title]) -> Failure {
    let mut known: Vec<_> = said.keys().map(|column| column.typed().into_owned()).collect();
    let more = fields.iter().filter(|field| !said.keys().any(|one| one.key() == field.as_ref()));
    known.extend(more.map(|field| field.as_ref().to_owned()));
    let near = did_you_mean(name, known.iter().map(String::as_str))
        .map_or_else(String::new, |hint| format!("; {hint}"));
    Failure::Usage(format!("--columns: '{name}' is no column: {}{near}", known.join(", ")))
}

/// The tokens in these columns: a table has cells as the list shows them where it has such a
/// column, CSV has fields as programs read them.
pub(super) fn sheet(
    (said, columns): (&Descriptors, &[Chosen]),
    tokens: &[TokenView],
    format: Format,
) -> Sheet {
    let fields = sheet_of(said, tokens);
    let cell = |chosen: &Chosen, row: usize, view: &TokenView| match (chosen.shown, chosen.field) {
        (Some(column), None) => view.cell(column),
        (Some(column), Some(_)) if format != Format::Csv => view.cell(column),
        (_, Some(field)) => fields.cell(row, field),
        (None, None) => String::new(),
    };
    let titles = columns.iter().map(|chosen| chosen.title.clone()).collect();
    let rows = tokens
        .iter()
        .enumerate()
        .map(|(row, view)| columns.iter().map(|chosen| cell(chosen, row, view)).collect());
    Sheet::new(titles, rows.collect())
}
