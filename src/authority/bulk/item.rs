//! A token of a plan as a job keeps it, what it is called, and how it ended.

use std::collections::BTreeSet;

use crate::authority::scene::Scene;
use crate::domain::{Token, TokenId};
use crate::search::TokenIndex;
use crate::text::counted;
use crate::wire::{Plan, RowId, Step};

/// A token of a plan as a job keeps it: what is needed to decide and to report.
pub(super) type FrozenToken = (TokenId, String, u64, Step);

pub(super) fn seen<'l>(id: &RowId, scene: &Scene, listing: &'l TokenIndex) -> Option<&'l Token> {
    let id = id.token().ok()?;
    listing.token(id).filter(|token| scene.operator.sees(token))
}

pub(super) fn name(id: &RowId, token: Option<&Token>) -> String {
    token.map_or_else(|| id.to_string(), |token| token.name.clone())
}

/// "15 tokens of Acme", or the name of the only one.
pub(super) fn title(plan: &Plan, scene: &Scene, listing: &TokenIndex) -> String {
    if let [only] = plan.items.as_slice() {
        return name(&only.id, seen(&only.id, scene, listing));
    }
    let tokens = plan.acting().filter_map(|item| seen(&item.id, scene, listing));
    let whose: BTreeSet<_> = tokens.map(|token| (token.owner, token.account)).collect();
    let tokens = counted(plan.count(), "token");
    let owners: BTreeSet<_> = whose.iter().map(|(owner, _)| *owner).collect();
    if let [Some(owner)] = owners.into_iter().collect::<Vec<_>>().as_slice() {
        return format!("{tokens} of {}", scene.user(*owner));
    }
    let accounts: BTreeSet<_> = whose.iter().map(|(_, account)| *account).collect();
    match accounts.len() {
        0 => tokens,
        1..=2 => {
            let names = accounts.iter().map(|account| scene.catalogue.account_name(*account));
            format!("{tokens} of {}", names.collect::<Vec<_>>().join(" and "))
        }
        several => format!("{tokens} of {several} accounts"),
    }
}
