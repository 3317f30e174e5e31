//! The plan: which tokens, in the order of the list, at which version, and what
//! will be done with each or why nothing will.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::query::Bare;
use crate::domain::{
    AccountFilter, Action, Query, Receiver, Refusal, Status, Token, TokenId, Verb, hand_over,
    verify,
};
use crate::search::TokenIndex;
use crate::wire::{Plan, PlanItem, RowId, Step, Target};

use super::order::{BulkOrder, action_on, must_be_bulk, ordered};
use super::rotate;

impl Authority {
    /// Freezes what handing many tokens over would come to. Changes nothing.
    pub fn plan_hand_over(&self, caller: &Caller, to: Receiver, target: &Target) -> Ruling<Plan> {
        target.must_name_some()?;
        self.plan_order(caller, BulkOrder::Give(to), target)
    }
}

/// What the verb alone orders for these tokens.
pub(super) fn order_of(verb: Verb, target: &Target) -> Result<BulkOrder, Refusal> {
    must_be_bulk(verb)?;
    if verb == Verb::HandOver {
        return Err(Refusal::field("to", "Say who gets them"));
    }
    target.must_name_some()?;
    Ok(BulkOrder::Act(verb))
}

/// What would be done with each token.
pub(super) fn planned(
    order: BulkOrder,
    target: &Target,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<PlanItem>> {
    must_be_permitted(order.verb(), target, scene)?;
    if let BulkOrder::Give(to) = order {
        hand_over::known(to, &scene.operator, &scene.catalogue)?;
    }
    let items = items(order, target, scene, listing)?;
    if PlanItem::are_never_permitted(&items) {
        scene.operator.must_manage()?;
    }
    Ok(items)
}

fn must_be_permitted(verb: Verb, target: &Target, scene: &Scene) -> Ruling<()> {
    target.must_be_permitted(verb, &scene.operator)?;
    match target {
        Target::Account(id) if !scene.catalogue.accounts.contains_key(id) => {
            Err(Refusal::NotFound { what: "account", name: id.to_string() }.into())
        }
        Target::Tokens(_) | Target::Found(_) | Target::Account(_) | Target::Owner(_) => Ok(()),
    }
}

fn items(
    order: BulkOrder,
    target: &Target,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<PlanItem>> {
    let (asker, verb) = (scene.asker(), order.verb());
    match target {
        Target::Tokens(ids) => named(order, ids, scene),
        Target::Found(query) => found(order, query, scene, listing),
        Target::Account(_) | Target::Owner(_) => {
            let found = listing.found(&everything(target), asker, Bare::Name)?;
            let ids: Vec<_> = found.into_iter().map(|(id, _)| id).collect();
            let mut items = of_tokens(order, &tokens(&ids, scene)?, scene)?;
            items.retain(|item| !item.is_ended_already(verb));
            if !items.iter().any(|item| item.step.acts()) {
                return Err(Refusal::NothingToDo(verb).into());
            }
            Ok(items)
        }
    }
}

/// All that a query finds. What was found by something else than its name says so.
fn found(
    order: BulkOrder,
    query: &Query,
    scene: &Scene,
    listing: &TokenIndex,
) -> Ruling<Vec<PlanItem>> {
    let located = listing.found(query, scene.asker(), Bare::Name)?;
    let ids: Vec<_> = located.iter().map(|(id, _)| *id).collect();
    let mut elsewhere: BTreeMap<_, _> = located.into_iter().collect();
    let mut items = of_tokens(order, &tokens(&ids, scene)?, scene)?;
    for item in &mut items {
        item.matched =
            item.id.token().ok().and_then(|id| elsewhere.remove(&id)).unwrap_or_default();
    }
    Ok(items)
}

/// All of an account or a user, whatever filter is on (D8). Deleted ones are gone.
fn everything(target: &Target) -> Query {
    match target {
        Target::Account(id) => Query { account: AccountFilter::One(*id), ..Query::default() },
        Target::Owner(id) => Query { owner: Some(*id), ..Query::default() },
        Target::Tokens(_) | Target::Found(_) => Query::default(),
    }
}

fn tokens(ids: &[TokenId], scene: &Scene) -> Ruling<Vec<Token>> {
    Ok(scene.state.tokens(ids)?)
}

/// Tokens named one by one: none is dropped in silence, be it that it is no more.
fn named(order: BulkOrder, ids: &[RowId], scene: &Scene) -> Ruling<Vec<PlanItem>> {
    let asked: BTreeSet<&RowId> = ids.iter().collect();
    let ids: Vec<TokenId> = asked.iter().filter_map(|id| id.token().ok()).collect();
    let mut found = tokens(&ids, scene)?;
    found.retain(|token| scene.operator.sees(token));
    found.sort_by(crate::domain::column::by_name);
    let present: BTreeSet<_> = found.iter().map(|token| RowId::from(token.id)).collect();
    let absent = asked.into_iter().filter(|id| !present.contains(*id)).map(unknown);
    Ok(of_tokens(order, &found, scene)?.into_iter().chain(absent).collect())
}

fn item(order: BulkOrder, token: &Token, scene: &Scene) -> PlanItem {
    let day_ago = scene.now - TimeDelta::hours(24);
    PlanItem {
        id: token.id.into(),
        name: token.name.clone(),
        status: Status::of(token, &scene.catalogue, scene.now),
        version: token.version,
        used_lately: token.last_used_at.is_some_and(|used| used > day_ago),
        values: verify::passing_values(token, scene.out(token), scene.now),
        matched: BTreeSet::new(),
        step: step(order, token, scene),
        looks_like: None,
    }
}

/// What will be done with each, and whose name each looks like that will change.
fn of_tokens(order: BulkOrder, tokens: &[Token], scene: &Scene) -> Ruling<Vec<PlanItem>> {
    let mut items: Vec<_> = tokens.iter().map(|token| item(order, token, scene)).collect();
    for (place, other) in scene.look_alikes(&tokens.iter().collect::<Vec<_>>())? {
        let acts = |item: &&mut PlanItem| item.step.acts();
        if let Some(item) = items.get_mut(place).filter(acts) {
            item.looks_like.get_or_insert(other);
        }
    }
    Ok(items)
}

/// What is not there reads like what was deleted.
fn unknown(id: &RowId) -> PlanItem {
    PlanItem {
        id: id.clone(),
        name: id.to_string(),
        status: Status::Deleted,
        version: 0,
        used_lately: false,
        values: 0,
        matched: BTreeSet::new(),
        step: Step::skip(&Refusal::no_token(id.to_string())),
        looks_like: None,
    }
}

/// What will be done to one token, or why nothing will.
fn step(order: BulkOrder, token: &Token, scene: &Scene) -> Step {
    let decided = match order {
        BulkOrder::Act(Verb::Regenerate) => rotate::allowed(token, scene).map(|()| Step::Act),
        BulkOrder::Give(to) => ordered(order, token, scene).map(|_| Step::Give(to)),
        BulkOrder::Act(verb) => action_on(verb, token, scene).map(|action| match action {
            Action::Delete if verb == Verb::Revoke => Step::CancelRequest,
            _ => Step::Act,
        }),
    };
    decided.unwrap_or_else(|refusal| Step::skip(&refusal))
}
