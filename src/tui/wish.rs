//! What a line of the command line asks for.

use std::path::PathBuf;

use super::command::Command;
use crate::domain::query::QueryTerms;
use crate::domain::{AccountId, EntryKind, SortKey};
use crate::wire::Ability;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wish {
    /// What a key would do.
    Run(Command),
    /// The tokens of an account, or of all.
    Account(Option<AccountId>),
    /// Another backend, by its name.
    Backend(String),
    /// Another order.
    Sort(Vec<SortKey>),
    /// These filters in place of those set.
    Filter(QueryTerms),
    /// The list in a file, as it is shown.
    Export(PathBuf),
    /// A report on the token, or the selected ones, in a file.
    Report(PathBuf),
    /// That row of the list on screen, counted from 1.
    Row(usize),
    /// Another theme.
    Theme(String),
    /// A list of the catalogue.
    List(EntryKind),
    /// The views, to choose one.
    Views,
    /// What a view shows.
    View(String),
    /// What is shown, as a view of that name.
    SaveView(String),
    /// That view no more.
    RemoveView(String),
    /// The end of the program.
    Leave,
}

impl Wish {
    /// Whether it is about the list of tokens, which is then to be seen.
    pub(super) fn is_of_tokens(&self) -> bool {
        match self {
            Self::Sort(_)
            | Self::Filter(_)
            | Self::Account(_)
            | Self::View(_)
            | Self::SaveView(_) => true,
            Self::Run(_)
            | Self::List(_)
            | Self::Leave
            | Self::Backend(_)
            | Self::Report(_)
            | Self::Export(_)
            | Self::Row(_)
            | Self::Theme(_)
            | Self::Views
            | Self::RemoveView(_) => false,
        }
    }

    /// The ability that it takes of the backend; none where it asks nothing of it, or where
    /// the command asks that it runs.
    pub(super) fn ability(&self) -> Option<Ability> {
        match self {
            Self::Sort(_) => Some(Ability::Sort),
            Self::Filter(_) | Self::View(_) | Self::Views => Some(Ability::Filter),
            Self::List(_) | Self::Account(_) => Some(Ability::Catalogue),
            Self::SaveView(_)
            | Self::RemoveView(_)
            | Self::Run(_)
            | Self::Leave
            | Self::Backend(_)
            | Self::Export(_)
            | Self::Report(_)
            | Self::Row(_)
            | Self::Theme(_) => None,
        }
    }
}
