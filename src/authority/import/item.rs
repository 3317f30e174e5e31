//! Rows of a file as a job keeps them. Of values it keeps GUID and hash, never the value.

use serde::{Deserialize, Serialize};

use crate::authority::Authority;
use crate::authority::holders::Drawn;
use crate::authority::jobs::{read, write};
use crate::authority::plans::ended;
use crate::domain::{JobChunk, TokenId};
use crate::store::StoreError;
use crate::wire::{ImportReportItem, ImportRow, Outcome};

/// Rows of one commit, at the most: others wait for the lock meanwhile.
pub(super) const SIZE: usize = 1_000;

/// A row, and what was drawn for it.
#[derive(Serialize, Deserialize)]
pub(super) struct ImportItem {
    pub(super) row: ImportRow,
    pub(super) drawn: Option<Drawn>,
}

/// How a row ended.
#[derive(Serialize, Deserialize)]
pub(super) struct ImportEnd {
    pub(super) token: Option<TokenId>,
    pub(super) outcome: Outcome,
}

/// The items, cut into chunks.
pub(super) fn chunks(items: &[ImportItem]) -> Result<Vec<String>, StoreError> {
    items.chunks(SIZE).map(write).collect()
}

/// The values that were drawn for these chunks.
pub(super) fn drawn(authority: &Authority, chunks: &[JobChunk]) -> Result<Vec<Drawn>, StoreError> {
    let mut drawn = Vec::new();
    for chunk in chunks {
        let items: Vec<ImportItem> = read(authority, &chunk.plan)?;
        drawn.extend(items.into_iter().filter_map(|item| item.drawn));
    }
    Ok(drawn)
}

/// How each row of a chunk ended; those of a chunk that did not end were not reached.
pub(super) fn report(
    authority: &Authority,
    chunk: &JobChunk,
    unreached: &Outcome,
) -> Result<Vec<ImportReportItem>, StoreError> {
    let items: Vec<ImportItem> = read(authority, &chunk.plan)?;
    let not_ended = |_: &ImportItem| ImportEnd { token: None, outcome: unreached.clone() };
    let told = |(ImportItem { row, .. }, ImportEnd { token, outcome }): (ImportItem, ImportEnd)| {
        let (line, kind) = (row.line, row.kind());
        ImportReportItem { line, name: row.settings.name, token, kind, outcome }
    };
    Ok(ended(authority, chunk, items, not_ended)?.map(told).collect())
}
