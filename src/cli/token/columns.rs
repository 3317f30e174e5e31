//! Columns that a list is asked for by name: as the list shows them, or the fields of CSV.

use super::view::sheet_of;
use crate::cli::failure::Failure;
use crate::cli::output::{Format, Sheet};
use crate::domain::Column;
use crate::text::did_you_mean;
use crate::wire::TokenView;
use strum::IntoEnumIterator as _;

/// One that is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chosen {
    /// The column of the list.
    shown: Option<Column>,
    /// The place among the fields of CSV.
    field: Option<usize>,
    title: &'static str,
}

/// Reads their names, in either case.
pub(super) fn parse(names: &[String]) -> Result<Vec<Chosen>, Failure> {
    names.iter().map(|name| one(name.trim())).collect()
}

fn one(name: &str) -> Result<Chosen, Failure> {
    let fields = sheet_of(&[]).titles();
    let shown = name.parse::<Column>().ok();
    let place = fields.iter().position(|field| field.eq_ignore_ascii_case(name));
    let field = place.and_then(|place| fields.get(place)).copied();
    match shown.map(Column::title).or(field) {
        Some(title) => Ok(Chosen { shown, field: place, title }),
        None => Err(unknown(name, &fields)),
    }
}

fn unknown(name: &str, fields: &[&'static str]) -> Failure {
    let mut known: Vec<_> = Column::iter().map(Column::key).collect();
    known.extend(fields.iter().filter(|field| !Column::iter().any(|one| one.key() == **field)));
    let near = did_you_mean(name, known.iter().copied())
        .map_or_else(String::new, |hint| format!("; {hint}"));
    Failure::Usage(format!("--columns: '{name}' is no column: {}{near}", known.join(", ")))
}

/// The tokens in these columns: a table has cells as the list shows them where it has such a
/// column, CSV has fields as programs read them.
pub(super) fn sheet(columns: &[Chosen], tokens: &[TokenView], format: Format) -> Sheet {
    let fields = sheet_of(tokens);
    let cell = |chosen: &Chosen, row: usize, view: &TokenView| match (chosen.shown, chosen.field) {
        (Some(column), None) => view.cell(column),
        (Some(column), Some(_)) if format != Format::Csv => view.cell(column),
        (_, Some(field)) => fields.cell(row, field),
        (None, None) => String::new(),
    };
    let titles = columns.iter().map(|chosen| chosen.title).collect();
    let rows = tokens
        .iter()
        .enumerate()
        .map(|(row, view)| columns.iter().map(|chosen| cell(chosen, row, view)).collect());
    Sheet::new(titles, rows.collect())
}
