//! The accounts of the operator, each with its id and status (R10, R38).

use super::entry::{Choice, Entry};
use crate::text::{pad, safe_line, width};
use crate::tui::place::Seen;

/// The widest the names make their column.
const NAME: usize = 32;

/// All together first, where there are several.
pub(super) fn entries(model: &Seen<'_>) -> Vec<Entry> {
    let accounts = model.session.operator.accounts_in(&model.catalogue);
    let names: Vec<_> = accounts.iter().map(|account| safe_line(&account.name)).collect();
    let column = names.iter().map(|name| width(name)).max().unwrap_or_default().min(NAME);
    let mark = |choice: Option<_>| if model.account() == choice { "* " } else { "  " };
    let all = (accounts.len() != 1)
        .then(|| Entry::new(Choice::Account(None), mark(None), model.all_accounts()));
    let each = accounts.iter().zip(&names).map(|(account, name)| {
        let text = format!("{}  {}  {}", pad(name, column), account.id, account.status);
        Entry::new(Choice::Account(Some(account.id)), mark(Some(account.id)), text)
    });
    all.into_iter().chain(each).collect()
}
