//! The Catalog screen: which of the five lists is shown, its rows, and where its
//! cursor is. Knows no keys and draws nothing; who may change what, the domain says.

mod columns;
mod facts;
mod offers;
mod rows;

use std::collections::BTreeMap;

use crate::domain::{AccountId, EntryId, EntryKind};
use crate::tui::shared::Shared;

use super::list::List;
use super::list_view::RowSet;

pub(super) use columns::shown;
pub(super) use facts::facts;

/// The lists in the order of their tabs.
pub(super) const LISTS: [EntryKind; 5] =
    [EntryKind::Account, EntryKind::Module, EntryKind::Scope, EntryKind::Group, EntryKind::User];

/// What a list is called.
pub(super) fn title(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Account => "Accounts",
        EntryKind::Module => "Modules",
        EntryKind::Scope => "Scopes",
        EntryKind::Group => "Groups",
        EntryKind::User => "Users",
    }
}

/// What an entry of it is called, at the start of a sentence.
pub(super) fn one(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Account => "Account",
        EntryKind::Module => "Module",
        EntryKind::Scope => "Scope",
        EntryKind::Group => "Group",
        EntryKind::User => "User",
    }
}

/// Which entries are listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Of which list.
    pub(super) kind: EntryKind,
    /// Those of this account only; accounts themselves are all listed.
    pub(super) account: Option<AccountId>,
    /// Those in which all these words occur.
    pub(super) text: String,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { kind: EntryKind::Account, account: None, text: String::new() }
    }
}

/// An entry as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Which.
    pub(super) id: EntryId,
    /// What stands in each column, not yet safe for a terminal.
    pub(super) cells: Vec<String>,
}

/// The rows of a list; all of them are in memory.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    /// The widest text of each column.
    pub(super) widths: Vec<usize>,
}

impl RowSet for Rows {
    type Row = Row;
    type Id = EntryId;

    fn rows(&self) -> &[Row] {
        &self.rows
    }

    fn id(row: &Row) -> EntryId {
        row.id
    }
}

/// What the Catalog screen knows.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The list on screen.
    pub(super) list: List<Wanted, Rows>,
    /// Where the cursor was in the others.
    places: BTreeMap<EntryKind, EntryId>,
    /// Whether the operator asked for the catalogue anew.
    pub(super) announced: bool,
    /// How many changes of the catalogue are under way.
    pub(super) acting: usize,
}

impl Shelf {
    /// Turns to a list, the cursor where it was there. What narrowed the one before
    /// would only hide what is in this.
    pub(super) fn turn_to(&mut self, kind: EntryKind) {
        let before = &self.list.query;
        if kind == before.kind {
            return;
        }
        if let Some(id) = self.list.id {
            self.places.insert(before.kind, id);
        }
        let account = before.account;
        self.list = List::of(Wanted { kind, account, text: String::new() });
        self.list.id = self.places.get(&kind).copied();
    }

    /// The list after the one on screen, or the one before, round and round.
    pub(super) fn beside(&self, on: bool) -> EntryKind {
        let kind = self.list.query.kind;
        let place = LISTS.iter().position(|known| *known == kind).unwrap_or_default();
        let by = if on { 1 } else { LISTS.len() - 1 };
        LISTS.get((place + by) % LISTS.len()).copied().unwrap_or(kind)
    }

    /// The entry under the cursor.
    pub(super) fn current(&self) -> Option<EntryId> {
        self.list.current().map(|row| row.id)
    }
}

impl Shelf {
    /// Lists what the catalogue says now.
    pub(super) fn shelve(&mut self, shared: &Shared) {
        let query = Wanted { account: shared.account(), ..self.list.query.clone() };
        let rows = rows::of(&shared.catalogue, &query);
        let all = rows::count(&shared.catalogue, query.kind, query.account);
        let sight = shared.sight();
        self.list.query = query;
        self.list.take(rows, all, sight);
    }
}

impl Shared {
    /// How many entries a list has in the account of the title.
    pub(super) fn shelved(&self, kind: EntryKind) -> usize {
        rows::count(&self.catalogue, kind, self.account())
    }
}
