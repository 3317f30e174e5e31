//! Which entries a list has, in which order, and what they say.

use super::{Row, Rows, Wanted, columns};
use crate::domain::{AccountId, Catalogue, EntryId, EntryKind, User};
use crate::text::{has_words, safe_line, width};

/// The entries that are wanted, by name.
pub(super) fn of(catalogue: &Catalogue, wanted: &Wanted) -> Rows {
    let mut found: Vec<_> = catalogue
        .ids(wanted.kind)
        .into_iter()
        .filter(|id| belongs(catalogue, *id, wanted.account))
        .filter_map(|id| Some((name(catalogue, id)?, id)))
        .filter(|(name, id)| admits(catalogue, name, *id, &wanted.text))
        .collect();
    found.sort_by_key(|(name, id)| (name.to_lowercase(), *id));
    let row = |(_, id)| Row { id, cells: columns::cells(catalogue, id) };
    let rows: Vec<_> = found.into_iter().map(row).collect();
    let widths = (0..columns::heads(wanted.kind).len()).map(|at| widest(&rows, at)).collect();
    Rows { rows, widths }
}

/// How many entries there are.
pub(super) fn count(catalogue: &Catalogue, kind: EntryKind, account: Option<AccountId>) -> usize {
    catalogue.ids(kind).into_iter().filter(|id| belongs(catalogue, *id, account)).count()
}

fn widest(rows: &[Row], column: usize) -> usize {
    let cells = rows.iter().filter_map(|row| row.cells.get(column));
    cells.map(|cell| width(&safe_line(cell))).max().unwrap_or_default()
}

pub(super) fn name(catalogue: &Catalogue, id: EntryId) -> Option<String> {
    catalogue.draft(id).map(|draft| draft.name().to_owned())
}

/// Whether an entry is one of that account; of all accounts, any is.
fn belongs(catalogue: &Catalogue, id: EntryId, account: Option<AccountId>) -> bool {
    let Some(account) = account else { return true };
    match id {
        EntryId::Account(_) => true,
        EntryId::Module(id) => {
            catalogue.modules.get(&id).is_some_and(|module| module.accounts.contains(&account))
        }
        EntryId::Scope(id) => catalogue.scopes.get(&id).is_some_and(|s| s.account == account),
        EntryId::Group(id) => catalogue
            .groups
            .get(&id)
            .is_some_and(|group| group.account.is_none_or(|own| own == account)),
        EntryId::User(id) => {
            catalogue.users.get(&id).is_some_and(|user| user.accounts.contains(&account))
        }
    }
}

/// Whether all words occur in what the entry is known by, in any order and case.
fn admits(catalogue: &Catalogue, name: &str, id: EntryId, words: &str) -> bool {
    let mut text = format!("{name} {id}");
    if let EntryId::User(id) = id
        && let Some(User { login, email, .. }) = catalogue.users.get(&id)
    {
        for more in [login, email.as_deref().unwrap_or_default()] {
            text.push(' ');
            text.push_str(more);
        }
    }
    has_words(&text, words)
}
