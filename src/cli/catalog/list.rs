//! `tokendeck catalog list`: the entries, as far as the operator may know.

use serde::Serialize;
use strum::IntoEnumIterator;

use super::columns::fields;
use super::entry::PrintedEntry;
use super::report::sheet;
use crate::cli::args::CatalogKind;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::Ended;
use crate::cli::output::Format;
use crate::domain::EntryKind;

#[derive(Serialize)]
struct Listed<'c> {
    total: usize,
    offset: usize,
    entries: &'c [PrintedEntry<'c>],
}

/// Lists the entries of one kind, or of all.
pub(super) async fn run(deck: &Deck, kind: Option<CatalogKind>) -> Ended {
    let catalogue = deck.backend.catalogue().await?;
    let wanted = kind.map(EntryKind::from);
    let kinds = EntryKind::iter().filter(|one| wanted.is_none_or(|kind| kind == *one));
    let ids = kinds.flat_map(|kind| catalogue.ids(kind));
    let entries: Vec<PrintedEntry> =
        ids.filter_map(|id| PrintedEntry::of(&catalogue, id)).collect();
    let listed = Listed { total: entries.len(), offset: 0, entries: &entries };
    deck.output.list(&listed, &entries, |format| match format {
        Format::Csv => fields(&entries, &catalogue),
        _ => sheet(&entries, &catalogue),
    })?;
    Ok(Finish::Done)
}
