//! Users and the tokens they hold: the list of users, plans for many of them, and
//! what a step of a plan does. The rules are the domain's; here they meet the state.

mod accept;
mod frozen;
mod item;
mod list;
mod plan;
mod run;
mod stage;

pub(super) use accept::supersede;
pub(super) use frozen::asked;
pub(super) use item::{Drawn, proof_of};
pub(super) use plan::planned;
pub(super) use run::{decide_chunk, sheet_of};

use crate::domain::{AccountFilter, Operator, Token};

/// Whether a token counts in this account.
fn is_of(token: &Token, account: AccountFilter) -> bool {
    match account {
        AccountFilter::Any => true,
        AccountFilter::One(id) => token.account == Some(id),
    }
}

/// Whether a token is one of the account's that the operator sees and that has not
/// been removed: all that a list of users or a plan for them is about.
fn counts(token: &Token, account: AccountFilter, operator: &Operator) -> bool {
    token.deleted.is_none() && is_of(token, account) && operator.sees(token)
}
