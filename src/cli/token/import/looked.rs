//! What a look at the file of an import found.

use super::file::Wrong;
use crate::domain::TokenId;
use crate::wire::{ImportKind, ImportPlan, ImportRow};

/// A file that was looked at.
#[derive(Default)]
pub(super) struct Looked {
    /// What is to be made, by calls.
    pub(super) plans: Vec<ImportPlan>,
    /// What is there already: line, name and token.
    pub(super) there: Vec<(u64, String, TokenId)>,
    pub(super) wrong: Vec<Wrong>,
    /// What looks like what is there: line and warning.
    pub(super) alike: Vec<(u64, String)>,
}

impl Looked {
    pub(super) fn rows(&self) -> impl Iterator<Item = &ImportRow> {
        self.plans.iter().flat_map(|plan| &plan.rows)
    }

    pub(super) fn count(&self, kind: ImportKind) -> usize {
        self.rows().filter(|row| row.kind() == kind).count()
    }
}
