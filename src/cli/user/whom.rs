//! Whom and what a bulk action names.

use crate::cli::args::Whom;
use crate::cli::deck::Deck;
use crate::cli::failure::Failure;
use crate::cli::resolve;
use crate::domain::{AccountId, Catalogue};
use crate::wire::HolderTarget;

/// Everybody and everything that was named. One name that is not there stops all.
pub(super) fn target(
    deck: &Deck,
    catalogue: &Catalogue,
    whom: &Whom,
) -> Result<HolderTarget, Failure> {
    // The permission is asked for before any row (R8).
    deck.operator().must_manage()?;
    let users = whom.users.iter().map(|text| resolve::user(catalogue, text));
    let modules = whom.module.iter().map(|text| resolve::module(catalogue, text));
    Ok(HolderTarget {
        users: users.collect::<Result<_, _>>()?,
        modules: modules.collect::<Result<_, _>>()?,
        account: account(deck, catalogue, whom)?,
    })
}

/// The account named, or the only one there is.
fn account(deck: &Deck, catalogue: &Catalogue, whom: &Whom) -> Result<AccountId, Failure> {
    if let Some(text) = &whom.account {
        return resolve::account(catalogue, text);
    }
    match deck.operator().accounts_in(catalogue).as_slice() {
        [only] => Ok(only.id),
        several => {
            let choices: Vec<_> = several.iter().map(|account| account.name.as_str()).collect();
            let choices = choices.join(", ");
            Err(Failure::Usage(format!("which account? say it with --account: {choices}")))
        }
    }
}
