//! What a job keeps of a plan for users. The plan comes back from whoever holds it, so
//! only what was confirmed is taken from it, by ids and versions: every name and every
//! reason is the store's own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::authority::jobs::{read, write};
use crate::authority::scene::Scene;
use crate::authority::{Authority, Ruling};
use crate::domain::{AccountFilter, HolderVerb, Refusal, Token, UserId, holding};
use crate::store::StoreError;
use crate::wire::{HolderItem, Lost, Plan, Step};

use super::counts;
use super::item::Chunk;
use super::plan::{Planner, known, known_module};

/// The plan in the words of the store.
pub(super) fn in_own_words(
    plan: &Plan<HolderVerb>,
    scene: &Scene,
) -> Result<Plan<HolderVerb>, StoreError> {
    let mut tokens: BTreeMap<UserId, Vec<Token>> = BTreeMap::new();
    let mut items = Vec::with_capacity(plan.items.len());
    for item in &plan.items {
        let held = match tokens.entry(item.user) {
            Entry::Occupied(held) => held.into_mut(),
            Entry::Vacant(place) => place.insert(tokens_of(item.user, scene)?),
        };
        items.push(frozen(plan, item, held, scene));
    }
    Ok(Plan { items, ..plan.clone() })
}

/// The tokens of a user that the operator may know of.
fn tokens_of(user: UserId, scene: &Scene) -> Result<Vec<Token>, StoreError> {
    if known(user, scene).is_none() {
        return Ok(vec![]);
    }
    let mut tokens = scene.state.tokens_of(user)?;
    tokens.retain(|token| scene.operator.sees(token));
    Ok(tokens)
}

fn frozen(plan: &Plan<HolderVerb>, item: &HolderItem, held: &[Token], scene: &Scene) -> HolderItem {
    let user = known(item.user, scene);
    let module = known_module(item.module, scene);
    let step = match item.step {
        Step::Act | Step::Give(_) | Step::CancelRequest => Step::Act,
        Step::Skip { .. } => Step::skip(&why_not(plan, item, held, scene)),
    };
    let lost = |lost: &Lost| {
        let token = held.iter().find(|token| token.id == lost.id);
        let name = token.map_or_else(|| lost.id.to_string(), |token| token.name.clone());
        Lost { name, also: vec![], ..lost.clone() }
    };
    HolderItem {
        user: item.user,
        user_name: user.map_or_else(|| item.user.to_string(), |user| user.name.clone()),
        module: item.module,
        module_name: module.map_or_else(|| item.module.to_string(), |module| module.name.clone()),
        lost: item.lost.iter().map(lost).collect(),
        step,
    }
}

/// Why an item is skipped, as it is now.
fn why_not(plan: &Plan<HolderVerb>, item: &HolderItem, held: &[Token], scene: &Scene) -> Refusal {
    let place = AccountFilter::One(plan.account);
    let reaching: Vec<&Token> = held
        .iter()
        .filter(|token| counts(token, place, &scene.operator))
        .filter(|token| holding::reaches(token, item.module, &scene.catalogue))
        .collect();
    let planner = Planner { verb: plan.verb, account: plan.account, scene };
    // Where nothing speaks against it any more: nobody confirmed that it should be done.
    planner.taken(item.user, &reaching).err().unwrap_or(Refusal::StalePlan)
}

/// What a chunk asks for: for whom, of what, which tokens go at which version, and
/// whether to act.
pub(in crate::authority) fn asked(authority: &Authority, plan: &str) -> Ruling<String> {
    let Chunk { account, by, made_at, items } = read(authority, plan)?;
    let items = items.iter().map(|item| {
        let HolderItem { user, module, lost, step, .. } = &item.planned;
        let lost: Vec<_> = lost.iter().map(|lost| (lost.id, lost.version)).collect();
        (user, module, lost, !step.acts())
    });
    Ok(write(&(account, by, made_at, items.collect::<Vec<_>>()))?)
}
