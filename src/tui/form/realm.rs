//! The account that a form is for: one of them, or all where that may be.

use super::Item;
use crate::domain::{Account, AccountFilter};

/// The key of all accounts.
pub(super) const ALL: &str = "all";

/// The key of an account, or of all.
pub(super) fn key_of(realm: AccountFilter) -> String {
    realm.one().map_or_else(|| ALL.to_owned(), |id| id.to_string())
}

/// What a key stands for.
pub(super) fn realm_of(key: &str) -> Option<AccountFilter> {
    match key {
        ALL => Some(AccountFilter::Any),
        key => key.parse().ok().map(AccountFilter::One),
    }
}

/// An account to choose.
pub(super) fn item_of(account: &Account) -> Item {
    Item::new(&account.id, format!("{} {}", account.name, account.id))
}
